/// What happened (就诊): visits and stays, their charge lines, referrals, and the claim made of them.
@NullMarked
package tongchou.core.encounter;

import org.jspecify.annotations.NullMarked;
