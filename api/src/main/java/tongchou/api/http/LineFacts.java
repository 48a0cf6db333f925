package tongchou.api.http;

import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;

/// A line of the bill (费用明细).
///
/// @param item national or local item code
/// @param payClass `class`: a, b or c; left out, the catalogue of the member's pack gives class, pre-pay share and
///         limit
/// @param overLimitFen the part above the limit price; left out, it is worked out from `quantity` where the catalogue
///         states a limit, and is 0 otherwise
/// @param prePayBp share borne first, where the line has one of its own
/// @param directBp flat share at which the item is paid without further co-payment
/// @param quantity a decimal number as text, for example `"2"` or `"0.5"`
public record LineFacts(
        @Field(form = Field.Form.KEY) String item,
        @Field(omissible = true) @Nullable String name,
        long amountFen,
        @Field(name = "class", omissible = true) @Nullable PayClass payClass,
        @Field(omissible = true) @Nullable Long overLimitFen,
        @Field(omissible = true) @Nullable Long prePayBp,
        @Field(omissible = true) @Nullable Long directBp,
        @Field(omissible = true, form = Field.Form.DECIMAL) @Nullable String quantity) {
}
