package tongchou.api.http;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which imported items are asked for (目录检索).
///
/// @param q part of a code, name, generic name, approval number, pinyin or initials; everything where nothing is said
/// @param payClass only this class: a, b or c
/// @param procured only items of a procurement, or only others
/// @param date only what is in force on the day
/// @param after where the page before ended, as its `next` said
/// @param limit items at most, 1 to 500; 20 where nothing is said
public record EntriesQuery(
        @Field(omissible = true) @Nullable String q,
        @Field(omissible = true, name = "class") @Nullable PayClassWord payClass,
        @Field(omissible = true) @Nullable YesNo procured,
        @Field(omissible = true) @Nullable LocalDate date,
        @Field(omissible = true) @Nullable String after,
        @Field(omissible = true, least = 1, most = 500) @Nullable Integer limit) {

    /// Payment classes (甲乙丙).
    public enum PayClassWord {
        /// 甲.
        A,
        /// 乙.
        B,
        /// 丙.
        C
    }

    /// Yes or no, as a query writes it (是否).
    public enum YesNo {
        /// Yes.
        YES,
        /// No.
        NO
    }
}
