package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells what an institution has on its shelves (配备药品), all of it or nothing.
public record StockRequest(@Field(least = 1, most = 1000) List<StockedFacts> entries) {

    /// An item that is there.
    ///
    /// @param to last day; left out while no end is known
    public record StockedFacts(
            @Field(form = Field.Form.KEY) String item,
            LocalDate from,
            @Field(omissible = true) @Nullable LocalDate to) {
    }
}
