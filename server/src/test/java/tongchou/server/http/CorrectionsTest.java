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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;

/// Taking back, returning lines, quotes, keys at work and parking, over HTTP.
class CorrectionsTest {

    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) {
        site = new TestSite(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static TestSite.Reply hospital(String method, String path, String body) {
        return as(Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, method, path, body);
    }

    private static TestSite.Reply as(Role role, String scope, String method, String path, String body) {
        return site.send(method, path, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8),
                Map.of("Authorization", "Bearer " + site.key(role, scope), "Content-Type", "application/json"));
    }

    private static String stay(String member, String key) {
        return SettlementsTest.STAY.formatted(key).replace("demo-resident-adult", member);
    }

    private static String booked(String member, String key) {
        var reply = hospital("POST", "/v1/settlements", stay(member, key));
        assertEquals(201, reply.status(), reply.body());
        return reply.at("id");
    }

    private static String year(String member) {
        return site.get("/v1/members/" + member + "/year-to-date").body();
    }

    @Test
    void aReversalGivesEverythingBackOnce() {
        var member = "demo-resident-adult";
        var before = year(member);
        var id = booked(member, "rev-1");
        var standing = site.get("/v1/settlements/" + id).body();
        var first = hospital("POST", "/v1/settlements/" + id + "/reversal", "{\"key\":\"v-1\",\"reason\":\"退费\"}");
        assertEquals(201, first.status(), first.body());
        // The booking paid 4125.00 pooled and 1875.00 cash: see SettlementsTest.
        assertEquals("-600000 -412500 -187500", first.at("amounts", "total_fen") + " "
                + first.at("amounts", "fund_fen") + " " + first.at("amounts", "cash_fen"));
        assertEquals("-1875.00", first.at("national_yuan", "psn_cash_pay"));
        assertEquals("pooled -412500", first.at("postings", "0", "payer") + " "
                + first.at("postings", "0", "amount_fen"));
        assertEquals(before, year(member));
        for (var key : List.of("v-1", "v-2")) {
            var again = hospital("POST", "/v1/settlements/" + id + "/reversal",
                    "{\"reason\":\"退费\",\"key\":\"" + key + "\"}");
            assertEquals("200 " + first.body(), again.status() + " " + again.body(), key);
        }
        var other = hospital("POST", "/v1/settlements/" + id + "/reversal", "{\"key\":\"v-1\",\"reason\":\"别的\"}");
        assertEquals("422 KEY_TAKEN reason \"别的\"", other.status() + " " + other.at("code") + " " + other.at("field")
                + " " + other.at("read"));
        assertEquals(first.body(), hospital("GET", "/v1/reversals/" + first.at("id"), "").body());
        assertEquals(first.body(), hospital("GET", "/v1/reversals?key=v-1", "").body());
        assertEquals("404 UNKNOWN_REVERSAL", problem(hospital("GET", "/v1/reversals?key=v-2", "")));
        var read = site.get("/v1/settlements/" + id);
        assertEquals("reversed " + first.at("id") + " 退费", read.at("state") + " " + read.at("reversal", "id") + " "
                + read.at("reversal", "reason"));
        assertEquals(standing, read.body().replaceFirst("\"reversed\"", "\"booked\"")
                .replaceFirst(",\"reversal\":\\{[^}]*}", ""));
        assertEquals(read.body(), hospital("GET", "/v1/settlements?institution=H99990100001&key=rev-1", "").body());
        // The key answers what it answered then: who repeats a request gets its reply, not news.
        assertEquals("200 " + standing, statusAndBody(hospital("POST", "/v1/settlements", stay(member, "rev-1"))));
    }

    private static String statusAndBody(TestSite.Reply reply) {
        return reply.status() + " " + reply.body();
    }

    private static String problem(TestSite.Reply reply) {
        return reply.status() + " " + reply.at("code");
    }

    @Test
    void whoeverIsNotMeantToCannotTakeBack() {
        var id = booked("demo-resident-student", "rev-2");
        var path = "/v1/settlements/" + id + "/reversal";
        var body = "{\"key\":\"w-1\",\"reason\":\"退费\"}";
        assertEquals("404 UNKNOWN_SETTLEMENT", problem(as(Role.INSTITUTION, "H99990100011", "POST", path, body)));
        assertEquals("404 UNKNOWN_SETTLEMENT", problem(as(Role.BUREAU_SUPERVISOR, "330100", "POST", path, body)));
        assertEquals("403 NOT_ALLOWED", problem(as(Role.BUREAU_CLERK, "999901", "POST", path, body)));
        assertEquals("404 UNKNOWN_SETTLEMENT", problem(as(Role.INSTITUTION, "H99990100011", "POST",
                "/v1/settlements/" + id + "/replacement",
                "{\"key\":\"w\",\"reason\":\"r\",\"returns\":[{\"line\":1}]}")));
        assertEquals("403 NOT_ALLOWED", problem(as(Role.BUREAU_SUPERVISOR, "999901", "POST",
                "/v1/settlements/" + id + "/replacement", "{}")));
        var done = as(Role.BUREAU_SUPERVISOR, "999901", "POST", path, body);
        assertEquals("201 bureau", done.status() + " " + done.at("by"), done.body());
        assertEquals("200 " + done.body(), statusAndBody(as(Role.BUREAU_SUPERVISOR, "999901", "GET",
                "/v1/reversals?key=w-1", "")));
        // The hospital's key of the same name is another one; the settlement is reversed all the same.
        assertEquals("200 " + done.body(), statusAndBody(hospital("POST", path, body)));
    }

    @Test
    void returnedLinesAreSettledAnewInOneStep() {
        var member = "demo-resident-elderly";
        var id = booked(member, "rep-1");
        var body = "{\"key\":\"x-1\",\"reason\":\"退药\",\"returns\":[{\"line\":2},{\"line\":1,\"amount_fen\":100000}]}";
        var first = hospital("POST", "/v1/settlements/" + id + "/replacement", body);
        assertEquals(201, first.status(), first.body());
        // 4000.00 of class A remain: (4000 - 400) x 75% = 2700 from the fund, 1300 in cash; before it was 1875.
        assertEquals("400000 130000 57500", first.at("settlement", "amounts", "total_fen") + " "
                + first.at("settlement", "amounts", "cash_fen") + " " + first.at("refund_fen"), first.body());
        assertEquals(id, first.at("settlement", "replaces"));
        assertEquals(first.at("settlement", "id"), first.at("reversal", "replaced_by"));
        assertEquals(first.at("settlement", "id"), site.get("/v1/settlements/" + id).at("reversal", "replaced_by"));
        assertEquals("200 " + first.body(), statusAndBody(hospital("POST", "/v1/settlements/" + id + "/replacement",
                body)));
        assertEquals("409 ALREADY_REVERSED", problem(hospital("POST", "/v1/settlements/" + id + "/replacement",
                body.replace("x-1", "x-2"))));
        assertEquals("422 KEY_TAKEN", problem(hospital("POST", "/v1/settlements/" + id + "/replacement",
                body.replace("100000", "100001"))));
        var whole = hospital("POST", "/v1/settlements/" + first.at("settlement", "id") + "/replacement",
                "{\"key\":\"x-3\",\"reason\":\"改科室\",\"settlement\":" + stay(member, "x-3") + "}");
        assertEquals("201 412500", whole.status() + " " + whole.at("settlement", "amounts", "fund_fen"), whole.body());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                     | 400 MISSING_FIELD key
            {"key":"k","reason":"r"}                                               | 400 MISSING_FIELD returns
            {"key":"k","reason":"r","returns":[{"line":3}]}                        | 400 OUT_OF_RANGE returns[0].line
            {"key":"k","reason":"r","returns":[{"line":0}]}                        | 400 OUT_OF_RANGE returns[0].line
            {"key":"k","reason":"r","returns":[{"line":1},{"line":1}]}             | 422 FIELDS_CONFLICT returns[1].line
            {"key":"k","reason":"r","returns":[{"line":1},{"line":2}]}             | 422 FIELDS_CONFLICT returns
            {"key":"k","reason":"r","returns":[{"line":1,"amount_fen":500001}]}    | 400 OUT_OF_RANGE returns[0].amount_fen
            {"key":"k","reason":"r","returns":[{"line":1,"amount_fen":1.5}]}       | 400 NOT_WHOLE_FEN returns[0].amount_fen
            {"key":"k","reason":"r","returns":[{"line":1,"amount_fen":5,"quantity":"1"}]} | 422 FIELDS_CONFLICT returns[0].quantity
            {"key":"k","reason":"r","returns":"all"}                               | 400 WRONG_TYPE returns
            {"key":"k","reason":" ","returns":[{"line":1}]}                        | 400 TEXT_NOT_ALLOWED reason
            {"key":"k","reason":"r","returns":[{"line":1}],"settlement":STAY}      | 422 FIELDS_CONFLICT returns
            {"key":"k","reason":"r","settlement":STAY}                             | 422 FIELDS_CONFLICT settlement.member
            """)
    void whatCannotBeReturnedSoChangesNothing(String body, String expected) {
        var id = site.book.settlement(DemoCounty.COUNTY_HOSPITAL, "rep-2").map(stored -> stored.id())
                .orElseGet(() -> booked("demo-resident-pupil", "rep-2"));
        var size = site.book.auditSize();
        var reply = hospital("POST", "/v1/settlements/" + id + "/replacement",
                body.replace("STAY", stay("demo-resident-adult", "k")));
        assertEquals(expected, problem(reply) + " " + reply.at("field"), reply.body());
        assertEquals(size, site.book.auditSize());
        assertEquals("booked", site.get("/v1/settlements/" + id).at("state"));
    }

    @Test
    void aQuoteHoldsUntilSomethingChanges() {
        var member = "demo-resident-chronic";
        var preview = hospital("POST", "/v1/settlements/preview", stay(member, "q-1"));
        assertEquals(200, preview.status(), preview.body());
        var quote = preview.at("quote");
        assertTrue(quote.startsWith("q1.") && quote.length() < 1500, quote);
        var bound = stay(member, "q-1").replaceFirst("\\{", "{\"quote\":\"" + quote + "\",");
        assertEquals("400 TEXT_NOT_ALLOWED", problem(hospital("POST", "/v1/settlements",
                bound.replace(quote, "q1.AAAA"))));
        var other = hospital("POST", "/v1/settlements", bound.replace("\"bed\"", "\"other\""));
        assertEquals("409 QUOTE_CHANGED request", problem(other) + " " + other.at("field"));
        booked(member, "q-0");
        var size = site.book.auditSize();
        var changed = hospital("POST", "/v1/settlements", bound);
        assertEquals("409 QUOTE_CHANGED", problem(changed), changed.body());
        assertTrue(changed.at("errors", "0", "field").startsWith("account.")
                || changed.at("errors", "0", "field").startsWith("year_to_date."), changed.body());
        assertTrue(changed.body().contains("year_to_date.居民住院次数.year"), changed.body());
        assertEquals(size, site.book.auditSize());
        var fresh = hospital("POST", "/v1/settlements/preview", stay(member, "q-1")).at("quote");
        var done = hospital("POST", "/v1/settlements", bound.replace(quote, fresh));
        assertEquals(201, done.status(), done.body());
        // The same request again is answered from the book, whatever has happened to its quote since.
        assertEquals("200 " + done.body(), statusAndBody(hospital("POST", "/v1/settlements", bound)));
    }

    @Test
    void whoeverAsksWhileTheFirstRunsIsToldSo() throws Exception {
        var body = stay("demo-resident-hypertension", "run-1");
        try (var turn = site.book.turns().take("settlement " + DemoCounty.COUNTY_HOSPITAL, "run-1").orElseThrow()) {
            var reply = hospital("POST", "/v1/settlements", body);
            assertEquals("409 KEY_RUNNING 1", problem(reply) + " " + reply.header("Retry-After"), String.valueOf(turn));
            assertEquals("409 KEY_RUNNING", problem(hospital("GET",
                    "/v1/settlements?institution=H99990100001&key=run-1", "")));
            assertEquals("404 UNKNOWN_SETTLEMENT", problem(hospital("GET",
                    "/v1/settlements?institution=H99990100001&key=run-2", "")));
        }
        try (var threads = Executors.newFixedThreadPool(64)) {
            var replies = threads.invokeAll(IntStream.range(0, 64).<Callable<TestSite.Reply>>mapToObj(i -> () ->
                    hospital("POST", "/v1/settlements", body)).toList());
            var seen = new java.util.TreeMap<Integer, Integer>();
            for (var reply : replies) {
                seen.merge(reply.get().status(), 1, Integer::sum);
                assertTrue(reply.get().status() != 409 || reply.get().header("Retry-After").equals("1"));
            }
            assertEquals(1, seen.get(201), seen.toString());
            assertTrue(java.util.Set.of(200, 201, 409).containsAll(seen.keySet()), seen.toString());
        }
        assertEquals("200", "" + hospital("POST", "/v1/settlements", body).status());
    }

    @Test
    void aParkedYearIsKeptBackAndNothingElse() {
        var member = "demo-resident-marginal";
        var id = booked(member, "park-0");
        var park = "/v1/members/" + member + "/parking";
        var release = "/v1/members/" + member + "/release";
        var year = "{\"benefit_year\":\"2026-01-01\",\"reason\":\"待查\"}";
        assertEquals("403 NOT_ALLOWED", problem(as(Role.BUREAU_CLERK, "999901", "POST", park, year)));
        assertEquals("404 UNKNOWN_MEMBER", problem(as(Role.BUREAU_SUPERVISOR, "330100", "POST", park, year)));
        assertEquals(201, as(Role.BUREAU_SUPERVISOR, "999901", "POST", park, year).status());
        assertEquals("409 MEMBER_PARKED", problem(hospital("POST", "/v1/settlements", stay(member, "park-1"))));
        assertEquals("409 MEMBER_PARKED", problem(hospital("POST", "/v1/settlements/" + id + "/reversal",
                "{\"key\":\"park-v\",\"reason\":\"退费\"}")));
        assertEquals(201, hospital("POST", "/v1/settlements", stay(member, "park-2").replace("2026-03-0", "2025-03-0"))
                .status());
        assertTrue(as(Role.BUREAU_CLERK, "999901", "GET", "/v1/parkings", "").body()
                .contains("\"benefit_year\":\"2026-01-01\",\"reason\":\"待查\""));
        assertEquals("{\"parkings\":[]}", as(Role.AUDITOR, "330100", "GET", "/v1/parkings", "").body());
        assertEquals("409 NOT_PARKED", problem(as(Role.BUREAU_SUPERVISOR, "999901", "POST", release,
                year.replace("2026-01", "2027-01"))));
        assertEquals("{\"parkings\":[]}", as(Role.BUREAU_SUPERVISOR, "999901", "POST", release, year).body());
        assertEquals(201, hospital("POST", "/v1/settlements", stay(member, "park-1")).status());
    }

    @Test
    void manyWhoTakeOneSettlementBackTakeItBackOnce() throws Exception {
        var id = booked("demo-resident-contracted", "many-1");
        try (var threads = Executors.newFixedThreadPool(16)) {
            var replies = threads.invokeAll(IntStream.range(0, 16).<Callable<TestSite.Reply>>mapToObj(i -> () ->
                    hospital("POST", "/v1/settlements/" + id + "/reversal",
                            "{\"key\":\"many-" + i + "\",\"reason\":\"退费\"}")).toList());
            var bodies = new java.util.HashSet<String>();
            for (var reply : replies) {
                bodies.add(reply.get().body());
            }
            assertEquals(1, bodies.size(), bodies.stream().collect(Collectors.joining("\n")));
        }
    }
}
