/// What an alliance has in common (医联体同价同目录): one price for a drug, one list, prescriptions that go along.
@NullMarked
package tongchou.server.alliance;

import org.jspecify.annotations.NullMarked;
