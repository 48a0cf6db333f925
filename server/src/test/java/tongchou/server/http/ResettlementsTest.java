package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.server.access.Keyring;
import tongchou.server.http.TestSite.Reply;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.storage.Inspection;

/// Settlements that are computed again, over HTTP.
///
/// In the fixture a resident's stay in a county hospital has a deductible of 400 yuan a stay and 75% above it; the
/// catastrophic layer begins at 15,000 yuan a year and pays 60%.
class ResettlementsTest {

    private static final Pattern HASH = Pattern.compile("\"hash\":\"([0-9a-f]{64})\"");

    @TempDir
    private Path folder;

    private TestSite site(Packs packs) {
        return new TestSite(folder, book -> book, null, 0, TwoPersons.USUAL, packs);
    }

    private TestSite site() {
        return new TestSite(folder);
    }

    private static Reply settle(TestSite site, String key, String from, String to, long fen) {
        var reply = site.post("/v1/settlements", """
                {"key": "%s", "member": "demo-resident-adult", "institution": "H99990100001",
                 "encounter": {"care": "inpatient", "from": "%s", "to": "%s"}, "total_fen": %d,
                 "lines": [{"item": "care", "amount_fen": %d, "class": "a"}]}""".formatted(key, from, to, fen, fen));
        assertEquals(201, reply.status(), reply.body());
        return reply;
    }

    private static Reply start(TestSite site, String body) {
        var reply = site.post("/v1/resettlements", body);
        assertEquals(201, reply.status(), reply.body());
        return reply;
    }

    private static void refused(Reply reply, int status, String code, String field) {
        assertEquals(status + " " + code + " " + field, reply.status() + " " + reply.at("code") + " "
                + reply.at("field"), reply.body());
    }

    @Test
    void aLateArrivalMovesTheYear() {
        try (var site = site()) {
            // 400 + 25% of 59,600 = 15,300 remain: 15,000 of them the catastrophic deductible, 60% of 300 = 180.
            var first = settle(site, "k1", "2026-02-01", "2026-02-20", 6_000_000);
            assertEquals("18000", first.at("amounts", "by_payer_fen", "catastrophic"));
            // The deductible was borne: 60% of 400 + 25% of 3,600 = 780.
            settle(site, "k2", "2026-01-05", "2026-01-09", 400_000);
            assertEquals("[demo-resident-adult]", site.book.staleMembers("", 9).toString());

            var started = start(site, "{\"cause\": \"stale\", \"reason\": \"一月的住院补传\"}");
            assertEquals("ready", started.at("state"));
            var id = started.at("id");
            var differences = site.get("/v1/resettlements/" + id + "/differences");
            // k2 bears its 1,300 of the catastrophic deductible and loses 780; k1 meets 1,300 of it: 60% of
            // 15,300 - 13,700 = 1,600 is 960 instead of 180.
            assertEquals("s-2 -78000", differences.at("differences", "0", "settlement") + " "
                    + differences.at("differences", "0", "due_fen"), differences.body());
            assertEquals("s-1 78000", differences.at("differences", "1", "settlement") + " "
                    + differences.at("differences", "1", "due_fen"));
            assertEquals("", differences.at("next"));
            assertEquals("catastrophic 2 96000 96000 0", String.join(" ", differences.at("sums", "1", "payer"),
                    differences.at("sums", "1", "settlements"), differences.at("sums", "1", "before_fen"),
                    differences.at("sums", "1", "after_fen"), differences.at("sums", "1", "more_fen")));
            var now = site.get("/v1/resettlements/" + id + "/differences/s-1");
            assertEquals("96000", now.at("amounts", "by_payer_fen", "catastrophic"));
            assertEquals("1", now.at("clauses", "0", "number"));
            assertEquals(first.body(), site.get("/v1/settlements/s-1").body());

            var done = site.post("/v1/resettlements/" + id + "/confirm",
                    "{\"revision\": 2, \"note\": \"已核对\"}");
            assertEquals("done 1", done.at("state") + " " + done.at("progress", "booked"), done.body());
            assertEquals("[]", site.book.staleMembers("", 9).toString());
            var corrected = site.get("/v1/settlements/s-1");
            assertTrue(corrected.body().startsWith(first.body().substring(0, first.body().length() - 1)));
            assertEquals("s-1-c1 " + id + " 78000", corrected.at("corrections", "0", "id") + " "
                    + corrected.at("corrections", "0", "resettlement") + " " + corrected.at("corrections", "0",
                    "due_fen"));
            assertEquals(first.body(), site.get("/v1/settlements?institution=H99990100001&key=k1").body());
            assertEquals(corrected.at("corrections", "0", "id"),
                    site.get("/v1/settlements/s-1/corrections").at("corrections", "0", "id"));
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
            assertEquals("done", site.post("/v1/resettlements/" + id + "/dismiss", "{}").at("state"));
            dueAfterwards(site);
        }
    }

