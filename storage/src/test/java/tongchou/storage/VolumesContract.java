package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tongchou.core.policy.Payer;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Volumes.Span;

/// What every book tells of what was charged: three members with a settlement in January, taken back, and one in
/// February that met its deductible.
final class VolumesContract {

    private static final Span YEAR = new Span(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));

    private VolumesContract() {
    }

    static void check(Volumes volumes, Again again) {
        var items = volumes.items();
        assertEquals(3, items.size(), items::toString);
        assertEquals(List.of("0k2", "1k2", "2k2"), keys(volumes.bills(YEAR, List.of(), 0, 9)));
        assertEquals(List.of("0k2", "1k2", "2k2"), keys(volumes.bills(YEAR, List.of("X", County.HOSPITAL), 0, 9)));
        assertEquals(List.of(), volumes.bills(YEAR, List.of("X"), 0, 9));
        assertEquals(List.of(), volumes.bills(new Span(YEAR.from(), LocalDate.of(2026, 2, 9)), List.of(), 0, 9));
        var paged = new ArrayList<Volumes.Bill>();
        for (var page = volumes.bills(YEAR, List.of(), 0, 2); !page.isEmpty();
                page = volumes.bills(YEAR, List.of(), paged.getLast().number(), 2)) {
            paged.addAll(page);
        }
        assertEquals(List.of("0k2", "1k2", "2k2"), keys(paged));
        assertEquals(List.of("1k2"), keys(volumes.bills(YEAR, "P1")));
        assertEquals(List.of(), volumes.bills(new Span(YEAR.from(), LocalDate.of(2026, 2, 9)), "P1"));
        assertTrue(paged.getFirst().content().length > 0);
        assertEquals(List.of("P0", "P1", "P2"), volumes.members(YEAR, List.of(), "", "", 9));
        assertEquals(List.of("P1"), volumes.members(YEAR, items, "", "P0", 1));
        assertEquals(List.of(), volumes.members(YEAR, List.of("x"), "", "", 9));
        assertEquals(List.of(), volumes.members(YEAR, List.of(), "00", "", 9));
        // Of 100.00 nothing exceeds the deductible of 100.00, which the reversed one had met before: 50.00 less.
        var fold = volumes.again("P0", paged.getFirst().pack(), YEAR.from(), again);
        assertEquals("", fold.why());
        assertEquals(List.of(-5_000L), fold.outcomes().stream().map(one -> one.payers().entrySet().stream()
                .filter(payer -> payer.getKey() == Payer.POOLED).mapToLong(payer -> payer.getValue().more().value())
                .sum()).toList());
        assertEquals(fold, volumes.again("P0", paged.getFirst().pack(), YEAR.from(), again), "nothing is kept of it");
    }

    private static List<String> keys(List<Volumes.Bill> bills) {
        return bills.stream().map(bill -> bill.settlement().substring(5)).toList();
    }
}
