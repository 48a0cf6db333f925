package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items of the catalogues that packs hold (目录条目).
///
/// @param more whether further rows were left off
public record CatalogueReply(List<ItemReply> items, boolean more) {

    /// One item in one version.
    ///
    /// @param area area of the row; empty for the whole pack
    public record ItemReply(
            String pack, String area, String code, String name, String kind, String unit,
            @Field(name = "class") String payClass, @Nullable Long prePayEmployeeBp, @Nullable Long prePayResidentBp,
            @Nullable Long primaryFen, @Nullable Long secondaryFen, @Nullable Long tertiaryFen,
            @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, CitationReply citation) {
    }
}
