package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Role;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.server.access.Action;
import tongchou.server.access.Keyring;
import tongchou.storage.Person;

/// Who gets what, over HTTP: every role on every route, own and foreign objects, and keys that are not in order.
class AccessTest {

    private static final LocalDate SINCE = LocalDate.of(2021, 1, 1);

    private static Path folder;
    private static TestSite site;
    private static String own;
    private static String other;

    /// A settlement of the county hospital, and one of a hospital elsewhere for the same member.
    @BeforeAll
    static void start(@TempDir Path directory) {
        folder = directory;
        site = new TestSite(directory);
        assertEquals(Optional.empty(), site.book.register(new Institution("H33010000001", "外地医院", "330100",
                Tier.TERTIARY,
                Institution.Kind.HOSPITAL, Institution.Administration.CITY, Institution.Specialty.GENERAL,
                InForce.from(SINCE))));
        assertEquals(Optional.empty(), site.book.register(new Person(new Member("stranger", LocalDate.of(1980, 1, 1)),
                List.of(new Standing(InForce.from(SINCE), "330100", Scheme.RESIDENT, Status.ADULT, "", Relief.NONE,
                false, SINCE,
                        SINCE, null, null, List.of(), Set.of(), Set.of())), Purse.EMPTY, List.of())));
        own = site.post("/v1/settlements", SettlementsTest.STAY.formatted("own")).at("id");
        other = site.post("/v1/settlements", SettlementsTest.STAY.formatted("other")
                .replace("H99990100001", "H99990000001"))
                .at("id");
        assertFalse(own.isEmpty() || other.isEmpty());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static TestSite.Reply ask(String key, String method, String path, String body) {
        var bytes = body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8);
        return site.send(method, path, bytes, Map.of("Authorization", "Bearer " + key, "Content-Type",
                "application/json"));
    }

