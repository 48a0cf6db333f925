package tongchou.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.Case;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Pack;
import tongchou.api.pack.PackChecker;
import tongchou.core.judging.JudgedCharge;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Explanation;
import tongchou.core.settlement.Outcome;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.packs.PackHost;

/// `explain`: settles worked examples of a pack and tells every step of them (算例讲解).
@Command(name = "explain", mixinStandardHelpOptions = true, sortOptions = false)
final class Explain implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(index = "0", paramLabel = "DIR|JAR")
    private Path place = Path.of("");

    @Parameters(index = "1", paramLabel = "CASE")
    private String wanted = "";

    @Mixin
    private final PackPlaces places = new PackPlaces();

    Explain(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var findings = new ArrayList<Finding>();
        var files = PackHost.read(place, findings);
        if (files.isPresent()) {
            var reading = places.ancestors(files.get(), surroundings).read(files.get());
            findings.addAll(reading.findings());
            if (reading.pack() != null) {
                return explain(reading.pack());
            }
        }
        findings.forEach(finding -> surroundings.out().println(finding.line(texts.chinese())));
        return Tongchou.REFUSED;
    }

    private int explain(Pack pack) {
        var chosen = pack.cases().stream().filter(example -> example.waiting() == null
                && (example.name().contains(wanted) || example.file().contains(wanted))).toList();
        if (chosen.isEmpty()) {
            surroundings.err().println(texts.say("没有名称或文件名含“%s”的算例。", "No case has “%s” in its name or file.", wanted));
            return Tongchou.REFUSED;
        }
        chosen.forEach(example -> explain(example, pack));
        return Tongchou.DONE;
    }

    private void explain(Case example, Pack pack) {
        var policy = pack.policies().stream().filter(one -> one.area().equals(example.area())).findFirst()
                .orElseThrow();
        surroundings.out().println("# %s（%s:%d, %s）".formatted(example.name(), example.file(), example.line(),
                example.origin()));
        var results = example.settle(new Waterfalls(policy), pack.listings().of(example.area()));
        for (var i = 0; i < results.size(); i++) {
            surroundings.out().println();
            surroundings.out().println("## %d".formatted(i + 1));
            results.get(i).charges().forEach(this::tell);
            tell(results.get(i).outcome(), example.turns().get(i));
        }
        surroundings.out().println();
    }

    /// What the catalogue made of a charge, with its reasons.
    private void tell(JudgedCharge charge) {
        var line = charge.line();
        surroundings.out().println("- %d %s%s %s %s".formatted(line.number(), line.item(),
                charge.item() == null ? "" : " " + charge.item().value().name(), line.amount().yuan(),
                line.payClass()));
        charge.notes().forEach(note -> surroundings.out().println("  " + (texts.chinese() ? note.zh() : note.en())
                + (note.origin() == null ? "" : texts.say("（%s %s）", " (%s %s)", note.origin().document(),
                note.origin().article()).replace(" ）", "）").replace(" )", ")"))));
    }

    private void tell(Outcome outcome, Case.Turn turn) {
        switch (outcome) {
            case Refusal refusal -> surroundings.out().println(texts.say("拒绝 %s  %s  读到“%s”  应为：%s",
                    "refused %s  %s  read \"%s\"  expected: %s", refusal.code(), refusal.field(), refusal.read(),
                    texts.chinese() ? refusal.expected() : refusal.expectedEn()));
            case Settlement settlement -> {
                surroundings.out().print(Explanation.of(settlement, texts.chinese() ? Explanation.Language.CHINESE
                        : Explanation.Language.ENGLISH).text());
                turn.expect().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(expected ->
                        compare(expected.getKey(), expected.getValue(),
                                PackChecker.amount(settlement.amounts(), expected.getKey())));
            }
        }
    }

    private void compare(String name, Fen expected, Fen read) {
        surroundings.out().println(expected.equals(read) ? "= " + name + " " + read.yuan()
                : texts.say("≠ %s %s，算例写的是 %s", "≠ %s %s, the case says %s", name, read.yuan(), expected.yuan()));
    }
}
