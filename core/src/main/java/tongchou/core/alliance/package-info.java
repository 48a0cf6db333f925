/// Institutions and the four kinds of medical alliances (医联体) they form, with dates.
@NullMarked
package tongchou.core.alliance;

import org.jspecify.annotations.NullMarked;
