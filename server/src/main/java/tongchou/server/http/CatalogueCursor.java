package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.server.catalogue.CatalogueSearch.Mark;

/// Where a page of items begins, and what all pages of one answer read (游标): the number of an import, the pack, the
/// day.
///
/// @param pack hash of the pack, empty where none is read
record CatalogueCursor(long version, String pack, LocalDate day, Mark after) {

    private static final int PARTS = 5;

    /// The cursor that an answer gave as `next`.
    ///
    /// @throws Refused when no answer gave it
    static CatalogueCursor of(String text) {
        var parts = text.split("\\.", -1);
        try {
            if (parts.length == PARTS) {
                return new CatalogueCursor(Long.parseLong(parts[0]),
                        HexFormat.of().formatHex(Base64.getUrlDecoder().decode(parts[1])),
                        LocalDate.ofEpochDay(Integer.parseInt(parts[2])), new Mark(new String(
                                Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8),
                                Long.parseLong(parts[4])));
            }
        } catch (IllegalArgumentException | DateTimeException garbled) {
            throw garbled(text);
        }
        throw garbled(text);
    }

    static Refused garbled(String text) {
        return new Refused(Fault.of(ProblemCode.TEXT_NOT_ALLOWED, "after", text, "上一页 next 的原文，其他参数不变",
                "next of the page before, exactly, with the same question"));
    }

    /// The cursor as an answer gives it.
    String text() {
        var letters = Base64.getUrlEncoder().withoutPadding();
        return String.join(".", Long.toString(version), letters.encodeToString(HexFormat.of().parseHex(pack)),
                Long.toString(day.toEpochDay()), letters.encodeToString(
                        after.code().getBytes(StandardCharsets.UTF_8)), Long.toString(after.number()));
    }
}
