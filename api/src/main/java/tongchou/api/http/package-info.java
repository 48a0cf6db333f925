/// The HTTP interface as records (接口报文): requests read strictly, replies, and problem details (RFC 9457).
@NullMarked
package tongchou.api.http;

import org.jspecify.annotations.NullMarked;
