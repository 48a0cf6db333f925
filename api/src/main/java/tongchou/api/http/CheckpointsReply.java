package tongchou.api.http;

import java.util.List;

/// The checkpoints that the book keeps (存证清单), the earliest first.
public record CheckpointsReply(List<CheckpointReply> checkpoints) {
}
