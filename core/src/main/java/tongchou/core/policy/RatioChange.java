package tongchou.core.policy;

import tongchou.core.money.Ratio;

/// What a rule does to the ratio of every segment of a layer (报销比例调整), in the order the pack lists them.
///
/// A ratio of zero stays zero, and the result lies between nothing and the whole.
public sealed interface RatioChange {

    /// Adds or takes away percentage points (提高或降低百分点).
    record Points(Ratio points) implements RatioChange {
    }

    /// Adds points for each year of age from a given age on (按年龄增加): 0.2 points a year in old Chengdu.
    record PointsPerYearOfAge(Ratio points, int from) implements RatioChange {
    }

    /// Multiplies the ratio (按比例调整).
    record Times(Ratio factor) implements RatioChange {
    }

    /// Multiplies the patient's share (个人负担比例的倍数): retired at 80% of the active share.
    record PatientShareTimes(Ratio factor) implements RatioChange {
    }

    /// Never lets the ratio fall below a floor (不低于).
    record AtLeast(Ratio ratio) implements RatioChange {
    }

    /// Never lets the ratio rise above a cap (不超过).
    record AtMost(Ratio ratio) implements RatioChange {
    }
}
