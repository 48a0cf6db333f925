package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Division codes over HTTP, with the national table of changes and the pack of Sanming.
class DivisionTest {

    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) {
        site = new TestSite(directory, book -> book, null, 0, TwoPersons.USUAL,
                List.of(Path.of("../policy-packs/national/data"), Path.of("../policy-packs/fujian/data")));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest(name = "{0} in {1} from {2}: {3}")
    @CsvSource({
        "H35040200001, 350402, 2015-01-01, 201, its code carries its division",
        "H35040200002, 350404, 2025-01-01, 201, its code carries the former code of its division",
        "H35042700003, 350404, 2025-01-01, 422, its code carries the code of a neighbour",
        "H35040200004, 350402, 2025-06-01, 422, the code was withdrawn before",
        "H35000000005, 350404, 2025-01-01, 201, run by the province",
        "H43029900006, 430204, 2025-01-01, 201, run by the city",
        "local-7,      350404, 2025-01-01, 201, a code of the area's own says nothing"})
    void anInstitutionsCodeCarriesItsDivision(String code, String division, String from, int status, String why)
            throws Exception {
        var answer = site.post("/v1/institutions", """
                {"code": "%s", "name": "医院", "division": "%s", "tier": "secondary", "kind": "hospital", "from": "%s"}
                """.formatted(code, division, from));
        assertEquals(status, answer.status(), why + ": " + answer.body());
    }

    @Test
    void whatCameAfterAWithdrawnCodeIsNamed() throws Exception {
        var answer = site.post("/v1/members", member("withdrawn", "2025-01-01"));
        assertEquals(422, answer.status());
        assertTrue(answer.body().contains("DIVISION_NOT_IN_FORCE") && answer.body().contains("standings[0].area")
                && answer.body().contains("350404"), answer.body());
    }

    @Test
    void whoWasInsuredUnderAFormerCodeIsSettledByTheAreaOfToday() throws Exception {
        assertEquals(201, site.post("/v1/members", member("former", "2015-01-01")).status());
        var claim = """
                {"member": "former", "institution_facts": {"code": "H35040000009",
                 "name": "市医院", "division": "350400", "tier": "tertiary", "kind": "hospital", "from": "2010-01-01"},
                 "encounter": {"care": "inpatient", "from": "2019-03-01", "to": "2019-03-09"}, "total_fen": 100000,
                 "lines": [{"item": "care", "amount_fen": 100000, "class": "a"}]}
                """;
        var answer = site.post("/v1/settlements/preview", claim);
        // Sanming's deductible was not found, so its rules refuse; another area would not be known at all.
        assertTrue(answer.body().contains("NO_RULE_IN_FORCE"), answer.body());
    }

    private static String member(String token, String from) {
        return """
                {"token": "%s", "birth": "1960-05-01", "standings": [{"from": "%s", "area": "350402",
                 "scheme": "employee", "status": "active", "enrolled_since": "2010-01-01"}]}
                """.formatted(token, from);
    }
}
