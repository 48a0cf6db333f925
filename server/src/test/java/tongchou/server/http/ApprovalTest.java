package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Approvals;
import tongchou.storage.Inspection;

/// Two persons over HTTP: reversals over the limit, adjustments, activation of packs.
class ApprovalTest {

    private static final String CLAIM = """
            {"key": "%s", "member": "demo-resident-contracted", "institution": "H99990100001",
             "encounter": {"care": "outpatient", "from": "2026-03-02"}, "total_fen": 50000,
             "lines": [{"item": "care", "amount_fen": 50000, "class": "a"}]}""";

    private static TestSite site(Path directory, boolean activation) {
        return new TestSite(directory, book -> book, null, 0, new TwoPersons(0, activation));
    }

    private static TestSite.Reply as(TestSite site, Role role, String scope, String path, String body) {
        return site.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "application/json", "Authorization", "Bearer " + site.key(role, scope)));
    }

    private static TestSite.Reply supervisor(TestSite site, String path, String body) {
        return as(site, Role.BUREAU_SUPERVISOR, "999901", path, body);
    }

    private static TestSite.Reply hospital(TestSite site, String path, String body) {
        return as(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, path, body);
    }

    @Test
    void aReversalOverTheLimitWaitsForAnotherPersonAndHappensOnce(@TempDir Path directory) throws Exception {
        try (var site = site(directory, false)) {
            var settled = hospital(site, "/v1/settlements", CLAIM.formatted("k1"));
            assertEquals(201, settled.status(), settled.body());
            var path = "/v1/settlements/" + settled.at("id") + "/reversal";
            var body = "{\"key\":\"r1\",\"reason\":\"退费\"}";
            var asked = hospital(site, path, body);
            assertEquals("202 waiting", asked.status() + " " + asked.at("state"), asked.body());
            assertEquals(asked.body(), hospital(site, path, body).body());
            assertEquals(422, hospital(site, path, "{\"key\":\"r1\",\"reason\":\"其他\"}").status());
            assertTrue(site.book.reversalOf(settled.at("id")).isEmpty());
            var confirm = "/v1/approvals/" + asked.at("id") + "/confirm";
            assertEquals("403 SAME_PERSON", code(hospital(site, confirm, "{}")));
            assertEquals("404 UNKNOWN_APPROVAL", code(as(site, Role.INSTITUTION, "H99990100002", confirm, "{}")));
            assertEquals("404 UNKNOWN_APPROVAL", code(as(site, Role.BUREAU_SUPERVISOR, "110000", confirm, "{}")));
            assertEquals("403 NOT_ALLOWED", code(as(site, Role.BUREAU_CLERK, "999901", confirm, "{}")));
            assertEquals("422 FIELDS_CONFLICT", code(supervisor(site, confirm, "{\"digest\":\"other\"}")));
            var work = new ArrayList<Callable<TestSite.Reply>>();
            for (var i = 0; i < 8; i++) {
                var scope = List.of("999901", "999900", "990000", "000000").get(i % 4);
                work.add(() -> as(site, Role.BUREAU_SUPERVISOR, scope, confirm, "{\"remark\":\"已核\"}"));
            }
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var answer : threads.invokeAll(work)) {
                    assertEquals(200, answer.get().status(), answer.get().body());
                }
            }
            var done = supervisor(site, confirm, "{}");
            assertEquals("200 done", done.status() + " " + done.at("state"));
            assertEquals(new String(site.book.reversalOf(settled.at("id")).orElseThrow().reply(),
                    StandardCharsets.UTF_8), done.at("outcome"));
            assertEquals("409 APPROVAL_CLOSED",
                    code(supervisor(site, confirm.replace("confirm", "decline"), "{}")));
            // The first request, sent again, now gets the reversal itself.
            assertEquals("200 " + done.at("outcome"),
                    hospital(site, path, body).status() + " " + hospital(site, path, body).body());
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    private static String code(TestSite.Reply reply) {
        return reply.status() + " " + reply.at("code");
    }

    @Test
    void whatWasConfirmedBeforeAStopIsCarriedOutAtTheNextStart(@TempDir Path directory) {
        String settlement;
        try (var site = site(directory, false)) {
            settlement = hospital(site, "/v1/settlements", CLAIM.formatted("k1")).at("id");
            var asked = hospital(site, "/v1/settlements/" + settlement + "/reversal",
                    "{\"key\":\"r1\",\"reason\":\"退费\"}");
            // The second person's decision is durable, and the process ends before anything is done.
            site.book.oversight().approvals().decide(asked.at("id"), Approvals.Decision.CONFIRMED,
                    new Approvals.Somebody("key x", "x"), "", TestSite.CLOCK.instant());
            assertTrue(site.book.reversalOf(settlement).isEmpty());
        }
        try (var site = site(directory, false)) {
            assertTrue(site.book.reversalOf(settlement).isPresent());
            assertEquals(List.of(), site.book.oversight().approvals().open(TestSite.CLOCK.instant()));
        }
    }

    /// Of 60,000 and of 4,000 yuan, the later booked one earlier in the year: 780 yuan of fund money go to and fro.
    @Test
    void aResettlementOverTheLimitWaitsForAnotherPerson(@TempDir Path directory) {
        try (var site = site(directory, false)) {
            for (var stay : List.of("k1 2026-02-20 6000000", "k2 2026-01-09 400000")) {
                var parts = stay.split(" ");
                assertEquals(201, hospital(site, "/v1/settlements", """
                        {"key": "%s", "member": "demo-resident-adult", "institution": "H99990100001",
                         "encounter": {"care": "inpatient", "from": "%s", "to": "%<s"}, "total_fen": %s,
                         "lines": [{"item": "care", "amount_fen": %<s, "class": "a"}]}""".formatted(
                                parts[0], parts[1], parts[2])).status());
            }
            var started = supervisor(site, "/v1/resettlements", "{\"cause\": \"stale\", \"reason\": \"补传\"}");
            assertEquals("ready", started.at("state"), started.body());
            var path = "/v1/resettlements/" + started.at("id");
            var asked = supervisor(site, path + "/confirm", "{\"revision\": 2}");
            assertEquals("202 waiting resettlement", asked.status() + " " + asked.at("state") + " " + asked.at("kind"),
                    asked.body());
            assertEquals("409 RESETTLEMENT_STATE", code(supervisor(site, path + "/confirm", "{\"revision\": 1}")));
            assertEquals("ready", site.get(path).at("state"));
            assertEquals("403 SAME_PERSON",
                    code(supervisor(site, "/v1/approvals/" + asked.at("id") + "/confirm", "{}")));
            // What was declined can be asked for again, by the other as well.
            var wide = as(site, Role.BUREAU_SUPERVISOR, "000000", "/v1/approvals/" + asked.at("id") + "/decline", "{}");
            assertEquals("200 declined", wide.status() + " " + wide.at("state"), wide.body());
            var again = supervisor(site, path + "/confirm", "{\"revision\": 2}");
            assertEquals("202 waiting", again.status() + " " + again.at("state"), again.body());
            var confirm = "/v1/approvals/" + again.at("id") + "/confirm";
            assertEquals("404 UNKNOWN_APPROVAL", code(hospital(site, confirm, "{}")));
            var done = as(site, Role.BUREAU_SUPERVISOR, "000000", confirm, "{}");
            assertEquals("200 done", done.status() + " " + done.at("state"), done.body());
            var booked = site.get(path);
            assertEquals("done", booked.at("state"), booked.body());
            assertTrue(booked.at("events", "2", "who").matches("key \\w{12} \\+ key \\w{12}"), booked.body());
            assertEquals(1, site.book.resettlements().corrections("s-1").size());
            assertEquals("done", supervisor(site, path + "/confirm", "{\"revision\": 2}").at("state"));
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    @Test
    void anAdjustmentIsBookedWhenItIsConfirmed(@TempDir Path directory) {
        try (var site = site(directory, false)) {
            var path = "/v1/members/demo-employee-retired/adjustments";
            for (var wrong : List.of(
                    "400 {\"key\":\"a\",\"current_year_change_fen\":0,\"document\":\"d\",\"reason\":\"r\"}",
                    "422 {\"key\":\"a\",\"document\":\"d\",\"reason\":\"r\"}",
                    "422 {\"key\":\"a\",\"counter\":\"x\",\"document\":\"d\",\"reason\":\"r\"}",
                    "400 {\"key\":\"a\",\"current_year_change_fen\":\"5\",\"document\":\"d\",\"reason\":\"r\"}",
                    "400 {\"key\":\"a\",\"current_year_change_fen\":5,\"reason\":\"r\"}")) {
                assertEquals(wrong.substring(0, 3), "" + as(site, Role.BUREAU_CLERK, "999901", path,
                        wrong.substring(4)).status(), wrong);
            }
            var asked = as(site, Role.BUREAU_CLERK, "999901", path, "{\"key\":\"a\",\"current_year_change_fen\":-100,"
                    + "\"document\":\"示例〔2026〕1号\",\"reason\":\"重复划入\"}");
            assertEquals(202, asked.status(), asked.body());
            var before = site.book.person("demo-employee-retired").orElseThrow().purse().currentYear().value();
            var done = supervisor(site, "/v1/approvals/" + asked.at("id") + "/confirm", "{}");
            assertEquals("200 done", done.status() + " " + done.at("state"), done.body());
            assertEquals(before - 100,
                    site.book.person("demo-employee-retired").orElseThrow().purse().currentYear().value());
            var tooMuch = as(site, Role.BUREAU_CLERK, "999901", path, "{\"key\":\"b\",\"takes_back\":\"nothing\","
                    + "\"document\":\"d\",\"reason\":\"r\"}");
            var failed = supervisor(site, "/v1/approvals/" + tooMuch.at("id") + "/confirm", "{}");
            assertEquals("200 failed", failed.status() + " " + failed.at("state"), failed.body());
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    @Test
    void onlyActivatedPacksBookWhereTwoPersonsMustPutThemInForce(@TempDir Path directory) {
        try (var site = site(directory, true)) {
            assertEquals("409 PACK_NOT_ACTIVATED", code(hospital(site, "/v1/settlements", CLAIM.formatted("k1"))));
            var path = "/v1/packs/fixture/activation";
            assertEquals("404 UNKNOWN_PACK", code(as(site, Role.BUREAU_SUPERVISOR, "000000", path,
                    "{\"key\":\"a\",\"version\":\"9.0.0\",\"reason\":\"r\"}")));
            for (var noTime : List.of("+1000000000-12-31T23:59:59Z", "2026-04-01", "soon")) {
                assertEquals("400 NOT_A_DATE", code(as(site, Role.BUREAU_SUPERVISOR, "000000", path,
                        "{\"key\":\"a\",\"version\":\"1.0.0\",\"effective_at\":\"" + noTime
                        + "\",\"reason\":\"r\"}")));
            }
            var asked = as(site, Role.BUREAU_SUPERVISOR, "000000", path,
                    "{\"key\":\"a\",\"version\":\"1.0.0\",\"reason\":\"年度启用\"}");
            assertEquals(202, asked.status(), asked.body());
            assertEquals("409 PACK_NOT_ACTIVATED", code(hospital(site, "/v1/settlements", CLAIM.formatted("k1"))));
            assertEquals("done", supervisor(site, "/v1/approvals/" + asked.at("id") + "/confirm", "{}").at("state"));
            assertEquals("true", site.get("/v1/packs/fixture").at("activated"));
            assertEquals(201, hospital(site, "/v1/settlements", CLAIM.formatted("k1")).status());
        }
    }
}
