/// The insured (参保人): schemes, standings with dates, relief groups, family-doctor contracts and account money.
@NullMarked
package tongchou.core.people;

import org.jspecify.annotations.NullMarked;
