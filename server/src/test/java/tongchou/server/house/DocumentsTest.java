package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Payer;

/// What is written about the code agrees with the code (文档与代码一致).
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/.-])docs/[\\w/.-]+\\.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    /// Classes of others that decisions speak of.
    private static final Set<String> OTHERS = Set.of("BigDecimal");
    private static final Path GLOSSARY = House.ROOT.resolve("docs/glossary.md");
    private static final Path PACK_FORMAT = House.ROOT.resolve("docs/reference/pack-format.md");

    private static List<Path> pages() {
        return House.files(House.ROOT).stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    @Test
    void every_link_of_a_page_leads_somewhere() {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            var matcher = LINK.matcher(prose(House.text(page)));
            while (matcher.find()) {
                var target = matcher.group(1);
                if (!target.matches("(https?|mailto):.*") && !leads(page, target)) {
                    broken.add(House.name(page) + ": " + target);
                }
            }
        }
        House.assertNone(broken, "a path relative to the page, with a heading of the target page after #");
    }

    private static boolean leads(Path page, String target) {
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(file) && (parts.length == 1 || anchors(House.text(file)).contains(parts[1]));
    }

    /// The anchors of a page's headings, as code hosts make them.
    private static Set<String> anchors(String text) {
        var anchors = new HashSet<String>();
        prose(text).lines().filter(line -> line.matches("#{1,6} .*"))
                .forEach(line -> anchors.add(line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')));
        return anchors;
    }

    /// A page without its blocks of code.
    private static String prose(String text) {
        return text.replaceAll("(?ms)^```.*?^```\\s*?$", "");
    }

    @Test
    void every_page_that_is_named_anywhere_is_there() {
        var gone = new TreeSet<String>();
        for (var file : House.files(House.ROOT)) {
            if (!file.toString().matches(".*\\.(java|md|yaml|xml|properties|html|sql)") || file.startsWith(
                    House.ROOT.resolve("server/src/test/java/tongchou/server/house"))) {
                continue;
            }
            var matcher = MENTION.matcher(House.text(file));
            while (matcher.find()) {
                if (!Files.exists(House.ROOT.resolve(matcher.group()))) {
                    gone.add(House.name(file) + ": " + matcher.group());
                }
            }
        }
        House.assertNone(gone, "name the page that holds it now");
    }

    @Test
    void every_page_begins_with_its_title() {
        House.assertNone(pages().stream().filter(page -> !House.text(page).startsWith("# ")).map(House::name).toList(),
                "one line `# Title` first");
    }

    @Test
    void every_public_type_of_core_says_in_one_sentence_what_it_is() {
        var found = new ArrayList<String>();
        for (var file : House.files(House.ROOT.resolve("core/src/main/java"))) {
            if (!file.toString().endsWith("-info.java")) {
                found.addAll(TypeDoc.findings(House.name(file), House.text(file)));
            }
        }
        House.assertNone(found, "`/// Who or what it is (中文).` above the type: a sentence that ends with a full stop, "
                + "and the Chinese term of the field");
    }

    @Test
    void a_type_without_its_sentence_is_found() {
        var source = """
                /// An amount (金额).
                public record Good(long fen) {
                    /// without an end
                    public enum Nested { }
                    record Hidden() { }
                }
                @FunctionalInterface
                public interface Bare {
                }
                /// English alone.
                /// (中文) comes too.
                /// @param x the value
                public final class Late {
                }
                /// English alone.
                public final class English {
                }
                """;
        assertEquals(List.of("A.java:4: Nested: its first sentence has no full stop", "A.java:8: Bare: no sentence",
                "A.java:16: English: no Chinese term"), TypeDoc.findings("A.java", source));
    }

    @Test
    void every_word_of_the_vocabulary_stands_in_the_pack_format() {
        var words = new TreeSet<String>();
        for (var axis : Axis.values()) {
            words.add(axis.word());
            words.addAll(axis.choices());
        }
        Stream.of(Payer.values()).map(Payer::word).forEach(words::add);
        Stream.of(Burden.values()).map(Burden::word).forEach(words::add);
        var written = new HashSet<>(List.of(House.text(PACK_FORMAT).split("[^a-z0-9-]+")));
        assertTrue(words.size() > 100, words.toString());
        House.assertNone(words.stream().filter(word -> !written.contains(word)).toList(),
                "say in docs/reference/pack-format.md what the word means");
    }

    @Test
    void every_public_type_of_core_stands_in_the_glossary() {
        var listed = glossaryNames();
        House.assertNone(House.CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith("tongchou.core.")
                        && type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isNestedClass()
                        && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getSimpleName).filter(name -> !listed.contains(name)).sorted().toList(),
                "a row in docs/glossary.md: term, Chinese, `Class`, meaning");
    }

    @Test
    void every_class_and_key_of_the_glossary_is_there() {
        var classes = classes();
        var keys = new HashSet<>(List.of(House.text(PACK_FORMAT).split("[^a-z0-9-]+")));
        House.assertNone(glossaryNames().stream().filter(name -> Character.isUpperCase(name.charAt(0))
                        ? !classes.contains(name) : !keys.contains(name.replace(":", ""))).toList(),
                "the class as it is called now, with its outer class before a dot, or a key of the pack format");
    }

    @Test
    void every_class_that_a_decision_names_is_there() {
        var classes = classes();
        var gone = new TreeSet<String>();
        for (var page : House.files(House.ROOT.resolve("docs/decisions"))) {
            CODE.matcher(House.text(page)).results().map(found -> found.group(1))
                    .filter(name -> name.matches("[A-Z][a-z]\\w*(\\.[A-Z]\\w*)?") && !classes.contains(name)
                            && !OTHERS.contains(name)).forEach(name -> gone.add(House.name(page) + ": " + name));
        }
        House.assertNone(gone, "the class as it is called now; where the decision no longer holds, a new page");
    }

    private static Set<String> classes() {
        var names = new HashSet<String>();
        House.CLASSES.forEach(type -> {
            names.add(type.getSimpleName());
            names.add(type.getName().substring(type.getPackageName().length() + 1).replace('$', '.'));
        });
        return names;
    }

    /// What stands in code marks in the third column of the glossary.
    private static Set<String> glossaryNames() {
        var names = new TreeSet<String>();
        for (var line : House.text(GLOSSARY).lines().filter(row -> row.startsWith("|")).toList()) {
            var cells = line.split("\\|");
            if (cells.length >= 5) {
                var matcher = CODE.matcher(cells[3]);
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    @Test
    void every_row_of_the_glossary_is_whole() {
        var rows = House.text(GLOSSARY).lines().filter(row -> row.startsWith("|") && !row.startsWith("| ---")
                && !row.startsWith("| Term")).toList();
        assertTrue(rows.size() > 60, "only " + rows.size() + " rows");
        House.assertNone(rows.stream().filter(row -> {
            var cells = row.split("\\|");
            return cells.length != 5 || !HAN.matcher(cells[2]).find() || !cells[4].strip().endsWith(".");
        }).toList(), "four cells: term, Chinese, `Class` or `key`, one sentence with its full stop");
    }
}
