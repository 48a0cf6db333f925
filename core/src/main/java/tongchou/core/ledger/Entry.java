package tongchou.core.ledger;

import tongchou.core.money.Fen;

/// One line of a journal (分录): what an account gives or receives.
///
/// @param amount received when positive, given when negative
public record Entry(Account account, Fen amount) {
}
