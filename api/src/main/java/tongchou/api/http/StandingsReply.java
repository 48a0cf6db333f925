package tongchou.api.http;

import java.util.List;

/// The standings of a member (参保状态列表).
public record StandingsReply(String member, List<StandingFacts> standings) {
}
