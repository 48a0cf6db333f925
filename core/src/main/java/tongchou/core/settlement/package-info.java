/// How a claim becomes a settlement (结算): compiled waterfalls, exact results, and the steps that explain them.
///
/// The settlement function is pure: rules, claim and the year so far go in; amounts, postings, steps and the
/// new position come out. See [Waterfall] for the way through it.
@NullMarked
package tongchou.core.settlement;

import org.jspecify.annotations.NullMarked;
