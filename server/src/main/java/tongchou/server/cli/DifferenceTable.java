package tongchou.server.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import tongchou.core.money.Fen;
import tongchou.storage.Resettlements;
import tongchou.storage.Resettlements.Difference;

/// The differences of a re-settlement as people read them (差额表): a table, or CSV whose amounts are fen.
///
/// @param csv whether it is CSV; codes, tokens and numbers need no quotes
record DifferenceTable(PrintStream out, Texts texts, boolean csv) {

    private static final int PAGE = 500;

    /// Prints every difference, then, in the table, the sums.
    void print(Resettlements work, String id) {
        if (csv) {
            out.println("member,settlement,institution,binding_day,pack,version,known_on,payer,before_fen,after_fen,"
                    + "more_fen,due_fen,correction");
        }
        var after = 0L;
        for (var page = work.differences(id, after, PAGE); !page.isEmpty(); page = work.differences(id, after, PAGE)) {
            page.forEach(csv ? this::rows : this::line);
            after = page.getLast().number();
        }
        if (csv) {
            return;
        }
        for (var sum : work.sums(id)) {
            if (sum.settlements() > 0) {
                out.println(texts.say("合计 %s %s：%d 笔，%s → %s（%s）", "sum %s %s: %d settlements, %s -> %s (%s)",
                        sum.institution(), sum.payer().word(), sum.settlements(), yuan(sum.change().before()),
                        yuan(sum.change().after()), signed(sum.change().more())));
            }
        }
    }

    private void rows(Difference one) {
        one.payers().forEach((payer, change) -> out.println(String.join(",", List.of(one.member(), one.settlement(),
                one.institution(), one.day().toString(), one.rules().pack(), one.rules().version(),
                one.knownOn() == null ? "" : one.knownOn().toString(), payer.word(), fen(change.before()),
                fen(change.after()), fen(change.more()), fen(one.due()),
                one.correction() == null ? "" : one.correction()))));
    }

    private static String fen(Fen amount) {
        return Long.toString(amount.value());
    }

    private void line(Difference one) {
        var payers = one.payers().entrySet().stream().filter(payer -> !payer.getValue().more().isZero())
                .map(payer -> payer.getKey().word() + " " + yuan(payer.getValue().before()) + " → "
                        + yuan(payer.getValue().after())).collect(Collectors.joining(", "));
        var due = one.due().isZero() ? "" : one.due().isNegative()
                ? texts.say("，应补 %s", ", still to pay %s", yuan(one.due().negated()))
                : texts.say("，应退 %s", ", gets back %s", yuan(one.due()));
        out.println(one.day() + "  " + one.member() + "  " + one.settlement() + "  " + one.institution() + "  " + payers
                + due + "  [" + one.rules().pack() + " " + one.rules().version() + "]");
    }

    private static String yuan(Fen amount) {
        return amount.yuan();
    }

    private static String signed(Fen amount) {
        return amount.isNegative() ? amount.yuan() : "+" + amount.yuan();
    }
}
