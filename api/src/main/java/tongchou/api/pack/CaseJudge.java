package tongchou.api.pack;

import java.util.Map;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;

/// Settles worked examples and says where they come out otherwise (算例核对); of a partner's case it names the partner.
final class CaseJudge {

    private final Findings findings;

    CaseJudge(Findings findings) {
        this.findings = findings;
    }

    /// Judges an example.
    ///
    /// @param compiled the rules of each area
    /// @return whether it comes out as it must
    boolean judge(Case example, Pack pack, Map<String, Waterfalls> compiled) {
        var before = findings.sorted().size();
        if (example.waiting() != null) {
            judgeWaiting(example, example.waiting(), pack);
        } else if (compiled.containsKey(example.area())) {
            judge(example, compiled.get(example.area()), pack.listings().of(example.area()));
        }
        return findings.sorted().size() == before;
    }

    private void judgeWaiting(Case example, Case.Waiting waiting, Pack pack) {
        var rows = pack.waiting().on(waiting.rejoined(), example.knownOn());
        if (rows.isEmpty()) {
            wrong(example, example.line(), "waiting", "-", "待遇等待期规则", "a waiting-period rule in force");
            return;
        }
        var rule = rows.getFirst().value();
        var months = rule.months(waiting.missedYears(), waiting.repairedYears());
        var first = rule.firstDay(waiting.rejoined(), waiting.missedYears(), waiting.repairedYears());
        if (months != waiting.months() || !first.equals(waiting.firstDay())) {
            wrong(example, example.line(), "waiting", months + " / " + first,
                    waiting.months() + " / " + waiting.firstDay(), waiting.months() + " / " + waiting.firstDay());
        }
        if (months == waiting.never()) {
            wrong(example, example.line(), "waiting.never", "" + months, "不同于错误的 " + waiting.never(),
                    "anything but the wrong " + waiting.never());
        }
    }

    private void judge(Case example, Waterfalls waterfalls, Catalogue catalogue) {
        var results = example.settle(waterfalls, catalogue);
        for (var i = 0; i < results.size(); i++) {
            var turn = example.turns().get(i);
            var at = "encounters[" + i + "]";
            switch (results.get(i).outcome()) {
                case Refusal refusal -> {
                    if (!refusal.code().name().equals(turn.refusal())) {
                        wrong(example, turn.line(), at, refusal.code() + " " + refusal.field() + " " + refusal.read(),
                                turn.refusal() == null ? "应能结算" : turn.refusal(),
                                turn.refusal() == null ? "a settlement" : turn.refusal());
                    }
                }
                case Settlement settlement -> {
                    if (turn.refusal() != null) {
                        wrong(example, turn.line(), at, "settled, fund " + settlement.amounts().fund(), turn.refusal(),
                                turn.refusal());
                    }
                    compare(example, at, turn, settlement.amounts());
                }
            }
        }
    }

    private void compare(Case example, String at, Case.Turn turn, Amounts amounts) {
        turn.expect().forEach((name, expected) -> {
            var read = PackChecker.amount(amounts, name);
            if (!expected.equals(read)) {
                wrong(example, turn.line(), at + ".expect." + name, read.yuan(), expected.yuan(), expected.yuan());
            }
        });
        turn.never().forEach((name, published) -> {
            if (published.equals(PackChecker.amount(amounts, name))) {
                wrong(example, turn.line(), at + ".never." + name, published.yuan(), "不同于错误的公布值",
                        "anything but the wrong published amount");
            }
        });
    }

    private void wrong(Case example, int line, String key, String read, String expected, String expectedEn) {
        var vendor = example.vendor().isEmpty() ? "" : "合作方 vendor " + example.vendor() + " ";
        findings.error(example.file(), line, vendor + "“" + example.name() + "” " + key, read, expected,
                expectedEn);
    }
}
