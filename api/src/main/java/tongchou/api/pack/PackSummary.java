package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tongchou.core.policy.Document;

/// What a pack holds, counted (政策包概要): for the table of shipped packs, and for what its author has not written yet.
public final class PackSummary {

    private static final Map<String, String> COMPANIONS = Map.of("sources.yaml", "每份文件", "coverage.yaml",
            "条款覆盖：已执行、未执行、存疑", "readings.md", "有两种理解的地方", "changes.md", "参保人会注意到的变化");

    private PackSummary() {
    }

    /// The files without which nobody can take a pack over, as far as they are not there.
    public static List<Finding> missing(PackFiles pack) {
        var findings = new Findings();
        new TreeMap<>(COMPANIONS).forEach((file, what) -> {
            if (!pack.files().containsKey(file)) {
                findings.warning(new Tree.Text(file, 0, "", ""), what,
                        "this file, as docs/reference/pack-format.md says");
            }
        });
        if (pack.files().keySet().stream().noneMatch(file -> file.startsWith("cases/"))) {
            findings.warning(new Tree.Text("cases/", 0, "", ""), "至少一个算例", "at least one case");
        }
        return findings.sorted();
    }

    /// The areas that no case tries.
    public static List<Finding> untried(Pack pack) {
        var findings = new Findings();
        var tried = pack.cases().stream().map(Case::area).collect(Collectors.toSet());
        pack.policies().stream().filter(policy -> !tried.contains(policy.area())).forEach(policy -> findings.warning(
                new Tree.Text("areas/" + policy.area(), 0, "", policy.area()), "至少一个结算或拒绝此地区的算例",
                "at least one case that settles or refuses in this area"));
        return findings.sorted();
    }

    /// The row of the README's table of packs: areas with their days, documents by grade, cases.
    public static String row(Pack pack) {
        var areas = pack.policies().stream().map(policy -> policy.nameEn() + " " + policy.cover().from()
                + (policy.cover().isOpen() ? "-" : " to " + policy.cover().to())).collect(Collectors.joining("; "));
        var grades = new ArrayList<String>();
        for (var grade : Document.Grade.values()) {
            var own = pack.documents().values().stream().filter(one -> one.grade() == grade && (pack.parent() == null
                    || !pack.parent().documents().containsKey(one.id()))).count();
            if (own > 0) {
                grades.add(own + " " + grade.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return "| `%s` %s | %s | %s | %d |".formatted(pack.id(), pack.name(), areas, String.join(", ", grades),
                pack.cases().stream().filter(one -> one.vendor().isEmpty()).count());
    }

    /// How many clauses are executed, not executed and doubtful.
    public static Map<String, Long> clauses(Pack pack) {
        return pack.coverage().stream().collect(Collectors.groupingBy(Pack.Clause::status, TreeMap::new,
                Collectors.counting()));
    }
}
