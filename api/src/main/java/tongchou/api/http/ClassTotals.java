package tongchou.api.http;

import org.jspecify.annotations.Nullable;

/// A bill by class instead of by line (分类费用).
///
/// @param classBFen class B; `pre_pay_bp` is the share borne first where the area states none
public record ClassTotals(
        @Field(omissible = true) @Nullable Long classAFen,
        @Field(omissible = true) @Nullable Long classBFen,
        @Field(omissible = true) @Nullable Long classCFen,
        @Field(omissible = true) @Nullable Long prePayBp) {
}
