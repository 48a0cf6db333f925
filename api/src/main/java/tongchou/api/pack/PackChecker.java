package tongchou.api.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.money.Fen;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Table;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Waterfalls;

/// Checks a pack as its author needs it (政策包检查): form, dates, sources, rows that contradict each other, and every
/// worked example.
public final class PackChecker {

    private final Findings findings = new Findings();
    private final List<Finding> incentives = new ArrayList<>();
    private int cases;
    private int passed;

    private PackChecker() {
    }

    /// What a check found.
    ///
    /// @param findings everything found, errors first
    /// @param cases how many worked examples the pack holds
    /// @param passed how many of them came out as they must
    /// @param contents the pack, null when a finding is an error of its form
    public record Check(String pack, List<Finding> findings, int cases, int passed, @Nullable Pack contents) {

        /// Whether the pack may be used.
        public boolean isClean() {
            return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        }
    }

    /// Checks a pack on top of the packs it extends.
    ///
    /// @param library holds the packs it extends; the pack itself need not be in it
    public static Check check(PackFiles files, PackLibrary library) {
        var parsed = ParsedFiles.of(files);
        var header = PackReader.Header.of(parsed, new Findings());
        var orphan = library.orphan(header.parent());
        if (!orphan.isEmpty()) {
            return new Check(header.id(), orphan, 0, 0, null);
        }
        var reader = library.reader(parsed);
        var reading = reader.read(true);
        var checker = new PackChecker();
        if (reading.pack() != null) {
            checker.check(reading.pack(), reader);
        }
        var all = new ArrayList<>(reading.findings());
        all.addAll(checker.findings.sorted());
        all.addAll(checker.incentives);
        all.sort(Comparator.comparing(Finding::severity));
        return new Check(header.id(), all, checker.cases, checker.passed, reading.pack());
    }

    private void check(Pack pack, PackReader reader) {
        Map<String, Waterfalls> compiled = new HashMap<>();
        for (var policy : pack.policies()) {
            try {
                var waterfalls = new Waterfalls(policy);
                compiled.put(policy.area(), waterfalls);
                ambiguities(policy, waterfalls, reader);
                incentives.addAll(LayerGaps.of(policy, reader));
            } catch (IllegalArgumentException tooMuch) {
                findings.error("areas/" + policy.area(), 0, "", String.valueOf(tooMuch.getMessage()),
                        "可以编译的待遇", "benefits that can be compiled");
            }
        }
        if (!findings.hasErrors()) {
            var parameters = new ArrayList<Pack.Parameter>();
            for (var source = pack; source != null; source = source.parent()) {
                parameters.addAll(source.parameters());
            }
            incentives.addAll(Incentives.all(pack.policies().stream().map(policy -> compiled.get(policy.area()))
                    .toList().parallelStream().map(policy -> Incentives.of(policy, reader, parameters)).toList(),
                    reader));
            incentives.addAll(PriceWays.of(pack));
        }
        var judge = new CaseJudge(findings);
        for (var example : pack.cases()) {
            cases++;
            passed += judge.judge(example, pack, compiled) ? 1 : 0;
        }
    }

    /// Two rows that are equally specific and can both hold leave the choice to chance.
    private void ambiguities(Policy policy, Waterfalls waterfalls, PackReader reader) {
        Set<Object> seen = new HashSet<>();
        policy.benefits().forEach(benefit -> tables(benefit).forEach(table -> {
            versions(table, reader);
            incentives.addAll(gaps(table, policy, reader));
        }));
        waterfalls.spans().forEach(span -> {
            var benefit = span.waterfall().benefit();
            for (var table : tables(benefit)) {
                pairs(table, span, benefit, reader, seen);
            }
        });
    }

