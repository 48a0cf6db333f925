/// The command line (命令行).
@NullMarked
package tongchou.server.cli;

import org.jspecify.annotations.NullMarked;
