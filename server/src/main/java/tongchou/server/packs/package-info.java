/// The host of policy packs (政策包宿主): jars by PF4J and plain folders.
@NullMarked
package tongchou.server.packs;

import org.jspecify.annotations.NullMarked;
