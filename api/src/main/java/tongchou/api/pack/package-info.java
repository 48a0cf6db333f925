/// The pack format (政策包格式): reading a region's YAML and CSV into policies, and finding everything wrong with them.
@NullMarked
package tongchou.api.pack;

import org.jspecify.annotations.NullMarked;
