/// Prices that converge (价格趋同), and what that costs or saves on what was really charged.
@NullMarked
package tongchou.server.pricing;

import org.jspecify.annotations.NullMarked;
