package tongchou.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.calendar.InForce;

/// Division codes have dates: Sanming 2021 and codes that no list holds.
class DivisionsTest {

    private static final LocalDate LAST = LocalDate.of(2020, 12, 31);
    private static final Citation CITATION = new Citation(new Document("d", "代码", "", "民政部", LAST, InForce.ALWAYS,
            Document.Grade.OFFICIAL, null), "", "全国", "");
    private static final Divisions SANMING = new Divisions(List.of(gone("350402", "350404"), gone("350403", "350404"),
            gone("350427", "350405"), new Division("350404", "三元区", InForce.from(LAST.plusDays(1)), List.of(),
            CITATION)));

    private static Division gone(String code, String next) {
        return new Division(code, code, new InForce(LocalDate.MIN, LAST), List.of(next), CITATION);
    }

    @Test
    void aWithdrawnCodeLeadsToWhatCameAfterIt() {
        assertEquals("[350402, 350404] [350404] [430299]", SANMING.line("350402") + " " + SANMING.line("350404") + " "
                + SANMING.line("430299"));
        var circle = new Divisions(List.of(gone("100001", "100002"), gone("100002", "100001")));
        assertEquals("[100001, 100002]", circle.line("100001").toString(), "a circle ends");
    }

    @ParameterizedTest(name = "{0} from {1} to {2}: {3}")
    @CsvSource({
        "350402, 2015-01-01, 2019-12-31, in force",
        "350402, 2015-01-01,           , in force",
        "350402, 2020-12-31,           , in force",
        "350402, 2021-01-01,           , outside",
        "350404, 2015-01-01,           , in force",
        "350404, 2015-01-01, 2020-12-31, outside",
        "430299, 1999-01-01,           , in force"})
    void aCodeAndItsUserShareADay(String code, LocalDate from, LocalDate to, String expected) {
        var period = new InForce(from, to == null ? LocalDate.MAX : to);
        assertEquals(expected, SANMING.outside(code, period).isEmpty() ? "in force" : "outside");
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "350404, 350404, true, the same",
        "350402, 350404, true, the former code",
        "350427, 350404, false, its neighbour",
        "430200, 430204, true, the city and a district",
        "430204, 430299, true, what the city runs itself",
        "430299, 430399, false, another city",
        "330000, 330102, true, run by the province",
        "330102, 440100, false, another province"})
    void codesOfInstitutionsAgreeWithTheirDivision(String left, String right, boolean agree, String why) {
        assertEquals(agree, SANMING.agree(left, right), why);
    }
}
