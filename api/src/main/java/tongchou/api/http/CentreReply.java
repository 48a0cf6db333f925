package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// To which township centre a village clinic belongs (村卫生室隶属).
public record CentreReply(String institution, String centre, LocalDate from, @Nullable LocalDate to) {
}
