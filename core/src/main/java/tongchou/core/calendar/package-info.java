/// Time as policies use it (政策时间): periods in force, benefit years, memory spans and the day of knowledge.
///
/// Every value of a policy carries two dates: from when it is in force, and from when it was known. The clock is never
/// read here; days come in as arguments.
@NullMarked
package tongchou.core.calendar;

import org.jspecify.annotations.NullMarked;
