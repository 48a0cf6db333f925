package tongchou.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementReply;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;

/// Requests that give codes and quantities alone, settled with the catalogue of the shipped national pack under the
/// demonstration county.
class CatalogueSettlesTest {

    private static final Packs PACKS = PackHost.load(null, List.of(Path.of("../policy-packs/national/data"),
            Path.of("../policy-packs/zhejiang/data"), Path.of("../policy-packs/example-county/data")), "0.1.0");

    private static final String NO_MORE = "";

    private static Settled estimate(String date, String line, String more) {
        var json = """
                {"area": "999901", "scheme": "employee", "status": "active", "tier": "secondary", "care": "outpatient",
                 "date": "%s", "lines": [%s]%s}""".formatted(date, line, more.isEmpty() ? "" : ", " + more);
        return new Intake(PACKS).estimate(RequestReader.body(json.getBytes(StandardCharsets.UTF_8),
                EstimateRequest.class));
    }

    @Test
    void the_packs_are_there() {
        assertEquals(List.of(), PACKS.left());
    }

    private static SettlementReply reply(Settled settled) {
        return reply(settled, true);
    }

    private static SettlementReply reply(Settled settled, boolean chinese) {
        if (settled.outcome() instanceof Settlement settlement) {
            return settled.tell(Replies.of(settlement, "estimate", null, null, List.of(), "0.1.0", chinese));
        }
        throw new AssertionError(settled.outcome());
    }

    private static Refusal refusal(Settled settled) {
        return (Refusal) settled.outcome();
    }

    private static String line(String item, long fen, @Nullable String quantity, String more) {
        return "{\"item\": \"%s\", \"amount_fen\": %d%s%s}".formatted(item, fen,
                quantity == null ? "" : ", \"quantity\": \"" + quantity + "\"", more.isEmpty() ? "" : ", " + more);
    }

    @ParameterizedTest(name = "30 tablets of 20 mg on {0}: {1} fen above the standard, {2} borne first, {3} in scope")
    @CsvSource({
        // 30 x 10.82 = 324.60 and 30 x 9.69 = 290.70; 324.60 charged; the county takes 5% of class B first
        "2025-12-31,    0, 1623, 30837",  // 324.60 x 5% = 16.23
        "2026-01-01, 3390, 1454, 27616"}) // 324.60 - 290.70 = 33.90; 290.70 x 5% = 14.535, that is 14.54
    void a_drug_on_the_last_day_of_one_edition_and_the_first_of_the_next(String date, long over, long prePay,
            long inScope) {
        var line = reply(estimate(date, line("NRDL-N0086", 32_460, "30",
                "\"detail\": {\"specification\": \"20mg/片\", \"days\": 28}"),
                "\"clinical\": {\"diagnoses\": [\"E78.001\"]}")).lines().getFirst();
        assertEquals(List.of("b", over, prePay, inScope),
                List.of(line.payClass(), line.overLimitFen(), line.prePayFen(), line.inScopeFen()));
        assertEquals(line.amountFen(), line.fullSelfPayFen() + line.overLimitFen() + line.prePayFen()
                + line.inScopeFen());
    }

    @Test
    void a_restriction_is_met_not_met_or_cannot_be_judged() {
        var line = line("NRDL-W0159", 10_000, "1", NO_MORE);
        var met = reply(estimate("2026-03-02", line, "\"clinical\": {\"diagnoses\": [\"E11.900\"]}"));
        assertEquals("b", met.lines().getFirst().payClass());
        var unmet = estimate("2026-03-02", line, "\"clinical\": {\"diagnoses\": [\"I10.x00\"]}");
        var not = reply(unmet);
        assertEquals(10_000, not.lines().getFirst().fullSelfPayFen());
        assertTrue(not.explanation().told().stream().anyMatch(sentence -> sentence.contains("不符合限定支付范围")),
                not.explanation().told().toString());
        var english = reply(unmet, false).explanation();
        assertNull(english.zh());
        assertTrue(english.told().stream().anyMatch(sentence -> sentence.contains("is not met")),
                english.told().toString());
        assertEquals("nrdl-2024", not.lines().getFirst().notes().stream()
                .filter(note -> note.kind().equals("restriction-not-met")).findFirst().orElseThrow().citation()
                .document());
        assertEquals("encounter.clinical.diagnoses", refusal(estimate("2026-03-02", line, NO_MORE)).field());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "NRDL-W0129, '\"class\": \"b\"', CATALOGUE_CONTRADICTED",  // metformin tablets are class A
        "NRDL-W0129, '\"class\": \"a\"', a",
        "NRDL-W0129, '',                 a",
        "NRDL-W0129.1, '',               b",                       // and of another form class B
        "NRDL-N0030, '',                 PRICE_CONFIDENTIAL",
        "NRDL-N0086, '',                 MISSING_INPUT",           // several specifications, none named
        "NRDL-W0932, '',                 c",                       // work injury only
        "own-item, '',                   MISSING_INPUT",
        "own-item, '\"class\": \"b\"',   b",
        "120400001, '',                  MISSING_INPUT",           // the national list of services states no class
        "120400001, '\"class\": \"a\"',  a"})
    void the_code_decides(String item, String more, String expected) {
        var settled = estimate("2025-06-02", line(item, 5_000, "10", more),
                "\"clinical\": {\"diagnoses\": [\"E11.900\", \"E78.001\"]}");
        assertEquals(expected, settled.outcome() instanceof Refusal refused ? refused.code().name()
                : reply(settled).lines().getFirst().payClass());
    }

    @Test
    void more_days_than_a_prescription_may_have_are_not_paid() {
        // 30 days of 28: 60.00 x 28 / 30 = 56.00
        var line = reply(estimate("2026-03-02", line("NRDL-W0407", 6_000, "30", "\"detail\": {\"days\": 30}"), NO_MORE))
                .lines().getFirst();
        assertEquals(400, line.overLimitFen());
        // a registered patient with twelve weeks: all of it, and outside the check of average costs
        var registered = reply(estimate("2026-03-02", line("NRDL-W0407", 6_000, "84", "\"detail\": {\"days\": 84}"),
                "\"supply_weeks\": 12, \"disease\": \"高血压\""));
        assertEquals(0, registered.lines().getFirst().overLimitFen());
        assertEquals(Boolean.TRUE, registered.outsideAverageCost());
    }

    @Test
    void pieces_that_are_not_paid_alone() {
        var clove = line("NRDL-H0003", 1_000, "10", "\"class\": \"a\"");
        assertEquals("c", reply(estimate("2026-03-02", clove, NO_MORE)).lines().getFirst().payClass());
    }
}
