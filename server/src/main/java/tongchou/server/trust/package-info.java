/// Signed packs and the keys that are trusted (签名与信任): what may be served in production.
@NullMarked
package tongchou.server.trust;

import org.jspecify.annotations.NullMarked;
