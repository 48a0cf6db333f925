package tongchou.api.pack;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tongchou.api.http.Json;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;

/// Encounters of a real area, one in a row (就诊清单), by which two versions of a pack are compared.
///
/// A CSV file with a header, or one JSON object in a line, both in UTF-8. `area` (the pack's name of it, or a division
/// code), `day` (the last day of care) and `yuan` (the bill) must be there; `class-b` and `class-c` are the parts of
/// the bill that are of these classes. `person` joins the encounters of one person, which are then settled in
/// their order, each from what the one before left; `count` says how many persons are alike. Every other column is an
/// axis of the pack format (`status`, `tier`, `born`, `relief`...), with the words of the pack format.
public final class Encounters {

    private static final List<String> REQUIRED = List.of("area", "day", "yuan");
    private static final List<String> OPTIONAL = Stream.concat(
            Stream.of("person", "count", "class-b", "class-c"),
            Stream.of(Axis.values()).filter(Encounters::isColumn).map(Axis::word)).toList();

    private final Map<String, List<Row>> persons;
    private final int rows;

    private Encounters(Map<String, List<Row>> persons, int rows) {
        this.persons = persons;
        this.rows = rows;
    }

    /// An encounter.
    ///
    /// @param line where it stands
    /// @param count how many are alike
    /// @param classB the part of the bill that is of class B
    record Row(int line, String area, LocalDate day, Scene scene, long count, Fen bill, Fen classB, Fen classC) {
    }

    /// Reads a file; what is wrong with it goes to the findings, all at once.
    ///
    /// @param name its name, which ends in `.csv`, `.json` or `.jsonl`
    public static Encounters read(String name, byte[] bytes, List<Finding> problems) {
        var findings = new Findings();
        var sections = name.toLowerCase(java.util.Locale.ROOT).endsWith(".csv")
                ? new CsvTable(findings).read(name, bytes, REQUIRED, OPTIONAL) : lines(name, bytes, findings);
        if (sections.isEmpty() && !findings.hasErrors()) {
            findings.error(name, 0, "", "", "至少一次就诊", "at least one encounter");
        }
        var persons = new LinkedHashMap<String, List<Row>>();
        for (var section : sections) {
            var row = row(section, findings);
            var person = section.text("person", "");
            persons.computeIfAbsent(person.isEmpty() ? "#" + section.tree().line() : person,
                    added -> new ArrayList<>()).add(row);
        }
        // Encounters of a day stay in the order of the file.
        persons.values().forEach(one -> one.sort(java.util.Comparator.comparing(Row::day)));
        problems.addAll(findings.sorted());
        return new Encounters(persons, sections.size());
    }

    private static List<Section> lines(String name, byte[] bytes, Findings findings) {
        var sections = new ArrayList<Section>();
        var number = 0;
        for (var line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            var faults = new ArrayList<tongchou.api.http.Fault>();
            if (Json.parse(line.getBytes(StandardCharsets.UTF_8), faults) instanceof Json.Members(var fields)
                    && faults.isEmpty()) {
                var entries = new LinkedHashMap<String, Tree>();
                for (var field : fields.entrySet()) {
                    var text = field.getValue() instanceof Json.Text(var words) ? words : field.getValue().shown();
                    entries.put(field.getKey(), new Tree.Text(name, number, field.getKey(), text));
                }
                var tree = new Tree.Mapping(name, number, "", entries);
                sections.add(Section.of(tree, findings, Stream.concat(REQUIRED.stream(), OPTIONAL.stream())
                        .toArray(String[]::new)));
            } else {
                findings.error(name, number, "", line.length() > 40 ? line.substring(0, 40) + "..." : line,
                        "每行一个 JSON 对象", "one JSON object in a line");
            }
        }
        return sections;
    }

    /// Whether a column may give it; which stay it is and how high the bill is are known without.
    private static boolean isColumn(Axis axis) {
        return axis != Axis.STAY_NUMBER && axis != Axis.BILL;
    }

    private static Row row(Section section, Findings findings) {
        var bill = section.yuan("yuan");
        var classB = section.has("class-b") ? section.yuan("class-b") : Fen.ZERO;
        var classC = section.has("class-c") ? section.yuan("class-c") : Fen.ZERO;
        if (bill.compareTo(classB.plus(classC)) < 0 || bill.isNegative() || classB.isNegative()
                || classC.isNegative()) {
            section.complain("yuan", "不小于 class-b 与 class-c 之和", "at least class-b and class-c together");
        }
        var count = section.number("count", 1);
        if (count < 1) {
            section.complain("count", "1 或以上的整数", "a whole number from 1");
        }
        var scene = Scene.PLAIN;
        for (var axis : Axis.values()) {
            if (isColumn(axis) && section.has(axis.word())) {
                scene = with(scene, axis, section);
            }
        }
        return new Row(section.tree().line(), section.text("area"), section.day("day"), scene, count, bill, classB,
                classC);
    }

    private static Scene with(Scene scene, Axis axis, Section section) {
        var text = section.text(axis.word());
        if (axis.isWords()) {
            return scene.with(axis, text);
        }
        if (axis.isListed()) {
            var place = axis.choices().indexOf(text);
            if (place < 0) {
                var words = String.join(", ", axis.choices());
                section.complain(axis.word(), "以下之一：" + words, "one of: " + words);
            }
            return scene.with(axis, Math.max(0, place));
        }
        return scene.with(axis, axis == Axis.BORN || axis == Axis.RETIRED_ON ? section.day(axis.word()).toEpochDay()
                : section.number(axis.word(), 0));
    }

    /// How many rows it holds.
    public int rows() {
        return rows;
    }

    /// The encounters of each person in their order, by the person's name or `#` and the line.
    Map<String, List<Row>> persons() {
        return Collections.unmodifiableMap(persons);
    }
}
