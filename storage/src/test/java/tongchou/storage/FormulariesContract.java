package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Membership;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.storage.Formularies.Affiliation;
import tongchou.storage.Formularies.Carried;
import tongchou.storage.Formularies.Listed;
import tongchou.storage.Formularies.Prescribed;
import tongchou.storage.Formularies.Stocked;

/// What every book keeps of the lists of alliances.
final class FormulariesContract {

    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

    private FormulariesContract() {
    }

    static void check(Book book) {
        book.register(new Alliance.CountyCommunity("A1", "医共体", List.of(
                new Membership(County.HOSPITAL, Membership.Role.LEAD, InForce.from(JANUARY)))));
        listsAreDated(book.formularies());
        stocksAndClinics(book.formularies());
        referralsAreWrittenOnce(book.formularies());
    }

    private static Listed listed(String item, InForce days, long fen) {
        return new Listed("A1", item, days, fen == 0 ? null : Fen.of(fen), "盒", "会议");
    }

    private static String on(Formularies formularies, LocalDate day) {
        return formularies.listed("A1", day).stream().map(one -> one.item() + " " + (one.price() == null ? "-"
                : one.price().yuan())).collect(Collectors.joining(", "));
    }

    private static void listsAreDated(Formularies formularies) {
        assertEquals(Optional.empty(), formularies.list(List.of(listed("X1", InForce.from(JANUARY), 1_000),
                listed("X2", InForce.from(JANUARY), 0))));
        assertEquals("X1 10.00, X2 -", on(formularies, JANUARY));
        assertEquals("", on(formularies, JANUARY.minusDays(1)));
        assertEquals(Optional.empty(), formularies.list(List.of(listed("X1", InForce.from(MARCH), 900))));
        assertEquals(Optional.empty(), formularies.list(List.of(listed("X1", InForce.from(MARCH), 900))), "again");
        assertEquals("X1 10.00, X2 -", on(formularies, MARCH.minusDays(1)));
        assertEquals("X1 9.00, X2 -", on(formularies, MARCH));
        assertEquals("entries[1].from", formularies.list(List.of(listed("X3", InForce.from(JANUARY), 0),
                listed("X1", InForce.from(JANUARY.plusDays(9)), 800))).orElseThrow().field());
        assertEquals("entries[0].from", formularies.list(List.of(listed("X1", InForce.from(MARCH), 800)))
                .orElseThrow().field(), "another price for the same days");
        assertEquals("X1 9.00, X2 -", on(formularies, MARCH), "all or none");
        assertEquals(Optional.empty(), formularies.list(List.of(listed("X2", new InForce(JANUARY, MARCH), 0))));
        assertEquals("X1 9.00", on(formularies, MARCH.plusDays(1)));
        assertEquals(3, formularies.listed("A1", null).size());
        assertThrows(RuntimeException.class, () -> formularies.list(List.of(new Listed("A9", "X1",
                InForce.from(JANUARY), null, "", ""))));
    }

    private static void stocksAndClinics(Formularies formularies) {
        assertEquals(Optional.empty(), formularies.stock(List.of(
                new Stocked(County.HOSPITAL, "X1", new InForce(JANUARY, MARCH)))));
        assertEquals(1, formularies.stocked(County.HOSPITAL, MARCH).size());
        assertEquals(0, formularies.stocked(County.HOSPITAL, MARCH.plusDays(1)).size());
        assertEquals(List.of(), formularies.affiliations(JANUARY));
        assertThrows(RuntimeException.class, () -> formularies.affiliate(
                new Affiliation("nobody", County.HOSPITAL, InForce.from(JANUARY))));
    }

    private static void referralsAreWrittenOnce(Formularies formularies) {
        assertEquals(Optional.empty(), formularies.referral("r-1"));
        assertThrows(RuntimeException.class, () -> formularies.refer(carried("r-1", "nobody", "28")));
        assertEquals(Optional.empty(), formularies.referral("r-1"));
    }

    private static Carried carried(String id, String member, String quantity) {
        return new Carried(id, member, County.HOSPITAL, County.HOSPITAL, "e-1", JANUARY, MARCH,
                List.of(new Prescribed("X1", new BigDecimal(quantity))));
    }
}
