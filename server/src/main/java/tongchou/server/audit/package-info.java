/// Proof that outlives the machine (存证与复算): keys that sign the audit log, and settlements that are computed again.
@NullMarked
package tongchou.server.audit;

import org.jspecify.annotations.NullMarked;
