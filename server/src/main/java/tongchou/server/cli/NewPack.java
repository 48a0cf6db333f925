package tongchou.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.Neighbours;
import tongchou.api.pack.PackIdentity;
import tongchou.api.pack.PackTemplate;
import tongchou.api.pack.Replacement;
import tongchou.core.people.Scheme;

/// `new-pack`: begins a pack for an area with commented files and a first worked example (新建政策包).
@Command(name = "new-pack", mixinStandardHelpOptions = true, sortOptions = false)
final class NewPack implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "DIR")
    private Path place = Path.of("");

    @Option(names = "--id", descriptionKey = "new-pack-id", paramLabel = "ID")
    private @Nullable String id;

    @Option(names = "--name", descriptionKey = "new-pack-name", paramLabel = "NAME")
    private @Nullable String name;

    @Option(names = "--name-en", descriptionKey = "new-pack-name-en", paramLabel = "NAME")
    private @Nullable String nameEn;

    @Option(names = "--extends", descriptionKey = "new-pack-extends", paramLabel = "ID")
    private @Nullable String parent;

    @Option(names = "--division", descriptionKey = "new-pack-division", paramLabel = "CODE")
    private @Nullable String division;

    @Option(names = "--schemes", descriptionKey = "new-pack-schemes", paramLabel = "SCHEMES")
    private @Nullable String schemes;

    @Option(names = "--replaces-from", descriptionKey = "new-pack-replaces-from", paramLabel = "DAY|no")
    private @Nullable String replacesFrom;

    @Mixin
    private final PackPlaces places = new PackPlaces();

    private final BufferedReader in;

    NewPack(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
        this.in = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(place)) {
            surroundings.err().println(texts.say("%s 已经存在，什么也没有写。", "%s exists; nothing was written.", place));
            return Tongchou.USAGE;
        }
        PackTemplate template;
        try {
            template = template(answers());
        } catch (IllegalArgumentException wrong) {
            surroundings.err().println(texts.say("不能这样写：%s。用 new-pack --help 查看用法。",
                    "This will not do: %s. Try new-pack --help.", wrong.getMessage()));
            return Tongchou.USAGE;
        }
        for (var file : template.files().entrySet()) {
            var path = place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        surroundings.out().println(texts.say("写好 %d 个文件：%s。下一步：tongchou watch %s，然后逐行换成文件里的数值。",
                "%d files written: %s. Next: tongchou watch %s, and replace the values by those of your documents.",
                template.files().size(), String.join(" ", template.files().keySet()), place));
        return Tongchou.DONE;
    }

    private PackTemplate template(Map<String, String> answers) throws IOException {
        for (var option : List.of("division", "extends")) {
            if (!takes(option, answers.get(option))) {
                throw new IllegalArgumentException("--" + option + " " + answers.get(option)
                        + (option.equals("extends") ? " (" + String.join(", ", parents()) + ")" : ""));
            }
        }
        var year = LocalDate.now(surroundings.clock().withZone(ZoneId.of("Asia/Shanghai"))).getYear();
        var replaces = replaces(answers, LocalDate.of(year, 1, 1));
        // A pack that takes over begins in the year in which it does.
        var first = replaces.isEmpty() ? year : replaces.getFirst().from().getYear();
        return new PackTemplate(answers.get("id"), answers.get("name"), answers.get("name-en"), answers.get("extends"),
                answers.get("division"), schemes(answers.get("schemes")), first, replaces);
    }

    /// The areas that are taken over, where another pack settles the division; asked with the day.
    private List<Replacement> replaces(Map<String, String> answers, LocalDate suggestion) throws IOException {
        var others = Neighbours.needed(answers.get("division"), suggestion, places.outlines(surroundings)).stream()
                .filter(one -> !one.pack().equals(answers.get("id"))).toList();
        if (others.isEmpty()) {
            return List.of();
        }
        var who = others.stream().map(one -> one.pack() + "/" + one.area()).collect(Collectors.joining(" "));
        ask(answers, "replaces-from", replacesFrom, texts.say(
                "%s 已由 %s 结算；从哪天起由本包接管（no 表示不接管）", "%s is settled by %s; the day from which this pack does (or no)",
                answers.get("division"), who), suggestion.toString(), NewPack::isDay, texts.say(
                "写 2026-01-01 这样的日期，或 no", "a day such as 2026-01-01, or no"));
        var answer = answers.get("replaces-from");
        if (answer.equals("no")) {
            return List.of();
        }
        try {
            var from = LocalDate.parse(answer);
            return others.stream().map(one -> new Replacement(one.pack(), one.area(), from)).toList();
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("--replaces-from " + answer, wrong);
        }
    }

    private static boolean isDay(String answer) {
        try {
            return answer.equals("no") || LocalDate.parse(answer).getYear() > 0;
        } catch (DateTimeException wrong) {
            return false;
        }
    }

    private static boolean isSchemes(String words) {
        try {
            return !schemes(words).isEmpty();
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Set<Scheme> schemes(String words) {
        return Arrays.stream(words.split("[,，、 ]+")).filter(word -> !word.isEmpty()).flatMap(word -> switch (word) {
            case "employee", "职工" -> Stream.of(Scheme.EMPLOYEE);
            case "resident", "居民" -> Stream.of(Scheme.RESIDENT);
            case "both", "两者" -> Stream.of(Scheme.EMPLOYEE, Scheme.RESIDENT);
            default -> throw new IllegalArgumentException("--schemes " + word + " (employee, resident, both)");
        }).collect(Collectors.toSet());
    }

    /// What the options say, and the answers to what they leave open; an empty answer takes the suggestion.
    private Map<String, String> answers() throws IOException {
        var answers = new LinkedHashMap<String, String>();
        var folder = place.getFileName() == null ? "" : place.getFileName().toString().toLowerCase(Locale.ROOT);
        ask(answers, "id", id, texts.say("短名称", "short name"), folder, texts.say(
                "小写字母、数字与连字符，字母开头", "small letters, digits and hyphens, a letter first"));
        ask(answers, "name", name, texts.say("地区的中文名称", "Chinese name of the area"), "",
                texts.say("必须填写", "it is needed"));
        ask(answers, "name-en", nameEn, texts.say("地区的英文名称", "English name of the area"), answers.get("id"),
                texts.say("必须填写", "it is needed"));
        ask(answers, "extends", parent, texts.say("继承的政策包", "pack to extend"), "national",
                texts.say("以下之一：%s", "one of: %s", String.join(", ", parents())));
        ask(answers, "division", division, texts.say("六位行政区划代码", "six-digit division code"), "",
                texts.say("六位数字，例如 370923", "six digits, for example 370923"));
        ask(answers, "schemes", schemes, texts.say("险种", "schemes"), "employee,resident", NewPack::isSchemes,
                texts.say("职工、居民或两者", "employee, resident or both"));
        return answers;
    }

    /// The packs that there are to build on, as far as they can be seen from here.
    private List<String> parents() {
        return places.outlines(surroundings).stream().map(one -> PackIdentity.of(one).id()).toList();
    }

    /// Whether an answer has its form, and a pack to build on is there: among those seen or in the folder beside.
    private boolean takes(String option, String answer) {
        if (!PackTemplate.takes(option, answer) || !option.equals("extends")) {
            return PackTemplate.takes(option, answer);
        }
        var seen = parents();
        return seen.isEmpty() || seen.contains(answer)
                || Files.isDirectory(place.toAbsolutePath().resolveSibling(answer));
    }

    private void ask(Map<String, String> answers, String option, @Nullable String given, String question,
            String suggestion, String wanted) throws IOException {
        ask(answers, option, given, question, suggestion, answer -> takes(option, answer), wanted);
    }

    /// Asks until the answer will do, or nothing more is typed.
    private void ask(Map<String, String> answers, String option, @Nullable String given, String question,
            String suggestion, Predicate<String> will, String wanted) throws IOException {
        if (given != null) {
            answers.put(option, given);
            return;
        }
        while (true) {
            surroundings.out().print(suggestion.isEmpty() ? question + ": " : question + " [" + suggestion + "]: ");
            surroundings.out().flush();
            var answer = in.readLine();
            var read = answer == null || answer.isBlank() ? suggestion : answer.strip();
            answers.put(option, read);
            if (answer == null || will.test(read)) {
                return;
            }
            surroundings.out().println(texts.say("“%s”不行：%s。", "\"%s\" will not do: %s.", read, wanted));
        }
    }
}
