package tongchou.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;

/// A journal sums to zero or does not exist.
class JournalTest {

    private static Entry entry(Account.Kind kind, long fen) {
        return new Entry(new Account(kind, "owner"), Fen.of(fen));
    }

    @Test
    void a_journal_that_does_not_sum_to_zero_is_refused() {
        var entries = List.of(entry(Account.Kind.POOLED_EMPLOYEE, -7361), entry(Account.Kind.INSTITUTION, 8000));
        assertThrows(IllegalArgumentException.class, () -> new Journal(entries));
    }

    @Test
    void a_journal_that_sums_to_zero_keeps_its_entries() {
        var entries = List.of(entry(Account.Kind.POOLED_EMPLOYEE, -7360), entry(Account.Kind.CASH, -640),
                entry(Account.Kind.INSTITUTION, 8000));
        assertEquals(entries, new Journal(entries).entries());
    }

    @ParameterizedTest
    @EnumSource(Payer.class)
    void every_payer_has_an_account(Payer payer) {
        var employee = Account.kindOf(payer, true);
        var resident = Account.kindOf(payer, false);
        assertEquals(payer == Payer.POOLED, employee != resident, payer + ": " + employee + " " + resident);
    }
}
