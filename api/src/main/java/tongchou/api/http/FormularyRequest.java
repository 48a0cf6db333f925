package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts items on the list of an alliance (医联体药品目录), all of them or none. An item that is listed anew from a later day
/// ends what is open; the same again with a last day ends it.
public record FormularyRequest(@Field(least = 1, most = 1000) List<ListedFacts> entries) {

    /// An item on the list.
    ///
    /// @param to last day; left out while no end is known
    /// @param priceFen what one unit costs at every member; left out where no price was agreed
    /// @param document the document or meeting behind it
    public record ListedFacts(
            @Field(form = Field.Form.KEY) String item,
            LocalDate from,
            @Field(omissible = true) @Nullable LocalDate to,
            @Field(omissible = true, least = 1) @Nullable Long priceFen,
            @Field(omissible = true) @Nullable String unit,
            @Field(omissible = true) @Nullable String document) {
    }
}
