package tongchou.api.http;

import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;

/// A line of the bill (费用明细).
///
/// @param item national or local item code
/// Where the catalogue of the member's pack knows the item, it gives class, share and limit; what is given beside the
/// code must agree.
///
/// @param payClass `class`: a, b or c; needed where no catalogue knows the item or states its class
/// @param overLimitFen the part above the limit price; left out, it is worked out from `quantity` where the catalogue
///         states a limit, and is 0 otherwise
/// @param prePayBp share borne first, where the line has one of its own
/// @param directBp flat share at which the item is paid without further co-payment
/// @param quantity a decimal number as text, for example `"2"` or `"0.5"`
/// @param detail what the catalogue asks about the line beside its quantity
public record LineFacts(
        @Field(form = Field.Form.KEY) String item,
        @Field(omissible = true) @Nullable String name,
        long amountFen,
        @Field(name = "class", omissible = true) @Nullable PayClass payClass,
        @Field(omissible = true) @Nullable Long overLimitFen,
        @Field(omissible = true) @Nullable Long prePayBp,
        @Field(omissible = true) @Nullable Long directBp,
        @Field(omissible = true, form = Field.Form.DECIMAL) @Nullable String quantity,
        @Field(omissible = true) @Nullable DetailFacts detail) {
}
