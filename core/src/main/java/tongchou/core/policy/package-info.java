/// What a region’s documents say (政策): dated, cited rules as data.
///
/// A [Policy] is a list of [Benefit]s; a benefit is an ordered list of [Layer]s of one shape: a payer works on the
/// [Burden]s that earlier layers left, takes off a [Deductible], pays by [Bands], up to [Ceiling]s. All numbers stand
/// in [Table]s whose [Row]s have a [Condition], two dates and a [Citation]. Nothing here computes; the
/// `settlement` package compiles a policy and settles with it.
@NullMarked
package tongchou.core.policy;

import org.jspecify.annotations.NullMarked;
