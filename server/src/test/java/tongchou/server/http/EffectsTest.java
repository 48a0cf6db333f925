package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a path of prices costs or saves, asked for over HTTP in parts that the server adds up.
class EffectsTest {

    private static final String QUESTION = """
            {"area": "999901", "from": "2026-01-01", "to": "2026-12-31", "days": ["2026-07-01", "2027-01-01"]%s}""";

    @TempDir
    private static Path folder;
    private static TestSite site;

    @BeforeAll
    static void book() {
        site = new TestSite(folder);
        // 100 x 12.00 = 1,200.00 in the county hospital, 100 x 10.00 = 1,000.00 in the township centre
        settle("adult", "H99990100001", 120_000);
        settle("elderly", "H99990100011", 100_000);
        settle("child", "H99990100011", 100_000);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static void settle(String member, String institution, long fen) {
        var reply = site.post("/v1/settlements", """
                {"key": "effects-%s", "member": "demo-resident-%s", "institution": "%s", "total_fen": %d,
                 "encounter": {"care": "inpatient", "from": "2026-03-02", "to": "2026-03-02"},
                 "lines": [{"item": "ZC0001", "amount_fen": %d, "quantity": "100"}]}""".formatted(member, member,
                institution, fen, fen));
        assertEquals(201, reply.status(), reply.body());
    }

    private static TestSite.Reply asked(String more) {
        return site.post("/v1/convergence/effects", QUESTION.formatted(more));
    }

    /// Total, fund, patients and hospital of a place of a reply.
    private static String sums(TestSite.Reply reply, String... path) {
        var told = new ArrayList<String>();
        for (var who : List.of("total", "fund", "patients", "hospital")) {
            var at = new ArrayList<>(List.of(path));
            at.addAll(List.of("sums", who + "_more_fen"));
            told.add(reply.at(at.toArray(String[]::new)));
        }
        return String.join(" ", told);
    }

    @Test
    void theLastPartHasTheWhole() {
        var first = asked(", \"limit\": 1");
        assertEquals(200, first.status(), first.body());
        var second = asked(", \"limit\": 1, \"after\": \"" + first.at("next") + "\"");
        var third = asked(", \"limit\": 1, \"after\": \"" + second.at("next") + "\"");
        assertEquals(List.of("1", "2", "3"), List.of(first.at("members"), second.at("members"), third.at("members")));
        assertFalse(first.at("next").isEmpty() || second.at("next").isEmpty());
        assertEquals("", third.at("next"), third.body());
        // In the order of tokens: adult, child, elderly. Half the way is 11.50 and 10.50, all the way 11.00 at both.
        // adult, county: fund (1,150 - 400) x 75% = 562.50 after (1,200 - 400) x 75% = 600.00; at last 525.00
        assertEquals("-5000 -3750 -1250 0", sums(first, "part", "steps", "0"));
        assertEquals("-10000 -7500 -2500 0", sums(first, "part", "steps", "1"));
        // child and elderly, township: fund (1,050 - 200) x 85% = 722.50 after (1,000 - 200) x 85% = 680.00
        for (var part : List.of(second, third)) {
            assertEquals("5000 4250 750 0", sums(part, "part", "steps", "0"));
            assertEquals("10000 8500 1500 0", sums(part, "part", "steps", "1"));
            assertEquals("1", part.at("part", "members"));
        }
        // So far: -50.00 + 50.00 = 0, then + 50.00; fund -37.50 + 42.50 = 5.00, + 42.50 = 47.50
        assertEquals(sums(first, "part", "steps", "0"), sums(first, "steps", "0"));
        assertEquals("0 500 -500 0", sums(second, "steps", "0"));
        assertEquals("5000 4750 250 0", sums(third, "steps", "0"));
        assertEquals("10000 9500 500 0", sums(third, "steps", "1"));
        // By institution: the county as the first part, the township 2 x 100.00; the item 3,200.00 -> 3,300.00
        assertEquals("H99990100001 H99990100011", third.at("steps", "1", "institutions", "0", "institution") + " "
                + third.at("steps", "1", "institutions", "1", "institution"));
        assertEquals("-10000 -7500 -2500 0", sums(third, "steps", "1", "institutions", "0"));
        assertEquals("20000 17000 3000 0", sums(third, "steps", "1", "institutions", "1"));
        assertEquals("320000", third.at("steps", "1", "items", "0", "before_fen"));
        assertEquals("330000", third.at("steps", "1", "items", "0", "after_fen"));
        assertEquals("3", third.at("steps", "1", "settlements"));
        var whole = asked("");
        assertEquals("", whole.at("part", "members"), "one reply has the whole");
        var steps = whole.body().substring(whole.body().indexOf("\"steps\""), whole.body().indexOf(",\"left_out\""));
        assertTrue(third.body().contains(steps), () -> whole.body() + "\n" + third.body());
        assertEquals("0", third.at("members_left_out"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "not what a reply gave,  AAAA,   '', TEXT_NOT_ALLOWED",
        "cut off,                CUT,    '', TEXT_NOT_ALLOWED",
        "changed,                FLIP,   '', TEXT_NOT_ALLOWED",
        "of another period,      NEXT,   2026-11-30, TEXT_NOT_ALLOWED",
        "with signs,             a.b,    '', TEXT_NOT_ALLOWED",
        "by another pack,        PACK,   '', CATALOGUE_CHANGED"})
    void sumsOfAnotherQuestionAreRefused(String what, String after, String to, String code) {
        var next = asked(", \"limit\": 1").at("next");
        var sent = switch (after) {
            case "NEXT" -> next;
            case "CUT" -> next.substring(0, next.length() / 2);
            case "FLIP" -> next.substring(0, 40) + (next.charAt(40) == 'A' ? 'B' : 'A') + next.substring(41);
            case "PACK" -> new EffectsSoFar(List.of("999901", "2026-01-01", "2026-12-31", "ab"), "m", 1, 0, List.of())
                    .text();
            default -> after;
        };
        var question = QUESTION.formatted(", \"after\": \"" + sent + "\"");
        var reply = site.post("/v1/convergence/effects", to.isEmpty() ? question : question.replace("2026-12-31", to));
        assertEquals(code.equals("CATALOGUE_CHANGED") ? 409 : 400, reply.status(), what + reply.body());
        assertEquals(code, reply.at("code"), reply.body());
    }

    @Test
    void aTextThatUnpacksToVeryMuchIsRefused() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.DeflaterOutputStream(bytes)) {
            out.write(new byte[40_000_000]);
        }
        var reply = asked(", \"after\": \"" + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(bytes.toByteArray()) + "\"");
        assertEquals(400, reply.status(), reply.body().substring(0, Math.min(500, reply.body().length())));
        assertTrue(reply.body().length() < 2_000, "what was read is told in short");
        assertEquals(400, asked(", \"limit\": 0").status());
        assertEquals(400, asked(", \"limit\": 2001").status());
    }
}