    /// The hospital gets 780 more for s-1 and gives 780 back for s-2, to and from the person, who paid both in cash.
    private static void dueAfterwards(TestSite site) {
        var path = "/v1/amounts-due?from=2026-03-10&to=2026-03-10";
        var due = site.get(path);
        assertEquals("H99990100001 2 0 0", String.join(" ", due.at("institutions", "0", "institution"),
                due.at("institutions", "0", "settlements"), due.at("institutions", "0", "from_funds_fen"),
                due.at("institutions", "0", "to_persons_fen")), due.body());
        assertEquals("s-2 -78000 0 -78000", line(due, "0"), due.body());
        assertEquals("s-1 78000 0 78000", line(due, "1"), due.body());
        var first = site.get(path + "&limit=1");
        assertEquals("s-2 -78000 0 -78000", line(first, "0"), first.body());
        var rest = site.get(path + "&limit=1&after=" + first.at("next"));
        assertEquals("s-1 78000 0 78000  ", line(rest, "0") + " " + rest.at("next") + " "
                + rest.at("institutions"), rest.body());
        assertTrue(site.get("/v1/amounts-due?from=2026-03-11&to=2026-03-12").body().endsWith(
                "\"institutions\":[],\"corrections\":[]}"));
        var own = Map.of("Authorization", "Bearer " + site.key(Role.INSTITUTION, "H99990100001"));
        var other = Map.of("Authorization", "Bearer " + site.key(Role.INSTITUTION, "H99990100002"));
        assertEquals(due.body(), site.send("GET", path, null, own).body());
        assertTrue(site.send("GET", path, null, other).body().endsWith("\"institutions\":[],\"corrections\":[]}"));
        refused(site.send("GET", path + "&institution=H99990100001", null, other), 403, "OUTSIDE_SCOPE", "institution");
        refused(site.get("/v1/amounts-due?from=2026-03-11&to=2026-03-10"), 422, "DATES_OUT_OF_ORDER", "to");
    }

    private static String line(Reply reply, String place) {
        return String.join(" ", reply.at("corrections", place, "settlement"),
                reply.at("corrections", place, "from_funds_fen"), reply.at("corrections", place, "from_accounts_fen"),
                reply.at("corrections", place, "to_persons_fen"));
    }

    /// The fixture of March: from 1 January the fund pays 80% in county hospitals, issued on 1 March.
    private Path inMarch() throws IOException {
        var fixture = folder.resolve("fixture-march");
        try (var files = Files.walk(TestSite.FIXTURE)) {
            for (var file : files.toList()) {
                var copy = fixture.resolve(TestSite.FIXTURE.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.writeString(copy, Files.readString(file)
                            .replace("version: 1.0.0", "version: 1.1.0")
                            .replace("        - {above: \"0\", when: [二级], ratio: \"75%\"}\n",
                                    "        - {above: \"0\", when: [二级], ratio: \"75%\"}\n"
                                    + "        - {above: \"0\", when: [二级], ratio: \"80%\", from: 2026-01-01, "
                                    + "source: {doc: sample-2026-03, article: 第一条}}\n")
                            .replace("  - {id: made-up,", "  - {id: sample-2026-03, title: 样例县提高报销比例的通知, "
                                    + "number: \"\", issuer: 样例县医疗保障局, issued: 2026-03-01, grade: secondary, "
                                    + "checked: \"\"}\n  - {id: made-up,"));
                }
            }
        }
        return fixture;
    }

