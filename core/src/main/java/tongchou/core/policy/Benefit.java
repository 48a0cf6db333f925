package tongchou.core.policy;

import java.util.List;
import tongchou.core.calendar.BenefitYear;
import tongchou.core.money.Ratio;

/// What a scheme promises for a kind of care (待遇): an ordered list of layers.
///
/// @param name the benefit in Chinese, for example 职工住院
/// @param nameEn the benefit in English
/// @param applies the claims it is for
/// @param year the benefit year of its counters
/// @param binding which day of the encounter selects the rules
/// @param stayCounter name of the yearly count of stays, empty where the benefit does not count
/// @param prePay share of a class-B line borne first where the line states none (乙类先行自付)
/// @param outOfAreaPrePay share of every in-scope line borne first when care is out of area (异地先行自付)
public record Benefit(
        String name,
        String nameEn,
        Condition applies,
        BenefitYear year,
        Binding binding,
        String stayCounter,
        Table<Ratio> prePay,
        Table<Ratio> outOfAreaPrePay,
        List<Layer> layers) {

    /// Copies the layers.
    public Benefit {
        layers = List.copyOf(layers);
    }

    /// Which day of an encounter binds it to the rules (适用政策日).
    public enum Binding {
        /// The first day (入院日).
        FIRST_DAY,
        /// The last day (出院日, 结算日).
        LAST_DAY
    }
}