    /// Two versions of one row that begin on the same day and were issued together, or of which the earlier says that
    /// it still holds when the later begins.
    private <V> void versions(Keyed<V> keyed, PackReader reader) {
        var rows = keyed.table.rows();
        for (var i = 0; i < rows.size(); i++) {
            for (var j = i + 1; j < rows.size(); j++) {
                var left = rows.get(i);
                var right = rows.get(j);
                if (left.when().equals(right.when()) && left.issued().equals(right.issued())
                        && keyed.key.apply(left.value()).equals(keyed.key.apply(right.value()))
                        && overlap(left.inForce(), right.inForce())) {
                    var at = reader.place(right);
                    findings.error(at.file(), at.line(), at.path(), left.inForce() + " / " + right.inForce(),
                            "同一条件的两行日期不重叠（另一行在第 " + reader.place(left).line() + " 行）",
                            "versions of one row that do not overlap (the other is on line "
                            + reader.place(left).line() + ")");
                }
            }
        }
    }

    private static <V> List<Finding> gaps(Keyed<V> keyed, Policy policy, PackReader reader) {
        return RowGaps.of(keyed.table, keyed.key, policy.cover(), reader);
    }

    private static boolean overlap(InForce left, InForce right) {
        var earlier = left.from().isAfter(right.from()) ? right : left;
        return left.from().equals(right.from()) || !earlier.isOpen() && left.overlaps(right);
    }

    private <V> void pairs(Keyed<V> keyed, Waterfalls.Span span, Benefit benefit, PackReader reader, Set<Object> seen) {
        var rows = keyed.table.on(span.from(), KnownOn.LATEST, keyed.key);
        for (var i = 0; i < rows.size(); i++) {
            for (var j = i + 1; j < rows.size(); j++) {
                var left = rows.get(i);
                var right = rows.get(j);
                if (left.when().specificity() == right.when().specificity()
                        && keyed.key.apply(left.value()).equals(keyed.key.apply(right.value()))
                        && seen.add(List.of(System.identityHashCode(left), System.identityHashCode(right)))) {
                    Condition.all(List.of(benefit.applies(), left.when(), right.when())).ifPresent(both -> {
                        var decided = rows.stream().anyMatch(row -> row.when().specificity() > left.when().specificity()
                                && keyed.key.apply(row.value()).equals(keyed.key.apply(left.value()))
                                && both.implies(row.when()));
                        if (!decided) {
                            var at = reader.place(right);
                            findings.error(at.file(), at.line(), at.path(), "[" + right.label() + "] 与 [" + left.label()
                                    + "] (" + reader.place(left).line() + ")", "增加同时满足两者的一行，或让条件互斥",
                                    "a third row for both at once, or conditions that exclude each other");
                        }
                    });
                }
            }
        }
    }

    private record Keyed<V>(Table<V> table, Function<V, Long> key) {
    }

    private static List<Keyed<?>> tables(Benefit benefit) {
        var tables = new ArrayList<Keyed<?>>();
        tables.add(plain(benefit.prePay()));
        tables.add(plain(benefit.outOfAreaPrePay()));
        for (var layer : benefit.layers()) {
            tables.add(plain(layer.guarantee()));
            layer.changes().forEach(change -> tables.add(plain(change)));
            if (layer.deductible() != null) {
                tables.add(plain(layer.deductible().rows()));
                layer.deductible().changes().forEach(change -> tables.add(plain(change)));
            }
            if (layer.bands() != null) {
                tables.add(new Keyed<>(layer.bands().rows(), band -> band.above().value()));
            }
            layer.ceilings().forEach(ceiling -> tables.add(plain(ceiling.rows())));
        }
        return tables;
    }

    private static <V> Keyed<V> plain(Table<V> table) {
        return new Keyed<>(table, value -> 0L);
    }

    /// The amount that a worked example names.
    public static Fen amount(Amounts amounts, String name) {
        return switch (name) {
            case "total" -> amounts.total();
            case "full-self-pay" -> amounts.fullSelfPay();
            case "over-limit" -> amounts.overLimit();
            case "pre-pay" -> amounts.prePay();
            case "in-scope" -> amounts.inScope();
            case "deductible" -> amounts.deductible();
            case "fund" -> amounts.fund();
            case "person" -> amounts.person();
            case "account" -> amounts.account();
            default -> amounts.by(Arrays.stream(Payer.values())
                    .filter(payer -> payer.word().equals(name)).findFirst().orElseThrow());
        };
    }
}