    @Test
    void aRuleOfMarchReachesBackToJanuary() throws IOException {
        try (var site = site()) {
            // (10,000 - 400) * 75% = 7,200; of a day before 2026: the same.
            assertEquals("720000", settle(site, "k0", "2025-12-20", "2025-12-28", 1_000_000)
                    .at("amounts", "fund_fen"));
            assertEquals("720000", settle(site, "k1", "2026-01-20", "2026-01-28", 1_000_000)
                    .at("amounts", "fund_fen"));
        }
        var packs = PackHost.load(null, List.of(inMarch()), List.of(TestSite.FIXTURE), "0.1.0");
        assertEquals(List.of(), packs.left());
        try (var site = site(packs)) {
            var pack = HASH.matcher(site.get("/v1/packs").body());
            assertTrue(pack.find());
            refused(site.post("/v1/resettlements", "{\"cause\": \"rules\", \"reason\": \"x\"}"), 400, "MISSING_FIELD",
                    "hash");
            refused(site.post("/v1/resettlements", "{\"cause\": \"rules\", \"hash\": \"abc\", \"reason\": \"x\"}"), 422,
                    "UNKNOWN_PACK_VERSION", "hash");
            var body = "{\"cause\": \"rules\", \"hash\": \"" + pack.group(1) + "\", \"reason\": \"三月文件\"%s}";
            var earlier = start(site, body.formatted(", \"known_on\": \"2026-02-15\""));
            assertEquals("{\"differences\":[],\"sums\":[]}", site.get("/v1/resettlements/" + earlier.at("id")
                    + "/differences").body(), "the document was not known on that day");
            assertEquals("dismissed", site.post("/v1/resettlements/" + earlier.at("id") + "/dismiss", "{}")
                    .at("state"));
            var id = start(site, body.formatted("")).at("id");
            var differences = site.get("/v1/resettlements/" + id + "/differences");
            // 9,600 * 80% = 7,680.
            assertEquals("pooled 720000 768000", String.join(" ", differences.at("differences", "0", "payers", "0",
                    "payer"), differences.at("differences", "0", "payers", "0", "before_fen"),
                    differences.at("differences", "0", "payers", "0", "after_fen")), differences.body());
            assertEquals(2, differences.body().split("\"settlement\":").length, "one difference");
            assertEquals("1.1.0", differences.at("differences", "0", "pack", "version"));
            assertEquals("done", site.post("/v1/resettlements/" + id + "/confirm", "{\"revision\": 2}").at("state"));
            assertEquals("48000", site.get("/v1/settlements/s-2").at("corrections", "0", "due_fen"));
            assertEquals("", site.get("/v1/settlements/s-1").at("corrections"));
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    @Test
    void aVersionThatIsGoneIsStoodInForOnlyByOneThatGivesTheSame() throws IOException {
        try (var site = site()) {
            settle(site, "k1", "2026-02-01", "2026-02-20", 6_000_000);
            settle(site, "k2", "2026-01-05", "2026-01-09", 400_000);
        }
        // Read as known on the day of booking, 10 March, the document of 1 March counts: another amount comes out.
        try (var site = site(PackHost.load(null, List.of(inMarch()), "0.1.0"))) {
            var started = start(site, "{\"cause\": \"stale\", \"reason\": \"x\"}");
            assertEquals("1", started.at("progress", "blocked"));
            var obstacles = site.get("/v1/resettlements/" + started.at("id") + "/obstacles");
            assertTrue(obstacles.at("obstacles", "0", "why").startsWith("PACK_VERSION_NOT_LOADED fixture 1.0.0 "),
                    obstacles.body());
            assertEquals("done", site.post("/v1/resettlements/" + started.at("id") + "/confirm",
                    "{\"revision\": 2}").at("state"));
            assertEquals("[demo-resident-adult]", site.book.staleMembers("", 9).toString());
        }
        var later = folder.resolve("fixture-march");
        Files.writeString(later.resolve("sources.yaml"), Files.readString(later.resolve("sources.yaml"))
                .replace("issued: 2026-03-01", "issued: 2026-03-20"));
        try (var site = site(PackHost.load(null, List.of(later), "0.1.0"))) {
            // Ids are counted from one in every site of the tests: this takes the first.
            refused(site.post("/v1/resettlements", "{\"cause\": \"stale\", \"reason\": \"x\"}"), 503,
                    "STORE_UNAVAILABLE", "");
            var started = start(site, "{\"cause\": \"stale\", \"reason\": \"x\"}");
            assertEquals("0", started.at("progress", "blocked"), started.body());
            var differences = site.get("/v1/resettlements/" + started.at("id") + "/differences");
            assertEquals("1.1.0 2026-03-10 -78000", differences.at("differences", "0", "pack", "version") + " "
                    + differences.at("differences", "0", "known_on") + " "
                    + differences.at("differences", "0", "due_fen"));
        }
    }

    @Test
    void whoMayAndWhereTo() {
        try (var site = site()) {
            settle(site, "k1", "2026-01-05", "2026-01-09", 400_000);
            var body = "{\"cause\": \"member\", \"member\": \"demo-resident-adult\", \"reason\": \"x\"}";
            var clerk = site.key(Role.BUREAU_CLERK, "999901");
            refused(send(site, clerk, "POST", "/v1/resettlements", body), 403, "NOT_ALLOWED", "");
            refused(send(site, site.key(Role.BUREAU_SUPERVISOR, "330100"), "POST", "/v1/resettlements", body), 422,
                    "UNKNOWN_MEMBER", "member");
            var supervisor = site.key(Role.BUREAU_SUPERVISOR, "999901");
            var started = send(site, supervisor, "POST", "/v1/resettlements", body);
            assertEquals("ready 999901", started.at("state") + " " + started.at("area"), started.body());
            var path = "/v1/resettlements/" + started.at("id");
            assertEquals(200, send(site, clerk, "GET", path, null).status());
            refused(send(site, site.key(Role.AUDITOR, "330100"), "GET", path, null), 404, "UNKNOWN_RESETTLEMENT", "id");
            refused(send(site, site.key(Role.INSTITUTION, "H99990100001"), "GET", path, null), 403, "NOT_ALLOWED", "");
            refused(send(site, clerk, "POST", path + "/confirm", "{\"revision\": 2}"), 403, "NOT_ALLOWED", "");
            assertEquals(started.at("id"), send(site, clerk, "GET", "/v1/resettlements?limit=1", null)
                    .at("resettlements", "0", "id"));
            assertEquals("{\"resettlements\":[]}", send(site, site.key(Role.AUDITOR, "330100"), "GET",
                    "/v1/resettlements", null).body());
            refused(site.get(path + "/differences/s-9"), 404, "UNKNOWN_RESETTLEMENT", "settlement");
            refused(site.get(path + "/differences?limit=0"), 400, "OUT_OF_RANGE", "limit");
            refused(site.get(path + "/differences?after=-1"), 400, "OUT_OF_RANGE", "after");
            refused(site.post("/v1/resettlements", "{\"cause\": \"stale\", \"member\": \"m\", \"reason\": \"x\"}"), 422,
                    "FIELDS_CONFLICT", "member");
            refused(site.post("/v1/resettlements", "{\"cause\": \"new\", \"reason\": \"x\"}"), 400, "UNKNOWN_WORD",
                    "cause");
            refused(site.post("/v1/resettlements/nothing/stop", "{}"), 404, "UNKNOWN_RESETTLEMENT", "id");
            assertEquals("ready", site.post(path + "/resume", "{}").at("state"));
            assertEquals("ready", site.post(path + "/stop", "{}").at("state"));
            refused(site.post(path + "/confirm", "{\"revision\": 1}"), 409, "RESETTLEMENT_STATE", "revision");
            refused(site.post(path + "/confirm", "{}"), 400, "MISSING_FIELD", "revision");
            assertEquals("dismissed", site.post(path + "/dismiss", "{}").at("state"));
            refused(site.post(path + "/confirm", "{\"revision\": 3}"), 409, "RESETTLEMENT_STATE", "id");
        }
    }

    private static Reply send(TestSite site, String key, String method, String path, String body) {
        return site.send(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"));
    }

    @Test
    void aLargeOneGoesOnInTheBackgroundAndAfterARestart() throws InterruptedException {
        String id;
        try (var site = site()) {
            for (var i = 0; i < 45; i++) {
                assertEquals(201, site.post("/v1/members", """
                        {"token": "m-%d", "birth": "1980-01-01", "standings": [{"from": "2025-01-01", "area": "999901",
                         "scheme": "resident", "status": "adult", "enrolled_since": "2020-01-01"}]}""".formatted(i))
                        .status());
                for (var one : List.of("b 2026-02-10 5200000", "a 2026-01-10 900000")) {
                    var words = one.split(" ");
                    assertEquals(201, site.post("/v1/settlements", """
                            {"key": "%s-%d", "member": "m-%d", "institution": "H99990100001", "total_fen": %s,
                             "encounter": {"care": "inpatient", "from": "%s", "to": "%s"},
                             "lines": [{"item": "care", "amount_fen": %s, "class": "a"}]}""".formatted(words[0], i, i,
                            words[2], words[1], words[1], words[2])).status());
                }
            }
            var started = start(site, "{\"cause\": \"stale\", \"reason\": \"x\"}");
            assertEquals("computing 45 20", started.at("state") + " " + started.at("progress", "members") + " "
                    + started.at("progress", "computed"));
            id = started.at("id");
        }
        try (var site = site()) {
            until(site, id, "ready");
            assertEquals("45", site.get("/v1/resettlements/" + id).at("progress", "computed"));
            var first = site.get("/v1/resettlements/" + id + "/differences?limit=3");
            var next = site.get("/v1/resettlements/" + id + "/differences?limit=3&after=" + first.at("next"));
            assertEquals("", next.at("sums"));
            assertTrue(Long.parseLong(next.at("differences", "0", "number"))
                    > Long.parseLong(first.at("differences", "2", "number")));
            var confirmed = site.post("/v1/resettlements/" + id + "/confirm", "{\"revision\": 2}");
            assertEquals("202 waiting", confirmed.status() + " " + confirmed.at("state"), "45 times 960.00 yuan");
            var second = site.keyring.issue(new Keyring.Grant(Role.BUREAU_SUPERVISOR, "000000", "第二人",
                    site.keyring.today(), site.keyring.today(), "test")).text();
            assertEquals("done", site.send("POST", "/v1/approvals/" + confirmed.at("id") + "/confirm",
                    "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json", "Authorization",
                            "Bearer " + second)).at("state"));
            until(site, id, "done");
            assertEquals("45", site.get("/v1/resettlements/" + id).at("progress", "booked"));
            assertEquals(List.of(), site.book.staleMembers("", 9));
        }
    }

    private static void until(TestSite site, String id, String state) throws InterruptedException {
        var seen = "";
        for (var i = 0; i < 300 && !seen.equals(state); i++) {
            seen = site.get("/v1/resettlements/" + id).at("state");
            Thread.sleep(seen.equals(state) ? 0 : 50);
        }
        assertEquals(state, seen);
    }
}
