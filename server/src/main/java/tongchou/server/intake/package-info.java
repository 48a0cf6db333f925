/// Intake (受理): requests become claims of the core, settlements become replies.
@NullMarked
package tongchou.server.intake;

import org.jspecify.annotations.NullMarked;
