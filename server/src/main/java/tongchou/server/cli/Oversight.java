package tongchou.server.cli;

import picocli.CommandLine.Option;
import tongchou.core.money.Fen;
import tongchou.server.cli.Entrance.Wrong;
import tongchou.server.http.TwoPersons;

/// What needs two persons (双人复核选项).
final class Oversight {

    @Option(names = "--approve-reversals-over", defaultValue = "10000.00", paramLabel = "YUAN",
            descriptionKey = "approve-reversals-over")
    private String over = "";

    @Option(names = "--activation", defaultValue = "loaded", paramLabel = "loaded|two-persons",
            descriptionKey = "activation")
    private String activation = "";

    TwoPersons given() throws Wrong {
        if (!activation.equals("loaded") && !activation.equals("two-persons")) {
            throw new Wrong("--activation 应为 loaded 或 two-persons。", "--activation must be loaded or two-persons.");
        }
        if (!over.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
            throw new Wrong("--approve-reversals-over 应为金额（元），例如 10000.00。",
                    "--approve-reversals-over must be an amount in yuan such as 10000.00.");
        }
        return new TwoPersons(Fen.ofYuan(over).value(), activation.equals("two-persons"));
    }

    /// What the operator is told at start.
    static String told(TwoPersons two, boolean zh) {
        var over = Fen.of(two.reversalsOver()).yuan();
        return zh ? "  双人复核：基金超过 " + over + " 元的冲正与重算、手工调账、启用政策包；"
                + (two.activation() ? "只用经两人启用的政策包入账" : "已加载的政策包均可入账（--activation two-persons 改为须经两人启用）")
                : "  two persons: reversals and re-settlements over " + over
                + " yuan of fund money, adjustments, activation of packs; "
                + (two.activation() ? "only activated packs book"
                        : "every loaded pack books (--activation two-persons changes that)");
    }
}
