package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.IdentityNumber;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;

/// Identity numbers over HTTP: kept, found, masked, read for a reason, and nowhere else in clear.
class IdentityTest {

    private static final String STANDINGS = "\"standings\":[{\"from\":\"2026-01-01\",\"area\":\"999901\","
            + "\"scheme\":\"resident\",\"status\":\"adult\",\"enrolled_since\":\"2020-01-01\"}]";

    /// A number in a division that no place has; made anew in every run.
    private static String number(Random random, String birth) {
        var digits = DemoCounty.DIVISION + birth.replace("-", "") + "%03d".formatted(random.nextInt(1000));
        return digits + IdentityNumber.check(digits);
    }

    private static String member(String token, String birth, String identity) {
        return "{\"token\":\"" + token + "\",\"birth\":\"" + birth + "\"," + STANDINGS + ",\"identity\":" + identity
                + "}";
    }

    private static String citizen(String number) {
        return "{\"number\":\"" + number + "\"}";
    }

    @Test
    void theWrittenFormAndTheCheckCharacter() {
        // 9990: ISO 7064 MOD 11-2 worked by hand for the digits 99990119800401 and 001:
        // 9*7+9*9+9*10+9*5+0*8+1*4+1*2+9*1+8*6+0*3+0*7+4*9+0*10+1*5+0*8+0*4+1*2 = 385, 385 mod 11 = 0, which gives 1.
        assertEquals('1', IdentityNumber.check("99990119800401001"));
        assertEquals("99990119800401001X", IdentityNumber.normal("９９９９０１ 19800401 001x"));
        assertEquals("999*************1X", IdentityNumber.masked("99990119800401001X"));
        assertEquals("****34", IdentityNumber.masked("1234"));
        assertFalse(IdentityNumber.isCitizen("99990119800231" + "0019"));
    }

    @Test
    void whatCannotBeIsRefusedMasked(@TempDir Path directory) {
        var seed = System.nanoTime();
        var number = number(new Random(seed), "1980-04-01");
        try (var site = new TestSite(directory)) {
            var wrong = number.substring(0, 17) + (number.charAt(17) == '1' ? '2' : '1');
            var cases = Map.of(member("x", "1980-04-01", citizen(wrong)), "422 IDENTITY_NOT_VALID identity.number",
                    member("x", "1981-04-01", citizen(number)), "422 IDENTITY_NOT_VALID identity.number",
                    member("x", "1980-04-01", citizen(number.substring(0, 6) + number.substring(8, 17))),
                    "422 IDENTITY_NOT_VALID identity.number",
                    member("x", "1980-04-01", "{\"type\":\"77\",\"number\":\"" + number + "\"}"),
                    "422 IDENTITY_NOT_VALID identity.type",
                    member("x", "1980-04-01", "{\"number\":123456789}"), "400 WRONG_TYPE identity.number",
                    member("x", "1980-04-01", "{\"number\":\"\"}"), "400 TEXT_NOT_ALLOWED identity.number",
                    member("x", "1980-04-01", "\"" + number + "\""), "400 WRONG_TYPE identity",
                    member("x", "1980-04-01", "{\"certno\":\"" + number + "\"}"), "400 UNKNOWN_FIELD identity.certno",
                    member(number, "1980-04-01", citizen(number)), "400 IDENTITY_NUMBER token",
                    member("x", "1980-04-01", citizen(number)).replace("{\"token\"", "{\"" + number + "\":1,\"token\""),
                    "400 UNKNOWN_FIELD " + IdentityNumber.masked(number));
            cases.forEach((body, expected) -> {
                var reply = site.post("/v1/members", body);
                assertEquals(expected, reply.status() + " " + reply.at("code") + " " + reply.at("field"),
                        "seed " + seed);
                assertFalse(reply.body().contains(number) || reply.body().contains(wrong)
                        || reply.body().contains("123456789"), reply.body());
            });
            assertEquals(404, site.get("/v1/members/x").status());
        }
    }

