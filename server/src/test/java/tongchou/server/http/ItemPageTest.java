package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Json;

/// The page of an item, the search for it, and what one person pays for it at one place, in the fixture county.
class ItemPageTest {

    @TempDir
    private static Path folder;
    private static TestSite site;

    @BeforeAll
    static void start() {
        site = new TestSite(folder);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String codes(TestSite.Reply reply) {
        var items = (Json.Items) ((Json.Members) reply.json()).fields().get("items");
        return items.items().stream().map(item -> ((Json.Text) ((Json.Members) item).fields().get("code")).text())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "drugs?q=egljp,                       XD0001",           // initials
        "drugs?q=engeliejing,                 XD0001",           // full pinyin
        "drugs?q=xilinjiao,                   X0001",            // from a syllable within
        "drugs?q=ilin,                        ''",               // which begins no syllable
        "drugs?q=ax,                          ''",
        "drugs?q=amx,                         X0001",            // 阿莫西林胶囊
        "drugs?q=X000,                        X0001 X0002",
        "drugs?q=胶囊,                        X0001",            // held in the middle
        "drugs?q=X&class=a,                   X0001 XD0001",
        "drugs?tier=primary,                  X0001 X0002",      // XD0001 is restricted to the secondary tier
        "drugs?tier=secondary&class=a,        X0001 XD0001",
        "services?q=cs,                       ZC0002",           // 彩色
        "services?procured=yes,               ''"})
    void itemsAreFoundByWhatPeopleType(String question, String expected) {
        var path = "/v1/catalogue/" + question.replaceFirst("\\?", "?area=999901&date=2026-03-01&");
        var reply = site.get(path.replace("胶囊", "%E8%83%B6%E5%9B%8A"));
        assertEquals(200, reply.status(), reply.body());
        assertEquals(expected, codes(reply));
    }

    @Test
    void pagesGoOnAndAnUnchangedAnswerIsNotSentAgain() {
        var first = site.get("/v1/catalogue/drugs?area=999901&date=2026-03-01&limit=2");
        var next = ((Json.Text) ((Json.Members) first.json()).fields().get("next")).text();
        assertEquals("X0001 X0002", codes(first));
        assertEquals("XD0001", codes(site.get("/v1/catalogue/drugs?area=999901&date=2026-03-01&limit=2&after="
                + next)));
        assertEquals(304, site.send("GET", "/v1/catalogue/drugs?area=999901&date=2026-03-01&limit=2", null,
                Map.of("If-None-Match", first.header("ETag"))).status());
        assertEquals(422, site.get("/v1/catalogue/drugs?area=999901&date=2026-03-01&alliance=A9").status());
    }

    @Test
    void thePageTellsPricesTheirWayAndEveryFact() {
        var page = site.get("/v1/catalogue/services/ZC0001?area=999901&date=2026-08-01");
        assertEquals(200, page.status(), page.body());
        // From 12.00 to 11.00 at the secondary tier: half the way is gone.
        assertTrue(page.body().contains("\"tier\":\"secondary\",\"unit\":\"次\",\"charge_fen\":1150,\"derived\":true"),
                page.body());
        assertTrue(page.body().contains("\"goal_fen\":1100,\"left_fen\":-50"), page.body());
        assertTrue(page.body().contains("收费 三级 15.00 元/次"), page.body());
        assertTrue(site.get("/v1/catalogue/drugs/XD0001?area=999901&date=2026-08-01").body()
                .contains("限二级及以上医疗机构使用"));
        assertEquals(404, site.get("/v1/catalogue/drugs/ZC0001?area=999901&date=2026-08-01").status(), "no drug");
    }

    @Test
    void daysThatThePackDoesNotAnswerForHaveNoPrices() {
        var page = site.get("/v1/catalogue/services/ZC0001?area=999901&date=2023-12-31");
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("\"tiers\":[],\"outside_cover\":true,\"facts\":[{"), page.body());
        assertFalse(page.body().contains("\"class\""), "not listed yet: " + page.body());
        var list = site.get("/v1/convergence?area=999901&date=2028-01-01");
        assertEquals(422, list.status(), list.body());
        assertTrue(list.body().contains("OUTSIDE_COVER"), list.body());
        var effects = site.post("/v1/convergence/effects", """
                {"area": "999901", "from": "2026-01-01", "to": "2026-12-31", "days": ["2026-07-01", "2028-01-01"]}""");
        assertEquals(422, effects.status(), effects.body());
        assertTrue(effects.body().contains("\"field\":\"days[1]\""), effects.body());
    }

    @ParameterizedTest(name = "{0}: {1}, charged {2}, fund {3}")
    @CsvSource({
        // A stay: above the deductible of 400 at 75%. 100 x 12.00 = 1,200: (1,200 - 400) x 75% = 600
        "services/ZC0001, H99990100001&quantity=100&care=inpatient, 120000, 60000",
        // 200 and 85% at the township: 100 x 10.00 = 1,000: (1,000 - 200) x 85% = 680
        "services/ZC0001, H99990100011&quantity=100&care=inpatient, 100000, 68000",
        // Restricted to the secondary tier: the patient pays
        "drugs/XD0001,    H99990100011&amount_fen=100000&care=inpatient, 100000, 0"})
    void whatAPersonPaysHere(String item, String where, long total, long fund) {
        var reply = site.get("/v1/catalogue/" + item
                + "/payment?area=999901&scheme=resident&status=adult&date=2026-03-01&institution=" + where);
        assertEquals(200, reply.status(), reply.body());
        assertTrue(reply.body().contains("\"total_fen\":" + total + ","), reply.body());
        assertTrue(reply.body().contains("\"fund_fen\":" + fund + ","), reply.body());
        assertTrue(reply.body().contains("\"explanation\""));
    }

    @Test
    void aPriceThatNobodyStatesHasToBeGiven() {
        var reply = site.get("/v1/catalogue/drugs/XD0001/payment?area=999901&scheme=resident&status=adult"
                + "&date=2026-03-01&institution=H99990100001");
        assertEquals(422, reply.status());
        assertTrue(reply.body().contains("MISSING_FIELD") && reply.body().contains("amount_fen"), reply.body());
    }
}
