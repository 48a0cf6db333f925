/// Exact money (精确金额): fen, ratios and named rounding.
///
/// Everything above is built on whole fen. A fraction of a fen lives only inside one layer of a settlement and is
/// rounded there once, by the mode the pack names. No class of the project uses floating point.
@NullMarked
package tongchou.core.money;

import org.jspecify.annotations.NullMarked;
