package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loaded policy pack (政策包).
///
/// @param extendsPack `extends`: id of the pack it builds on
/// @param activated whether two persons put this version in force
/// @param sources every document cited; only for a single pack, as is `coverage`
public record PackReply(
        String id, String version, String hash, String name, String nameEn,
        @Field(name = "extends") @Nullable String extendsPack,
        @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, boolean demonstration, boolean activated,
        List<String> maintainers,
        List<AreaReply> areas, int documents, List<CountReply> items, int findings,
        @Nullable List<DocumentReply> sources, @Nullable List<ClauseReply> coverage) {

    /// An area of a pack (统筹区).
    ///
    /// @param replaces what it took over from areas of other packs
    /// @param replacedBy what areas of other packs took over from it
    public record AreaReply(
            String id, String name, String nameEn, List<String> divisions, List<String> benefits,
            @Nullable List<TakeoverReply> replaces, @Nullable List<TakeoverReply> replacedBy) {
    }

    /// Divisions that passed between areas of two packs (接管).
    ///
    /// @param pack id of the other pack, as is `area`
    /// @param from first binding day on which the area that took over settles
    public record TakeoverReply(String pack, String area, List<String> divisions, LocalDate from) {
    }

    /// A document that is cited (政策文件).
    public record DocumentReply(
            String id, String title, String number, String issuer, LocalDate issued, @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay, String grade, @Nullable String checked) {
    }

    /// A clause and what the pack makes of it (条款覆盖).
    public record ClauseReply(String document, String article, String status, String note) {
    }

    /// How many items of a kind its own catalogue states, in whatever version (条目数).
    public record CountReply(String kind, int count) {
    }
}
