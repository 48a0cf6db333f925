package tongchou.api.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tongchou.core.settlement.Waterfalls;

/// What a new version alters for partners (合作方影响): each case of the one settled by the other.
public final class ContractDiff {

    private ContractDiff() {
    }

    /// A result that a partner relies on and that comes out otherwise.
    ///
    /// @param vendor whose it is
    /// @param what the case and the amount, refusal or encounter in it
    /// @param before what the partner expects
    /// @param after what comes out
    public record Altered(String vendor, String file, String what, String before, String after) {
    }

    /// Every result of the partners' cases of the first version that the second alters, and every case that the second
    /// no longer holds as it was.
    public static List<Altered> of(Pack before, Pack after) {
        Map<String, Waterfalls> now = new HashMap<>();
        after.policies().forEach(policy -> now.put(policy.area(), new Waterfalls(policy)));
        var altered = new ArrayList<Altered>();
        for (var example : before.cases()) {
            if (!example.vendor().isEmpty()) {
                var findings = new Findings();
                if (example.waiting() == null && !now.containsKey(example.area())) {
                    altered.add(new Altered(example.vendor(), example.file(), "“" + example.name() + "”",
                            example.area(), ""));
                } else {
                    new CaseJudge(findings).judge(example, after, now);
                }
                findings.sorted().forEach(one -> altered.add(new Altered(example.vendor(), one.file(),
                        one.key().substring(one.key().indexOf('“')), one.expectedEn(), one.read())));
                var kept = after.cases().stream().anyMatch(other -> other.vendor().equals(example.vendor())
                        && other.name().equals(example.name()) && isSame(example, other));
                if (!kept && findings.sorted().isEmpty()) {
                    altered.add(new Altered(example.vendor(), example.file(), "“" + example.name() + "”",
                            "as agreed 原约定", "changed or gone 已改动或删除"));
                }
            }
        }
        return altered;
    }

    /// Whether two cases ask the same and expect the same.
    private static boolean isSame(Case one, Case other) {
        return one.area().equals(other.area()) && one.turns().size() == other.turns().size()
                && IntStream.range(0, one.turns().size()).allMatch(i -> one.turns().get(i).isLike(other.turns().get(i)))
                && String.valueOf(one.waiting()).equals(String.valueOf(other.waiting()));
    }
}
