package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Row;

/// The published figures of an area (公布的年度数) of which amounts are shares, such as an average wage or the income per
/// head: parameters in yuan, those of the area before those of the pack and of the packs it extends.
///
/// @param levels the parameters of each level, the nearest first
record Figures(List<List<Pack.Parameter>> levels) {

    /// What stands for a figure that nobody has found yet.
    private static final String UNKNOWN = "unknown";

    /// Copies the levels.
    Figures {
        levels = List.copyOf(levels);
    }

    private List<Pack.Parameter> named(String name) {
        return levels.stream().map(level -> level.stream().filter(one -> one.name().equals(name)).toList())
                .filter(found -> !found.isEmpty()).findFirst().orElse(List.of());
    }

    /// The rows that a share of a figure makes: one for each version of the figure, on the days of both.
    ///
    /// @param share the share, under its condition and on its days
    List<Row<Amount>> of(Row<Ratio> share, String name, Section at) {
        var rows = new ArrayList<Row<Amount>>();
        for (var figure : named(name)) {
            var row = figure.row();
            if (!figure.unit().startsWith("yuan")) {
                break;
            }
            if (row.inForce().overlaps(share.inForce())) {
                rows.add(new Row<>(share.when(), amount(share.value(), row.value(), at), both(row, share),
                        row.issued().isAfter(share.issued()) ? row.issued() : share.issued(), share.citation(),
                        (share.label() + " " + share.value().percent() + " × " + name + " " + row.value()).strip()));
            }
        }
        if (rows.isEmpty()) {
            at.complain("figure", "parameters.yaml 中同期以元计的数（没有找到“" + name + "”）",
                    "a figure in yuan of parameters.yaml on these days (no \"" + name + "\")");
        }
        return rows;
    }

    private static Amount amount(Ratio share, String figure, Section at) {
        if (figure.equals(UNKNOWN)) {
            return new Amount.Unknown();
        }
        try {
            return new Amount.Yuan(share.of(Fen.ofYuan(figure), Rounding.HALF_UP));
        } catch (NumberFormatException | ArithmeticException noMoney) {
            at.complain("figure", "以元计的数，或 unknown", "a figure in yuan, or unknown");
            return new Amount.Unknown();
        }
    }

    private static InForce both(Row<?> one, Row<?> other) {
        return new InForce(later(one.inForce().from(), other.inForce().from()),
                one.inForce().to().isBefore(other.inForce().to()) ? one.inForce().to() : other.inForce().to());
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
