/// The load benchmark of the server (压力测试): its own server start, its own client process, its own population.
@NullMarked
package tongchou.server.load;

import org.jspecify.annotations.NullMarked;
