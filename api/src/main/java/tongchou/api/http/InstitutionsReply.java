package tongchou.api.http;

import java.util.List;

/// Institutions in the order of their codes, every version of each (机构列表).
public record InstitutionsReply(List<InstitutionFacts> institutions) {
}