    /// Role and scope, what is asked, and the status and code that are expected.
    private static final String TABLE = """
            institution H99990100001 | GET /v1/settlements/OWN | 200
            institution H99990100001 | GET /v1/settlements/OTHER | 404 UNKNOWN_SETTLEMENT
            institution H99990100001 | GET /v1/settlements/OWN/explanation | 200
            institution H99990100001 | GET /v1/settlements/OTHER/explanation | 404 UNKNOWN_SETTLEMENT
            institution H99990100001 | GET /v1/settlements?institution=H99990100001&key=own | 200
            institution H99990100001 | GET /v1/settlements?institution=H99990000001&key=other | 403 OUTSIDE_SCOPE
            institution H99990100001 | GET /v1/settlements?institution=H99990000001&key=none | 403 OUTSIDE_SCOPE
            institution H99990100001 | GET /v1/members/demo-resident-adult | 200
            institution H99990100001 | GET /v1/members/stranger | 404 UNKNOWN_MEMBER
            institution H99990100001 | GET /v1/members/stranger/year-to-date | 404 UNKNOWN_MEMBER
            institution H99990100001 | POST /v1/settlements STAY H99990100001 | 201
            institution H99990100001 | POST /v1/settlements STAY H99990000001 | 403 OUTSIDE_SCOPE
            institution H99990100001 | POST /v1/settlements STAY NOBODY | 403 OUTSIDE_SCOPE
            institution H99990100001 | POST /v1/settlements/preview STAY H99990100001 | 200
            institution H99990100001 | POST /v1/settlements/preview STAY H99990000001 | 403 OUTSIDE_SCOPE
            institution H99990100001 | POST /v1/members MEMBER 999901 | 403 NOT_ALLOWED
            institution H99990100001 | GET /v1/keys | 403 NOT_ALLOWED
            institution H99990100002 | GET /v1/settlements/OWN | 404 UNKNOWN_SETTLEMENT
            institution H33010000001 | GET /v1/members/demo-resident-adult | 404 UNKNOWN_MEMBER
            institution H33010000001 | GET /v1/members/stranger | 200
            alliance-lead A99990100001 | GET /v1/settlements/OWN | 200
            alliance-lead A99990100001 | GET /v1/settlements/OTHER | 404 UNKNOWN_SETTLEMENT
            alliance-lead A99990100001 | GET /v1/settlements/OWN/explanation | 200
            alliance-lead A99990100001 | GET /v1/settlements?institution=H99990000001&key=other | 404 UNKNOWN_SETTLEMENT
            alliance-lead A99990100001 | GET /v1/members/demo-resident-adult | 403 NOT_ALLOWED
            alliance-lead A99990100001 | POST /v1/settlements STAY H99990100001 | 403 NOT_ALLOWED
            alliance-lead A33010000001 | GET /v1/settlements/OWN | 404 UNKNOWN_SETTLEMENT
            bureau-clerk 999901 | GET /v1/settlements/OWN | 200
            bureau-clerk 999901 | GET /v1/settlements/OTHER | 200
            bureau-clerk 999901 | GET /v1/members/demo-resident-adult | 200
            bureau-clerk 999901 | GET /v1/members/stranger | 404 UNKNOWN_MEMBER
            bureau-clerk 999901 | POST /v1/members MEMBER 999901 | 201
            bureau-clerk 999901 | POST /v1/members MEMBER 330100 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/members STRANGER 999901 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/members/stranger/standings STANDING 999901 | 404 UNKNOWN_MEMBER
            bureau-clerk 999901 | POST /v1/members/demo-resident-adult/standings STANDING 330100 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/institutions HOSPITAL 999901 | 201
            bureau-clerk 999901 | POST /v1/institutions HOSPITAL 330100 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/alliances ALLIANCE H33010000001 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/settlements/preview STAY H99990100001 | 200
            bureau-clerk 999901 | POST /v1/settlements/preview STAY H33010000001 | 403 OUTSIDE_SCOPE
            bureau-clerk 999901 | POST /v1/settlements STAY H99990100001 | 403 NOT_ALLOWED
            bureau-clerk 999900 | GET /v1/settlements/OWN | 200
            bureau-clerk 330100 | GET /v1/settlements/OWN | 404 UNKNOWN_SETTLEMENT
            bureau-clerk 330100 | GET /v1/settlements/OTHER | 404 UNKNOWN_SETTLEMENT
            bureau-clerk 330100 | GET /v1/members/demo-resident-adult | 404 UNKNOWN_MEMBER
            bureau-clerk 330100 | GET /v1/members/stranger | 200
            bureau-supervisor 999901 | GET /v1/settlements/OWN | 200
            bureau-supervisor 330100 | GET /v1/settlements/OWN | 404 UNKNOWN_SETTLEMENT
            bureau-supervisor 330100 | POST /v1/members MEMBER 999901 | 403 OUTSIDE_SCOPE
            auditor 999901 | GET /v1/settlements/OWN | 200
            auditor 999901 | GET /v1/members/demo-resident-adult | 200
            auditor 999901 | POST /v1/members MEMBER 999901 | 403 NOT_ALLOWED
            auditor 999901 | POST /v1/settlements/preview STAY H99990100001 | 403 NOT_ALLOWED
            auditor 330100 | GET /v1/settlements/OWN | 404 UNKNOWN_SETTLEMENT
            administrator | GET /v1/settlements/OWN | 403 NOT_ALLOWED
            administrator | GET /v1/members/demo-resident-adult | 403 NOT_ALLOWED
            administrator | POST /v1/settlements STAY H99990100001 | 403 NOT_ALLOWED
            administrator | GET /v1/keys | 200
            """;

