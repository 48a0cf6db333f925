/// The program (程序): its entry, with the only clock and the only source of ids.
@NullMarked
package tongchou.server;

import org.jspecify.annotations.NullMarked;
