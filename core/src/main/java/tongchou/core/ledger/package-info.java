/// Double entry (复式记账): a settlement as journal entries that sum to zero.
@NullMarked
package tongchou.core.ledger;

import org.jspecify.annotations.NullMarked;