    private static String body(String kind, String word) {
        var standing = """
                {"from": "2022-01-01", "area": "%s", "scheme": "resident", "status": "adult", "enrolled_since": "2020-01-01"}"""
                .formatted(word);
        return switch (kind) {
            case "" -> "";
            case "STAY" -> SettlementsTest.STAY.formatted("table").replace("H99990100001", word);
            case "MEMBER", "STRANGER" -> """
                    {"token": "%s", "birth": "1980-01-01", "account": {"current_year_fen": 0, "earlier_years_fen": 0},
                     "standings": [%s]}""".formatted(kind.equals("MEMBER") ? "table-" + word : "stranger", standing);
            case "STANDING" -> standing;
            case "HOSPITAL" -> """
                    {"code": "T%s", "name": "某医院", "division": "%s", "tier": "tertiary", "kind": "hospital", "from": "2020-01-01"}"""
                    .formatted(word, word);
            case "ALLIANCE" -> """
                    {"code": "AT", "name": "某医联体", "kind": "specialty-alliance",
                     "memberships": [{"institution": "%s", "role": "lead", "from": "2021-01-01"}]}""".formatted(word);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void everyRoleReachesItsOwnAndNothingElse() {
        var wrong = new ArrayList<String>();
        for (var line : TABLE.lines().toList()) {
            var cells = line.split(" \\| ");
            var who = cells[0].split(" ");
            var role = Role.valueOf(who[0].toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
            var what = (cells[1] + "  ").replace("OWN", own).replace("OTHER", other).split(" ", -1);
            var reply = ask(site.key(role, who.length == 1 ? "" : who[1]), what[0], what[1], body(what[2], what[3]));
            var got = reply.status() + (reply.status() < 300 ? "" : " " + reply.at("code"));
            if (!got.equals(cells[2])) {
                wrong.add(line + "\n   got " + reply);
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    @Test
    void aSettlementElsewhereIsSeenWhereItHappenedAndWhereThePersonIsInsured() {
        var id = site.post("/v1/settlements", SettlementsTest.STAY.formatted("away")
                .replace("H99990100001", "H33010000001")
                .replace("demo-resident-adult", "demo-resident-chronic")).at("id");
        for (var area : List.of("330100", "330000", "999901", "000000")) {
            assertEquals(200, ask(site.key(Role.AUDITOR, area), "GET", "/v1/settlements/" + id, "").status(), area);
        }
        assertEquals(404, ask(site.key(Role.AUDITOR, "330200"), "GET", "/v1/settlements/" + id, "").status());
    }

    @Test
    void everyRouteAsksForAKeyAndTurnsAwayTheWrongRoles() {
        for (var route : site.site.routes()) {
            var action = Action.of(route.method() + " " + route.path()).orElseThrow();
            var path = route.path().replaceAll("\\{\\w+}", "nothing");
            var without = send(route.method(), path, "{}", "X-Nothing", "");
            if (action.isOpen()) {
                assertEquals(200, without.status(), path);
                continue;
            }
            assertEquals("401 NOT_AUTHENTICATED", without.status() + " " + without.at("code"), path);
            assertEquals("Bearer realm=\"tongchou\"", without.header("WWW-Authenticate"));
            for (var role : Role.values()) {
                var reply = ask(site.key(role, scope(role)), route.method(), path, route.method().equals("POST") ? "{"
                        : "");
                assertEquals(!action.allows(role), reply.status() == 403 && reply.at("code").equals("NOT_ALLOWED"),
                        role + " " + path + " " + reply);
            }
        }
    }

    private static String scope(Role role) {
        return switch (role) {
            case INSTITUTION -> "H99990100001";
            case ALLIANCE_LEAD -> "A99990100001";
            case BUREAU_CLERK, BUREAU_SUPERVISOR, AUDITOR -> "999901";
            case ADMINISTRATOR -> "";
        };
    }

    private static TestSite.Reply send(String method, String path, String body, String header, String value) {
        try {
            var connection = (java.net.HttpURLConnection) java.net.URI.create("http://127.0.0.1:" + site.port() + path)
                    .toURL()
                    .openConnection();
            connection.setRequestMethod(method);
            connection.setRequestProperty(header, value);
            if (method.equals("POST")) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            var status = connection.getResponseCode();
            try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new TestSite.Reply(status, "", new String(in.readAllBytes(), StandardCharsets.UTF_8),
                        connection.getHeaderFields());
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String issue(LocalDate first, LocalDate last) {
        return site.keyring.issue(new Keyring.Grant(Role.AUDITOR, "999901", "somebody", first, last, "test")).text();
    }

    private static String answer(String header) {
        var reply = send("GET", "/v1/whoami", "", "Authorization", header);
        assertTrue(reply.status() == 200 || reply.header("WWW-Authenticate").startsWith("Bearer realm=\"tongchou\""));
        return reply.status() == 200 ? "200" : reply.status() + " " + reply.at("code");
    }

    @Test
    void onlyTheExactKeyInItsDaysIsAKey() {
        var today = site.keyring.today();
        var key = issue(today, today);
        var refused = "401 CREDENTIAL_REFUSED";
        assertEquals("200", answer("Bearer " + key));
        assertEquals("200", answer("bearer   " + key));
        var last = key.charAt(key.length() - 1);
        for (var bad : List.of(key.toUpperCase(java.util.Locale.ROOT), key.toLowerCase(java.util.Locale.ROOT), "TCK"
                + key.substring(3),
                key.substring(0, key.length() - 1), key + "A", key.substring(0, key.length() - 1)
                + (char) (last == 'A' ? 'B' : last ^ 1),
                key.replace("tck_", "tck-"), "tck_abcdefghijkl_" + key.substring(17), "tck_", "x", key + "=", key + " "
                + key)) {
            if (!bad.equals(key)) {
                assertEquals(refused, answer("Bearer " + bad), bad);
            }
        }
        assertEquals(refused, answer("Basic " + key));
        assertEquals(refused, answer(key));
        assertEquals(refused, answer("Bearer"));
        var notInForce = "401 CREDENTIAL_NOT_IN_FORCE";
        assertEquals(notInForce, answer("Bearer " + issue(today.plusDays(1), today.plusDays(2))));
        assertEquals(notInForce, answer("Bearer " + issue(today.minusDays(2), today.minusDays(1))));
        site.keyring.revoke(key.substring(4, 16), "test", "lost");
        assertEquals(notInForce, answer("Bearer " + key));
    }

    @Test
    void anAdministratorGivesOutRotatesAndRevokes() {
        var admin = site.key(Role.ADMINISTRATOR, "");
        var made = ask(admin, "POST", "/v1/keys", """
                {"role": "institution", "scope": "H99990100001", "holder": "HIS"}""");
        assertEquals(201, made.status(), made.body());
        assertEquals("2027-03-10", made.at("to"));
        var first = made.at("key");
        var rotated = ask(admin, "POST", "/v1/keys/" + made.at("id") + "/rotate", "{\"overlap_days\": 0}");
        assertEquals(201, rotated.status(), rotated.body());
        assertEquals("200", answer("Bearer " + first));
        assertEquals("200", answer("Bearer " + rotated.at("key")));
        var who = ask(rotated.at("key"), "GET", "/v1/whoami", "");
        assertEquals("institution H99990100001 HIS", who.at("role") + " " + who.at("scope") + " " + who.at("holder"));
        assertEquals(200, ask(admin, "POST", "/v1/keys/" + made.at("id") + "/revoke", "{\"reason\": \"test\"}")
                .status());
        assertEquals("401 CREDENTIAL_NOT_IN_FORCE", answer("Bearer " + first));
        var list = ask(admin, "GET", "/v1/keys", "");
        assertTrue(list.body().contains(made.at("id")) && !list.body().contains("tck_"), list.body());
        var wrong = Map.of("{\"role\": \"auditor\", \"holder\": \"x\"}", "422 FIELDS_CONFLICT scope",
                "{\"role\": \"administrator\", \"scope\": \"999901\", \"holder\": \"x\"}", "422 FIELDS_CONFLICT scope",
                "{\"role\": \"institution\", \"scope\": \"NOBODY\", \"holder\": \"x\"}",
                "422 UNKNOWN_INSTITUTION scope",
                "{\"role\": \"alliance-lead\", \"scope\": \"NOBODY\", \"holder\": \"x\"}", "422 UNKNOWN_ALLIANCE scope",
                "{\"role\": \"auditor\", \"scope\": \"999901\", \"holder\": \"x\", \"to\": \"2026-03-09\"}",
                "422 DATES_OUT_OF_ORDER to");
        wrong.forEach((body, expected) -> {
            var reply = ask(admin, "POST", "/v1/keys", body);
            assertEquals(expected, reply.status() + " " + reply.at("code") + " " + reply.at("field"));
        });
        for (var what : List.of("nothing/rotate", made.at("id") + "/rotate")) {
            assertEquals("404 UNKNOWN_KEY", status(ask(admin, "POST", "/v1/keys/" + what, "{}")));
        }
        assertEquals("404 UNKNOWN_KEY", status(ask(admin, "POST", "/v1/keys/nothing/revoke", "{\"reason\": \"x\"}")));
    }

    private static String status(TestSite.Reply reply) {
        return reply.status() + " " + reply.at("code");
    }

    @Test
    void aKeyIsNeitherInTheBookNorInTheLog() throws IOException {
        var logged = new StringBuilder();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.append(line.getMessage()).append(line.getThrown()).append('\n');
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        var logger = Logger.getLogger("tongchou");
        var level = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
        var today = site.keyring.today();
        var key = issue(today, today);
        try {
            answer("Bearer " + key);
            answer("Bearer " + key + "x");
            site.keyring.revoke(key.substring(4, 16), "test", "lost");
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
        }
        assertTrue(logged.toString().contains(key.substring(4, 16)) && !logged.toString().contains(key.substring(17)));
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(key.substring(17)));
            }
        }
    }

    @Test
    void answersSayWhatABrowserMayDo() {
        var page = site.get("/");
        assertTrue(page.header("Content-Security-Policy").contains("frame-ancestors 'none'")
                && page.header("Content-Security-Policy").contains("script-src 'self' 'sha256-"));
        for (var path : List.of("/v1/packs", "/v1/nothing", "/v1/members/demo-resident-adult", "/openapi")) {
            var reply = site.get(path);
            assertEquals("nosniff no-store frame-ancestors 'none'",
                    reply.header("X-Content-Type-Options")
                    + " " + reply.header("Cache-Control") + " " + reply.header("Content-Security-Policy"), path);
        }
    }
}
