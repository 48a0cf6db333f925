package tongchou.storage;

import java.util.List;
import tongchou.core.ledger.Entry;
import tongchou.core.people.Purse;
import tongchou.core.settlement.YearToDate;

/// What a reversal gives back (冲正内容), as its reply is written.
///
/// @param settlement what is taken back
/// @param entries its journal; the reversal's is the same with the other sign
/// @param movements what becomes of the member's sums
/// @param before the account money before, own and of the relatives who share
/// @param after the account money afterwards
/// @param corrections the difference entries of the settlement, which are taken back with it
public record Undone(Book.Stored settlement, List<Entry> entries, List<YearToDate.Movement> movements, Purse before,
        Purse after, List<Resettlements.Correction> corrections) {
}
