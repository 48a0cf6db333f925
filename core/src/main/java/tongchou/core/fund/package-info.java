/// Budgets (总额预算): what is put at the disposal of institutions and alliances, and what the funds paid of it.
@NullMarked
package tongchou.core.fund;

import org.jspecify.annotations.NullMarked;
