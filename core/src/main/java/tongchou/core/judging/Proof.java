package tongchou.core.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Restriction;

/// Whether a restriction holds in the circumstances of an encounter (限定条件核对).
///
/// @param holds whether one alternative holds
/// @param failed what was missing, in words of both languages, when none holds
/// @param unknown the fact that would have to be known, as the field that carries it; null where everything is
record Proof(boolean holds, List<String> failed, List<String> failedEn, @Nullable String unknown) {

    /// Judges the coded conditions of a restriction; one without any holds.
    ///
    /// @param anyTier whether the tier is not asked about
    static Proof of(Restriction restriction, Circumstances facts, boolean anyTier) {
        if (restriction.alternatives().isEmpty()) {
            return new Proof(true, List.of(), List.of(), null);
        }
        var failed = new ArrayList<String>();
        var failedEn = new ArrayList<String>();
        String unknown = null;
        for (var alternative : restriction.alternatives()) {
            var trial = new Trial();
            trial.judge(alternative, facts, anyTier);
            if (trial.failed.isEmpty() && trial.unknown.isEmpty()) {
                return new Proof(true, List.of(), List.of(), null);
            }
            if (trial.failed.isEmpty()) {
                unknown = unknown == null ? trial.unknown.getFirst() : unknown;
            }
            failed.addAll(trial.failed);
            failedEn.addAll(trial.failedEn);
        }
        return new Proof(false, failed.stream().distinct().toList(), failedEn.stream().distinct().toList(), unknown);
    }

    /// One alternative on trial.
    private static final class Trial {

        private final List<String> failed = new ArrayList<>();
        private final List<String> failedEn = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        void judge(Restriction.Alternative wanted, Circumstances facts, boolean anyTier) {
            if (!anyTier && !wanted.tiers().isEmpty() && !wanted.tiers().contains(facts.tier())) {
                fail("机构等级 " + word(facts.tier()) + " 不在限定之内",
                        "the tier " + word(facts.tier()) + " is not among those");
            }
            if (!wanted.cares().isEmpty() && !wanted.cares().contains(word(facts.care()))) {
                fail("医疗类别 " + word(facts.care()) + " 不在限定之内",
                        "care as " + word(facts.care()) + " is not among those");
            }
            age(wanted, facts);
            if (wanted.sex() != null && facts.sex() == null) {
                missing("encounter.clinical.sex");
            } else if (wanted.sex() != null && wanted.sex() != facts.sex()) {
                fail("性别不符", "the sex differs");
            }
            if (!wanted.diagnoses().isEmpty() && told(facts.diagnoses(), "encounter.clinical.diagnoses")
                    && facts.diagnoses().stream().noneMatch(code -> wanted.diagnoses().stream()
                            .anyMatch(code::startsWith))) {
                fail("诊断不在 " + sorted(wanted.diagnoses()) + " 之内", "no diagnosis in " + sorted(wanted.diagnoses()));
            }
            if (!wanted.specialties().isEmpty() && facts.specialty() == null) {
                missing("encounter.clinical.department");
            } else if (!wanted.specialties().isEmpty() && !wanted.specialties().contains(facts.specialty())) {
                fail("开方科室不是 " + sorted(wanted.specialties()), "not prescribed by " + sorted(wanted.specialties()));
            }
            if (!wanted.after().isEmpty() && told(facts.before(), "encounter.clinical.used_before")
                    && facts.before().stream().noneMatch(wanted.after()::contains)) {
                fail("无一线用药 " + sorted(wanted.after()) + " 无效的记录",
                        "no record that " + sorted(wanted.after()) + " was used before without success");
            }
            if (!wanted.evidence().isEmpty() && told(facts.evidence(), "encounter.clinical.evidence")
                    && !facts.evidence().containsAll(wanted.evidence())) {
                fail("缺少依据 " + sorted(wanted.evidence()),
                        "the findings " + sorted(wanted.evidence()) + " are missing");
            }
        }

        private void age(Restriction.Alternative wanted, Circumstances facts) {
            if (wanted.ageFrom() != null && facts.age() < wanted.ageFrom()) {
                fail("年龄 " + facts.age() + " 周岁，须满 " + wanted.ageFrom() + " 周岁",
                        "aged " + facts.age() + ", must be " + wanted.ageFrom() + " or over");
            }
            if (wanted.ageTo() != null && facts.age() > wanted.ageTo()) {
                fail("年龄 " + facts.age() + " 周岁，不得超过 " + wanted.ageTo() + " 周岁",
                        "aged " + facts.age() + ", must be " + wanted.ageTo() + " or under");
            }
        }

        private boolean told(@Nullable Set<String> facts, String field) {
            if (facts == null) {
                missing(field);
            }
            return facts != null;
        }

        private void missing(String field) {
            unknown.add(field);
        }

        private void fail(String zh, String en) {
            failed.add(zh);
            failedEn.add(en);
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static String sorted(Set<String> words) {
            return String.join(" ", words.stream().sorted().toList());
        }
    }
}
