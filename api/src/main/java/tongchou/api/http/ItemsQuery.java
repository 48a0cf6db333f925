package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.PayClass;

/// Which items of an area's catalogue are asked for (目录条目检索).
///
/// @param area six-digit division code of the insuring area
/// @param date the day on which the items are in force
/// @param q part of a code, name, approval number, full pinyin or initials; everything where nothing is said
/// @param payClass `class`: only this class
/// @param tier only what no restriction keeps from this tier
/// @param alliance only what the alliance lists on the day
/// @param procured only items of a centralised procurement, or only others
/// @param after `next` of the page before
/// @param limit items at most, 1 to 500; 20 where nothing is said
public record ItemsQuery(
        @Field(form = Field.Form.DIVISION) String area,
        LocalDate date,
        @Field(omissible = true) @Nullable String q,
        @Field(name = "class", omissible = true) @Nullable PayClass payClass,
        @Field(omissible = true) @Nullable Tier tier,
        @Field(omissible = true, form = Field.Form.CODE) @Nullable String alliance,
        @Field(omissible = true) EntriesQuery.@Nullable YesNo procured,
        @Field(omissible = true) @Nullable String after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {
}
