package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Inspection;

/// Budgets over HTTP (总额预算): allotted by two persons, read by whom they concern, never a reason to refuse care.
class BudgetsTest {

    private static final String OPEN = """
            {"key": "k1", "code": "b1", "alliance": "A99990100001", "year": 2026, "funds": ["pooled-resident"],
             "amount_fen": 100000, "document": "示例〔2026〕1号", "reason": "年初"}""";

    private static TestSite.Reply as(TestSite site, Role role, String scope, String method, String path, String body) {
        return site.send(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + site.key(role, scope)));
    }

    private static TestSite.Reply clerk(TestSite site, String path, String body) {
        return as(site, Role.BUREAU_CLERK, "999901", "POST", path, body);
    }

    private static String confirm(TestSite site, TestSite.Reply asked) {
        assertEquals(202, asked.status(), asked.body());
        return as(site, Role.BUREAU_SUPERVISOR, "999901", "POST", "/v1/approvals/" + asked.at("id") + "/confirm", "{}")
                .at("state");
    }

    private static String read(TestSite site, Role role, String scope) {
        var reply = as(site, role, scope, "GET", "/v1/budgets/b1", null);
        return reply.status() == 200 ? reply.at("allotted_fen") + " - " + reply.at("paid_fen") + " = "
                + reply.at("left_fen") + " " + reply.at("overspent") : reply.status() + " " + reply.at("code");
    }

    private static String code(TestSite.Reply reply) {
        return reply.status() + " " + reply.at("code") + " " + reply.at("field");
    }

    @Test
    void two_persons_allot_and_the_ledger_says_what_is_left(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            assertEquals("404 UNKNOWN_BUDGET", read(site, Role.AUDITOR, "999901"));
            var asked = clerk(site, "/v1/budgets", OPEN);
            assertEquals("404 UNKNOWN_BUDGET", read(site, Role.AUDITOR, "999901"), "nobody has confirmed it");
            assertEquals("done", confirm(site, asked));
            assertEquals(asked.at("id"), clerk(site, "/v1/budgets", OPEN).at("id"), "the same again");
            assertEquals("100000 - 0 = 100000 false", read(site, Role.AUDITOR, "999901"));
            var settled = as(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, "POST", "/v1/settlements",
                    SettlementsTest.STAY.formatted("s1"));
            assertEquals(201, settled.status(), settled.body());
            var paid = Long.parseLong(settled.at("amounts", "fund_fen"));
            var left = 100_000 - paid;
            assertEquals("100000 - " + paid + " = " + left + " " + (left < 0), read(site, Role.AUDITOR, "999901"));
            assertEquals("done", confirm(site, clerk(site, "/v1/budgets/b1/allotments", """
                    {"key": "k2", "amount_fen": -100000, "document": "示例〔2026〕2号", "reason": "核减"}""")));
            assertEquals("0 - " + paid + " = -" + paid + " true", read(site, Role.ALLIANCE_LEAD, "A99990100001"));
            // Overspent, and care is settled as ever.
            assertEquals(201, as(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, "POST", "/v1/settlements",
                    SettlementsTest.STAY.formatted("s2")).status());
            assertEquals("failed", confirm(site, clerk(site, "/v1/budgets/b1/allotments", """
                    {"key": "k3", "amount_fen": -1, "document": "d", "reason": "r"}""")), "more than was allotted");
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE));
        }
    }

    @Test
    void nobody_reads_or_allots_outside_the_own_reach(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            assertEquals("done", confirm(site, clerk(site, "/v1/budgets", OPEN)));
            for (var other : List.of("999900", "000000")) {
                assertEquals("100000 - 0 = 100000 false", read(site, Role.BUREAU_SUPERVISOR, other), other);
            }
            assertEquals("404 UNKNOWN_BUDGET", read(site, Role.BUREAU_CLERK, "330100"));
            assertEquals("404 UNKNOWN_BUDGET", read(site, Role.ALLIANCE_LEAD, "A99990100009"));
            assertEquals("404 UNKNOWN_BUDGET", read(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL));
            assertEquals("403 NOT_ALLOWED", read(site, Role.ADMINISTRATOR, ""));
            assertEquals("403 OUTSIDE_SCOPE alliance", code(as(site, Role.BUREAU_CLERK, "330100", "POST",
                    "/v1/budgets", OPEN)));
            assertEquals("403 OUTSIDE_SCOPE area", code(clerk(site, "/v1/budgets", OPEN.replace("\"year\"",
                    "\"area\": \"330100\", \"year\""))));
            assertEquals("404 UNKNOWN_BUDGET code", code(as(site, Role.BUREAU_CLERK, "330100", "POST",
                    "/v1/budgets/b1/allotments", """
                    {"key": "k2", "amount_fen": 1, "document": "d", "reason": "r"}""")));
            assertEquals("403 NOT_ALLOWED ", code(as(site, Role.ALLIANCE_LEAD, "A99990100001", "POST", "/v1/budgets",
                    OPEN)));
        }
    }

    @Test
    void what_cannot_be_a_budget_is_refused(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            assertEquals("422 FIELDS_CONFLICT alliance", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "\"alliance\"", "\"institution\": \"H99990100001\", \"alliance\""))));
            assertEquals("422 FIELDS_CONFLICT funds", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "[\"pooled-resident\"]", "[\"pooled-resident\", \"pooled-resident\"]"))));
            assertEquals("400 UNKNOWN_WORD funds[0]", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "pooled-resident", "cash"))));
            assertEquals("400 OUT_OF_RANGE funds", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "[\"pooled-resident\"]", "[]"))));
            for (var amount : List.of("0,", "-1,", "1000000000001,")) {
                assertEquals("400 OUT_OF_RANGE amount_fen", code(clerk(site, "/v1/budgets",
                        OPEN.replace("100000,", amount))), amount);
            }
            assertEquals("404 UNKNOWN_ALLIANCE alliance", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "A99990100001", "A1"))));
            assertEquals("422 UNKNOWN_INSTITUTION institution", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "\"alliance\": \"A99990100001\"", "\"institution\": \"H1\""))));
            assertEquals("done", confirm(site, clerk(site, "/v1/budgets", OPEN)));
            assertEquals("409 ALREADY_REGISTERED code", code(clerk(site, "/v1/budgets", OPEN.replace(
                    "2026,", "2027,").replace("k1", "k2"))));
            assertEquals("422 KEY_TAKEN key", code(clerk(site, "/v1/budgets", OPEN.replace("\"b1\"", "\"b2\""))));
            assertEquals("failed", confirm(site, clerk(site, "/v1/budgets", OPEN.replace("\"b1\"", "\"b2\"")
                    .replace("k1", "k3"))), "the fund stands in another budget of the alliance and year");
            assertEquals("400 OUT_OF_RANGE amount_fen", code(clerk(site, "/v1/budgets/b1/allotments", """
                    {"key": "k2", "amount_fen": 0, "document": "d", "reason": "r"}""")));
            assertEquals("403 SAME_PERSON id", code(as(site, Role.BUREAU_SUPERVISOR, "999901", "POST", "/v1/approvals/"
                    + as(site, Role.BUREAU_SUPERVISOR, "999901", "POST", "/v1/budgets/b1/allotments", """
                    {"key": "k4", "amount_fen": 5, "document": "d", "reason": "r"}""").at("id") + "/confirm", "{}")));
        }
    }
}
