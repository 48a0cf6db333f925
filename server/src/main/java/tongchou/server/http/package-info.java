/// HTTP routes (路由), one class per resource; [tongchou.server.http.Door] is the one place every request passes.
@NullMarked
package tongchou.server.http;

import org.jspecify.annotations.NullMarked;
