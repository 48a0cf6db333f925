package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import tongchou.core.calendar.InForce;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// Days between two versions of a row on which neither holds (日期空缺): claims of these days are refused, or fall to a
/// more general row.
///
/// A year or more between two versions is history that nobody found, not a slip; it is left alone.
final class RowGaps {

    private static final int SLIP_DAYS = 365;

    private RowGaps() {
    }

    /// @param key what tells versions of one row apart from other rows with the same condition, such as a band's bound
    /// @param cover the days that the area answers for
    static <V> List<Finding> of(Table<V> table, Function<V, Long> key, InForce cover, PackReader reader) {
        var findings = new ArrayList<Finding>();
        for (var row : table.rows()) {
            if (row.inForce().isOpen()) {
                continue;
            }
            var next = row.inForce().to().plusDays(1);
            var same = table.rows().stream().filter(one -> one.when().equals(row.when())
                    && key.apply(one.value()).equals(key.apply(row.value()))).toList();
            same.stream().filter(one -> one.inForce().from().isAfter(next))
                    .min(Comparator.comparing(one -> one.inForce().from()))
                    .filter(one -> same.stream().noneMatch(other -> other.inForce().covers(next)))
                    .filter(one -> next.plusDays(SLIP_DAYS).isAfter(one.inForce().from()) && cover.covers(next))
                    .ifPresent(one -> findings.add(gap(one, next, reader)));
        }
        return findings;
    }

    private static Finding gap(Row<?> later, LocalDate first, PackReader reader) {
        var at = reader.place(later);
        var citation = later.citation();
        return new Finding(Finding.Severity.WARNING, at.file(), at.line(), at.path(), first + ".."
                + later.inForce().from().minusDays(1) + "（" + (citation.document().title() + " " + citation.article())
                .strip() + (later.label().isEmpty() ? "" : "，" + later.label()) + "）",
                "同一条件的前后两行日期相接；空缺的日期拒绝结算", "two versions of a row without days between them, on which "
                + "claims are refused");
    }
}
