/// A demonstration county (示例县), so that the first request settles.
@NullMarked
package tongchou.server.demo;

import org.jspecify.annotations.NullMarked;
