package tongchou.api.http;

import java.util.List;

/// The sums a member carries (年度累计).
public record YearToDateReply(String member, List<SumReply> sums) {

    /// One sum of one definite period.
    public record SumReply(String counter, String period, String periodKey, long sum) {
    }
}
