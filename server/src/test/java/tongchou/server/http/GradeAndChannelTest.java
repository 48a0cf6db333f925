package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The grade within a tier, care over the internet and claim-free years over HTTP, with the pack of Ningxia.
class GradeAndChannelTest {

    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) {
        site = new TestSite(directory, book -> book, null, 0, TwoPersons.USUAL,
                List.of(Path.of("../policy-packs/national/data"), Path.of("../policy-packs/ningxia/data")));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        // (10,700 - 1,000) x 55% at a first-grade general hospital, (10,700 - 700) x 75% at a second-grade one
        "640200 | inpatient, \"grade\": \"a\" | 533500",
        "640200 | inpatient, \"grade\": \"b\" | 750000",
        "640200 | inpatient, \"grade\": \"none\" | NO_RULE_IN_FORCE",
        "640200 | inpatient | NO_RULE_IN_FORCE",
        "640200 | inpatient, \"grade\": \"甲\" | UNKNOWN_WORD",
        "640200 | inpatient, \"grade\": 1 | WRONG_TYPE",
        "640200 | inpatient, \"grade\": \"a\", \"channel\": \"internet\" | FIELDS_CONFLICT",
        "640200 | inpatient, \"grade\": \"a\", \"channel\": \"telephone\" | UNKNOWN_WORD"})
    void theGradeDecidesAndIsNeverGuessed(String area, String care, String expected) {
        var answer = site.post("/v1/estimates", """
                {"area": "%s", "scheme": "resident", "status": "adult", "tier": "tertiary", "care": "%s,
                 "date": "2022-03-01", "totals": {"class_a_fen": 1070000}}
                """.formatted(area, care.replaceFirst("^(\\w+)", "$1\"")));
        assertEquals(expected.equals("NO_RULE_IN_FORCE"), answer.body().contains("等次（grade）没有给出，有规定的是 b、a"),
                answer.body());
        assertEquals(expected, answer.status() == 200 ? answer.at("amounts", "fund_fen") : answer.at("code"),
                answer.body());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "internet, 2400",     // 40.00 x 60%
        "counter,  NO_BENEFIT"})
    void careOverTheInternetHasRulesOfItsOwn(String channel, String expected) {
        var answer = site.post("/v1/estimates", """
                {"area": "640100", "scheme": "employee", "status": "active", "tier": "secondary",
                 "care": "outpatient", "channel": "%s", "disease": "高血压", "date": "2020-09-01",
                 "totals": {"class_a_fen": 4000}}
                """.formatted(channel));
        assertEquals(expected, answer.status() == 200 ? answer.at("amounts", "fund_fen") : answer.at("code"),
                answer.body());
    }

    @Test
    void whatIsRegisteredIsAnswered() {
        assertEquals("a", site.post("/v1/institutions", """
                {"code": "H64010000001", "name": "医院", "division": "640100", "tier": "tertiary", "grade": "a",
                 "kind": "hospital", "from": "2020-01-01"}""").at("grade"));
        assertEquals("a", site.get("/v1/institutions/H64010000001").at("institutions", "0", "grade"));
        assertEquals("3", site.post("/v1/members", """
                {"token": "free", "birth": "1960-05-01", "standings": [{"from": "2020-01-01", "area": "640100",
                 "scheme": "resident", "status": "adult", "claim_free_years": 3, "enrolled_since": "2010-01-01"}]}
                """).at("standings", "0", "claim_free_years"));
        assertEquals("3", site.get("/v1/members/free").at("standings", "0", "claim_free_years"));
        // Another number for the same period is another standing.
        assertEquals("ALREADY_REGISTERED", site.post("/v1/members", """
                {"token": "free", "birth": "1960-05-01", "standings": [{"from": "2020-01-01", "area": "640100",
                 "scheme": "resident", "status": "adult", "claim_free_years": 2, "enrolled_since": "2010-01-01"}]}
                """).at("code"));
    }
}
