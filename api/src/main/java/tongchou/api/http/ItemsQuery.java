package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.PayClass;

/// Which items of the catalogues are asked for (目录检索).
///
/// @param area six-digit division code of the insuring area, whose catalogue is searched with what was imported; it may
///         be left out where only imports are searched
/// @param date the day on which the items are in force; today where nothing is said
/// @param q part of a code, name, generic name, approval number, full pinyin or initials; everything where nothing is
///         said
/// @param code only the item of exactly this code, whatever signs it holds
/// @param in where to look: in the catalogue of the area, in imports, or in both where nothing is said
/// @param payClass `class`: only this class
/// @param tier only what no restriction keeps from this tier
/// @param alliance only what the alliance lists on the day
/// @param procured only items of a centralised procurement, or only others
/// @param version number of an import: as the imports stood after it; the latest where nothing is said
/// @param after `next` of the page before
/// @param limit items at most, 1 to 1,000; 20 where nothing is said
public record ItemsQuery(
        @Field(omissible = true, form = Field.Form.DIVISION) @Nullable String area,
        @Field(omissible = true) @Nullable LocalDate date,
        @Field(omissible = true) @Nullable String q,
        @Field(omissible = true) @Nullable String code,
        @Field(omissible = true) @Nullable Where in,
        @Field(name = "class", omissible = true) @Nullable PayClass payClass,
        @Field(omissible = true) @Nullable Tier tier,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String alliance,
        @Field(omissible = true) @Nullable YesNo procured,
        @Field(omissible = true) @Nullable Long version,
        @Field(omissible = true, form = Field.Form.CURSOR) @Nullable String after,
        @Field(omissible = true, least = 1, most = 1_000) @Nullable Integer limit) {

    /// Where items stand (目录来源).
    public enum Where {
        /// In the packs: the catalogue of the area over those of its province and the nation.
        PACKS,
        /// In the lists that were imported into the book.
        IMPORTS
    }

    /// Yes or no, as a query writes it (是否).
    public enum YesNo {
        /// Yes.
        YES,
        /// No.
        NO
    }
}
