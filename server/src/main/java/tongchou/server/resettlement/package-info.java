/// Re-settlement (重算): what was booked is settled again by the packs of this installation, in the background.
@NullMarked
package tongchou.server.resettlement;

import org.jspecify.annotations.NullMarked;
