/// What a catalogue makes of a bill (费用审定): every charge becomes a line with class, limit and share, and says why.
@NullMarked
package tongchou.core.judging;

import org.jspecify.annotations.NullMarked;