    /// Keys, codes and tokens are free texts: a number that somebody builds into one is not taken in, not even in part.
    @Test
    void aNumberInsideAKeyOrACodeIsRefusedAndWrittenNowhere(@TempDir Path directory) throws IOException {
        var seed = System.nanoTime();
        var number = number(new Random(seed), "1980-04-01");
        var logged = new ArrayList<String>();
        var listener = listener(logged);
        Logger.getLogger("").addHandler(listener);
        var answers = new StringBuilder();
        try (var site = new TestSite(directory)) {
            var settlement = SettlementsTest.STAY.formatted("k-1");
            var reversal = "{\"key\":\"r-1\",\"reason\":\"退费\"}";
            for (var within : List.of(number, "HIS-" + number, number + "-1", "K" + number.toLowerCase(
                    java.util.Locale.ROOT))) {
                var asked = List.of(
                        site.post("/v1/settlements", settlement.replace("k-1", within)),
                        site.post("/v1/settlements", settlement.replace("bed", within)),
                        site.post("/v1/settlements/s-1/reversal", reversal.replace("r-1", within)),
                        site.post("/v1/settlements/s-1/reversal", reversal.replace("退费", "退 " + within)),
                        site.post("/v1/members", member("t-" + within, "1980-04-01", citizen(number))),
                        site.get("/v1/settlements?institution=H99990100001&key=" + within),
                        site.get("/v1/members/" + within));
                for (var reply : asked) {
                    assertEquals("400 IDENTITY_NUMBER", reply.status() + " " + reply.at("code"),
                            reply + " seed " + seed);
                    answers.append(reply.body());
                }
            }
            // A key of division, date and serial number that is set apart is none.
            assertEquals(201, site.post("/v1/settlements", settlement.replace("k-1", "330102-19800401-0011")).status());
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        assertFalse(answers.toString().contains(number), "an answer");
        assertFalse(String.join("\n", logged).contains(number), "a log");
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(number),
                        file.toString());
            }
        }
    }

    @Test
    void aMemberIsFoundByNumberAndTheNumberIsReadOnlyForAReason(@TempDir Path directory) throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var number = number(random, "1980-04-01");
        var other = number(random, "1981-05-02");
        var logged = new ArrayList<String>();
        var listener = listener(logged);
        Logger.getLogger("").addHandler(listener);
        var answers = new StringBuilder();
        try (var site = new TestSite(directory)) {
            var spaced = number.toLowerCase(java.util.Locale.ROOT).replaceFirst("(.{6})", "$1 ");
            var registered = site.post("/v1/members", member("m-1", "1980-04-01", citizen(spaced)));
            assertEquals("201 " + IdentityNumber.masked(number),
                    registered.status() + " " + registered.at("identity", "number"), "seed " + seed);
            assertEquals(201, site.post("/v1/members", member("m-1", "1980-04-01", citizen(number))).status());
            var twice = site.post("/v1/members", member("m-2", "1980-04-01", citizen(number)));
            assertEquals("409 IDENTITY_TAKEN", twice.status() + " " + twice.at("code"));
            assertEquals(404, site.get("/v1/members/m-2").status());
            for (var reply : List.of(registered, twice, site.get("/v1/members/m-1"),
                    site.get("/v1/members/" + number), site.get("/v1/nowhere/" + number),
                    site.post("/v1/members/m-1/identity/unmask", "{\"reason\":\"" + number + "\"}"),
                    site.post("/v1/settlements", "{\"key\":\"" + number + "\",\"member\":\"" + number + "\"}"),
                    site.get("/observe/metrics"))) {
                answers.append(reply.body());
            }
            var search = "{\"identity\":" + citizen(number) + "}";
            for (var role : List.of("INSTITUTION H99990100001 200", "BUREAU_CLERK 999901 200", "AUDITOR 110000 404",
                    "ALLIANCE_LEAD A1 403")) {
                var words = role.split(" ");
                assertEquals(words[2], "" + as(site, words[0], words[1], "/v1/members/search", search).status(), role);
            }
            var found = site.post("/v1/members/search", search);
            assertEquals("m-1", found.at("token"));
            assertEquals("no-store", found.header("Cache-Control"));
            assertEquals("404 ******", at(site.post("/v1/members/search", "{\"identity\":" + citizen(other) + "}")));
            assertEquals(400, site.post("/v1/members/search?number=1", search).status());
            var before = site.book.auditSize();
            assertEquals(403, as(site, "BUREAU_CLERK", "999901", "/v1/members/m-1/identity/unmask",
                    "{\"reason\":\"好奇\"}").status());
            assertEquals(400, site.post("/v1/members/m-1/identity/unmask", "{}").status());
            assertEquals(before, site.book.auditSize());
            var clear = site.post("/v1/members/m-1/identity/unmask", "{\"reason\":\"核对\"}");
            assertEquals("200 " + number + " no-store",
                    clear.status() + " " + clear.at("number") + " " + clear.header("Cache-Control"));
            assertEquals(before + 1, site.book.auditSize());
            assertEquals(List.of(), site.book.verify(tongchou.storage.Inspection.FIRST_DIFFERENCE));
            assertEquals(List.of(), files(directory, number));
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        assertEquals(List.of(), files(directory, number));
        assertFalse(answers.toString().contains(number), answers.toString());
        assertFalse(logged.toString().contains(number), logged.toString());
        assertTrue(answers.length() > 1000);
    }

    private static String at(TestSite.Reply reply) {
        return reply.status() + " " + reply.at("read");
    }

    private static TestSite.Reply as(TestSite site, String role, String scope, String path, String body) {
        return site.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "application/json", "Authorization", "Bearer " + site.key(Role.valueOf(role), scope)));
    }

    /// The files of the book, its log included, in which the number stands.
    private static List<String> files(Path directory, String number) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> {
                try {
                    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(number);
                } catch (IOException gone) {
                    return false;
                }
            }).map(Path::toString).toList();
        }
    }

    private static Handler listener(List<String> logged) {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage() + " " + java.util.Arrays.toString(record.getParameters()) + " "
                        + record.getThrown());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
