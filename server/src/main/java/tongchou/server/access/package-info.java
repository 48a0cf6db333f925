/// Who is calling, and what they may do (准入): keys, tokens, roles, scopes and the pace of requests.
@NullMarked
package tongchou.server.access;

import org.jspecify.annotations.NullMarked;
