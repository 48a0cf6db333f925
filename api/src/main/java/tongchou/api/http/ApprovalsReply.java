package tongchou.api.http;

import java.util.List;

/// What waits for a second person (待复核清单), the oldest first.
public record ApprovalsReply(List<ApprovalReply> approvals) {
}
