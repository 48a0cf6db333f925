package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settling over HTTP: previews, bookings, replays, look-ups and explanations.
class SettlementsTest {

    static final String STAY = """
            {"key": "%s", "member": "demo-resident-adult", "institution": "H99990100001",
             "encounter": {"care": "inpatient", "from": "2026-03-01", "to": "2026-03-08"},
             "total_fen": 600000,
             "lines": [{"item": "bed", "amount_fen": 500000, "class": "a"},
                       {"item": "drug", "amount_fen": 100000, "class": "b"}]}""";

    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) {
        site = new TestSite(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void nobodyIsCaredForBeforeTheirBirth() {
        var body = STAY.formatted("before-birth").replaceFirst("\"from\": \"[0-9-]+\"", "\"from\": \"1899-01-01\"");
        for (var path : new String[] {"/v1/settlements", "/v1/settlements/preview"}) {
            var reply = site.post(path, body);
            assertEquals("422 DATES_OUT_OF_ORDER encounter.from",
                    reply.status() + " " + reply.at("code") + " " + reply.at("field"), reply.toString());
        }
    }

    @Test
    void aPreviewIsExactAndStoresNothing() {
        var before = site.book.settlements();
        var reply = site.post("/v1/settlements/preview", STAY.formatted("p-1"));
        assertEquals(200, reply.status(), reply.body());
        // 5000 + 1000 x 90% = 5900 in scope; (5900 - 400) x 75% = 4125
        assertEquals("preview", reply.at("state"));
        assertEquals("590000", reply.at("amounts", "in_scope_fen"));
        assertEquals("412500", reply.at("amounts", "by_payer_fen", "pooled"));
        assertEquals("187500", reply.at("amounts", "cash_fen"));
        assertEquals("4125.00", reply.at("national_yuan", "hifp_pay"));
        assertEquals("official", reply.at("weakest_grade"));
        assertEquals("false", reply.at("demonstration"));
        assertEquals("2026-03-08", reply.at("binding_day"));
        assertEquals(before, site.book.settlements());
    }

    @Test
    void aBookingMovesTheYearAndIsFoundByIdAndByKey() {
        var booked = site.post("/v1/settlements", STAY.formatted("b-1")
                .replace("demo-resident-adult", "demo-resident-pupil"));
        assertEquals(201, booked.status(), booked.body());
        var id = booked.at("id");
        assertEquals("2026-03-10T02:00:00Z", booked.at("booked_at"));
        assertEquals(booked.body(), site.get("/v1/settlements/" + id).body());
        assertEquals(booked.body(), site.get("/v1/settlements?institution=H99990100001&key=b-1").body());
        var sums = site.get("/v1/members/demo-resident-pupil/year-to-date");
        assertTrue(sums.body().contains("{\"counter\":\"居民统筹支付\",\"period\":\"year\","
                + "\"period_key\":\"2026-01-01\",\"sum\":412500}"),
                sums.body());
        assertEquals(404, site.get("/v1/settlements/s-nothing").status());
        assertEquals("UNKNOWN_SETTLEMENT", site.get("/v1/settlements?institution=H99990100001&key=none").at("code"));
    }

    @Test
    void theSameRequestAgainGivesTheStoredBytes() {
        var body = STAY.formatted("r-1");
        var first = site.post("/v1/settlements", body);
        var count = site.book.settlements();
        // Another order of fields, other white space and defaults written out are the same request.
        var again = site.post("/v1/settlements", body.replace("\"key\": \"r-1\", ", "")
                .replaceFirst("\\{", "{\"account\": null,")
                .replaceFirst("}]}", "}], \"key\": \"r-1\"}"));
        assertEquals(201, first.status(), first.body());
        assertEquals(200, again.status(), again.body());
        assertEquals(first.body(), again.body());
        assertEquals(count, site.book.settlements());
        var other = site.post("/v1/settlements", body.replace("\"bed\"", "\"other-bed\""));
        assertEquals(422, other.status());
        assertEquals("KEY_TAKEN", other.at("code"));
        assertEquals("lines[0].item", other.at("field"));
        assertEquals("\"other-bed\"", other.at("read"));
        assertEquals(count, site.book.settlements());
    }

    @Test
    void sixteenAtOnceAreBookedOnce() throws Exception {
        var before = site.book.settlements();
        var body = STAY.formatted("c-1").replace("demo-resident-adult", "demo-resident-student");
        try (var threads = Executors.newFixedThreadPool(16)) {
            var replies = threads.invokeAll(IntStream.range(0, 16)
                    .<Callable<TestSite.Reply>>mapToObj(i -> () -> site.post("/v1/settlements", body)).toList());
            var bodies = new java.util.HashSet<String>();
            var created = 0;
            for (var reply : replies) {
                created += reply.get().status() == 201 ? 1 : 0;
                if (reply.get().status() == 409) {
                    assertEquals("KEY_RUNNING 1", reply.get().at("code") + " " + reply.get().header("Retry-After"));
                } else {
                    bodies.add(reply.get().body());
                    assertTrue(reply.get().status() < 300, reply.get().body());
                }
            }
            assertEquals(1, bodies.size());
            assertEquals(1, created);
        }
        assertEquals(before + 1, site.book.settlements());
    }

    @Test
    void theExplanationEndsWithWhoPaysWhat() {
        var id = site.post("/v1/settlements", STAY.formatted("e-1")
                .replace("demo-resident-adult", "demo-resident-contracted"))
                .at("id");
        var zh = site.get("/v1/settlements/" + id + "/explanation");
        assertEquals("text/plain;charset=utf-8", zh.type());
        assertTrue(zh.body().contains("起付标准 400.00 元。（适用：二级；依据同第 2 项）"), zh.body());
        assertTrue(zh.body().contains("（依据：《样例县城乡居民基本医疗保险办法》（样政发〔2023〕18号）第八条，官方文件）"), zh.body());
        assertTrue(zh.body().contains("演示值"), zh.body());
        assertTrue(zh.body().endsWith("合计：6,000.00 元\n"), zh.body());
        var en = site.send("GET", "/v1/settlements/" + id + "/explanation", null,
                Map.of("Accept-Language", "en-GB, zh;q=0.5", "Accept", "application/json"));
        assertEquals("en", en.at("language"));
        assertTrue(en.body().contains("together: 6,000.00 yuan"), en.body());
    }

    @Test
    void anEarlierSettlementIsToldInEnglishAsItWasDecided() {
        var first = site.post("/v1/settlements", STAY.formatted("en-1")).at("id");
        var told = english(site, first).body();
        var second = site.post("/v1/settlements", STAY.formatted("en-2").replace("-03-0", "-04-0")).at("id");
        assertEquals(200, site.get("/v1/settlements/" + second).status());
        assertEquals(201, site.post("/v1/settlements/" + first + "/reversal",
                "{\"key\": \"en-r\", \"reason\": \"退费\"}").status());
        assertEquals(told, english(site, first).body());
        assertTrue(told.contains("2. Of 1,000.00 yuan of class-B items you bear a share first (generally 10%): 100.00"),
                told);
        assertTrue(!english(site, second).body().equals(told), told);
    }

    @Test
    void withoutItsPackASettlementIsToldInChineseOnly(@TempDir Path directory) {
        String id;
        try (var before = new TestSite(directory)) {
            id = before.post("/v1/settlements", STAY.formatted("en-3")).at("id");
        }
        try (var after = new TestSite(directory, book -> book, null, 0, TwoPersons.USUAL,
                List.of(Path.of("src/test/resources/packs/broken")))) {
            var refused = english(after, id);
            assertEquals("409 ONLY_IN_CHINESE Accept-Language", refused.status() + " " + refused.at("code") + " "
                    + refused.at("field"));
            assertTrue(refused.at("read").startsWith("fixture 1.0.0 "), refused.body());
            assertTrue(after.get("/v1/settlements/" + id + "/explanation").body().startsWith("医保结算明白纸"), id);
        }
    }

    private static TestSite.Reply english(TestSite at, String id) {
        return at.send("GET", "/v1/settlements/" + id + "/explanation", null, Map.of("Accept-Language", "en"));
    }

    @Test
    void aLineWithoutAClassTakesItFromTheCatalogue() {
        // X0002 from 2026: class B, residents bear 10% first, limit 25.00 at the primary tier; 4 x 25.00 = 100.00.
        var reply = site.post("/v1/settlements/preview", """
                {"member": "demo-resident-adult", "institution": "H99990100011",
                 "encounter": {"care": "outpatient", "from": "2026-03-05"}, "total_fen": 12000,
                 "lines": [{"item": "X0002", "amount_fen": 12000, "quantity": "4"}]}""");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("b", reply.at("lines", "0", "class"));
        assertEquals("2000", reply.at("lines", "0", "over_limit_fen"));
        assertEquals("1000", reply.at("lines", "0", "pre_pay_fen"));
        assertEquals("9000", reply.at("lines", "0", "in_scope_fen"));
        var unknown = site.post("/v1/settlements/preview", """
                {"member": "demo-resident-adult", "institution": "H99990100011",
                 "encounter": {"care": "outpatient", "from": "2026-03-05"}, "total_fen": 12000,
                 "lines": [{"item": "X9999", "amount_fen": 12000}]}""");
        assertEquals("MISSING_INPUT lines[0].class", unknown.at("code") + " " + unknown.at("field"));
    }

    @Test
    void aPersonWhoIsNotInTheBookCanBePreviewed() {
        var reply = site.post("/v1/settlements/preview", """
                {"person": {"birth": "1950-01-01", "account": {"current_year_fen": 1000, "earlier_years_fen": 0, "family_fen": 500},
                   "standings": [{"from": "2024-01-01", "area": "999901", "scheme": "employee", "status": "retired",
                                  "enrolled_since": "2000-01-01"}]},
                 "institution_facts": {"code": "X1", "name": "某医院", "division": "999901", "tier": "tertiary", "kind": "hospital",
                                       "from": "2020-01-01"},
                 "encounter": {"care": "outpatient", "from": "2026-03-05"}, "total_fen": 10000,
                 "lines": [{"item": "visit", "amount_fen": 10000, "class": "a"}]}""");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("8000", reply.at("amounts", "fund_fen"));
        assertEquals("1500", reply.at("amounts", "account_fen"));
        assertEquals("500", reply.at("amounts", "cash_fen"));
        assertEquals("15.00", reply.at("national_yuan", "acct_pay"));
        assertEquals("5.00", reply.at("national_yuan", "acct_mulaid_pay"));
    }

    @Test
    void theCalculatorNeedsNoMember() {
        var reply = site.post("/v1/estimates", """
                {"area": "999901", "scheme": "resident", "status": "adult", "tier": "primary", "care": "outpatient",
                 "date": "2026-03-01", "totals": {"class_a_fen": 30000, "class_b_fen": 10000},
                 "year_to_date": [{"counter": "居民门诊起付线", "sum_fen": 5000}]}""");
        assertEquals(200, reply.status(), reply.body());
        // 300 + 100 x 90% = 390; (390 - 50) x 60% = 204
        assertEquals("20400", reply.at("amounts", "fund_fen"));
        var wrong = site.post("/v1/estimates", """
                {"area": "999901", "scheme": "resident", "status": "adult", "tier": "primary", "care": "outpatient",
                 "date": "2026-03-01", "totals": {"class_a_fen": 30000},
                 "year_to_date": [{"counter": "没有", "sum_fen": 5000}]}""");
        assertEquals("UNKNOWN_COUNTER", wrong.at("code"));
        assertTrue(wrong.at("expected").contains("居民门诊起付线"), wrong.body());
    }

    @Test
    void everyRouteAnswersOnlyProblemsForWhatItCannotRead() {
        var replies = site.site.routes().stream().filter(route -> route.method().equals("POST"))
                .map(route -> site.send("POST", route.path().replaceAll("\\{\\w+}", "demo-resident-adult"),
                        "\"\\ud800".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json")))
                .map(reply -> reply.status() + " " + reply.at("code")).collect(Collectors.toSet());
        assertEquals(java.util.Set.of("400 MALFORMED_JSON"), replies);
    }
}
