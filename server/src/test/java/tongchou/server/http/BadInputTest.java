package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.Field;
import tongchou.api.http.Json;
import tongchou.api.http.RequestReader;
import tongchou.api.http.Role;
import tongchou.server.http.GoodBodies.Good;

/// Every route that takes a body is given good bodies spoiled in one place: each must be refused by its code and field,
/// and nothing in the book may change.
class BadInputTest {

    private static final List<Good> GOODS = GoodBodies.ALL;

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
    void everyRouteWithABodyIsCovered() {
        var covered = GOODS.stream().map(Good::route).sorted().toList();
        assertEquals(site.site.routes().stream().filter(route -> route.method().equals("POST")).map(Route::path)
                .sorted().toList(), covered);
    }

    @Test
    void whateverIsSpoiledIsRefusedByCodeAndFieldAndChangesNothing() {
        var before = fingerprint();
        var wrong = new ArrayList<String>();
        var count = 0;
        for (var good : GOODS) {
            for (var bad : spoiled(good)) {
                var reply = site.post(good.path(), bad.body);
                var got = reply.status() + " " + reply.at("code") + " " + reply.at("field");
                count++;
                if (!got.equals("400 " + bad.code + " " + bad.field)
                        || !reply.type().equals("application/problem+json") || reply.at("expected").isEmpty()) {
                    wrong.add(good.path() + " " + bad.what + ": expected 400 " + bad.code + " " + bad.field + ", got "
                            + reply);
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " of them:\n" + String.join("\n", wrong));
        assertTrue(count > 1000, "only " + count + " spoiled bodies");
        assertEquals(before, fingerprint());
    }

    /// A case of what the fields together cannot say.
    private record Case(String path, String change, String into, String expected) {
    }

    @Test
    void whatFieldsTogetherCannotSayIsRefused() {
        var before = fingerprint();
        var settle = "/v1/settlements";
        var preview = "/v1/settlements/preview";
        var cases = List.of(
                new Case(settle, "\"total_fen\": 500100", "\"total_fen\": 500001", "422 TOTAL_DIFFERS total_fen"),
                new Case(settle, "\"to\": \"2026-03-08\"", "\"to\": \"2026-02-08\"",
                        "422 DATES_OUT_OF_ORDER encounter.to"),
                new Case(settle, "\"to\": \"2026-03-08\", ", "", "400 MISSING_FIELD encounter.to"),
                new Case(settle, "\"issued\": \"2026-02-27\"", "\"issued\": \"2026-03-02\"",
                        "422 DATES_OUT_OF_ORDER encounter.referral.issued"),
                new Case(settle, "\"care\": \"inpatient\"", "\"care\": \"outpatient\"",
                        "422 DATES_OUT_OF_ORDER encounter.to"),
                new Case(settle, "\"filing\": \"none\"", "\"supply_weeks\": 4",
                        "422 FIELDS_CONFLICT encounter.supply_weeks"),
                new Case(settle, "\"key\": \"k-1\", ", "", "400 MISSING_FIELD key"),
                new Case(settle, "\"demo-resident-adult\"", "\"nobody\"", "422 UNKNOWN_MEMBER member"),
                new Case(settle, "\"demo-resident-adult\"", "\"demo-resident-waiting\"",
                        "422 WAITING_PERIOD encounter.to"),
                new Case(settle, "\"demo-resident-adult\"", "\"110101199003070012\"", "400 IDENTITY_NUMBER member"),
                new Case(settle, "\"institution\": \"H99990100001\"", "\"institution\": \"X9\"",
                        "422 UNKNOWN_INSTITUTION institution"),
                new Case(settle, "\"over_limit_fen\": 0", "\"over_limit_fen\": 500001",
                        "422 AMOUNT_NOT_ALLOWED lines[0].over_limit_fen"),
                new Case(settle, "2026-03-0", "2028-03-0", "422 OUTSIDE_COVER encounter.to"),
                new Case(settle, "2026-03-0", "2020-02-0", "422 DATES_OUT_OF_ORDER encounter.referral.issued"),
                new Case(settle, "\"inpatient\"", "\"home-bed\"", "422 NO_BENEFIT encounter.care"),
                new Case(settle, "\"known_on\": \"2026-03-01\"", "\"known_on\": \"2020-03-01\"",
                        "422 NO_RULE_IN_FORCE"),
                new Case(settle, "\"account\": \"own\"", "\"year_to_date\": [{\"counter\": \"x\", \"sum_fen\": 1}]",
                        "422 FIELDS_CONFLICT year_to_date"),
                new Case(preview, "\"total_fen\"", "\"member\": \"demo-resident-adult\", \"total_fen\"",
                        "422 FIELDS_CONFLICT person"),
                new Case(preview, "\"total_fen\"", "\"institution\": \"H99990100001\", \"total_fen\"",
                        "422 FIELDS_CONFLICT institution_facts"),
                new Case(preview, "\"area\": \"999901\"", "\"area\": \"110000\"", "422 UNKNOWN_AREA person.standings"),
                new Case(preview, "\"status\": \"adult\"", "\"status\": \"active\"",
                        "422 FIELDS_CONFLICT person.standings[0].status"),
                new Case(preview, "\"to\": \"2030-01-01\"", "\"to\": \"2020-01-02\"",
                        "422 INSTITUTION_NOT_IN_FORCE institution"),
                new Case(preview, "\"sum_fen\": 1", "\"sum_fen\": 1, \"stays\": 1",
                        "422 FIELDS_CONFLICT year_to_date[0].stays"),
                new Case(preview, "居民统筹支付", "没有", "422 UNKNOWN_COUNTER year_to_date[0].counter"),
                new Case(preview, "\"birth\": \"1980-01-01\"", "\"birth\": \"2026-01-02\"",
                        "422 DATES_OUT_OF_ORDER person.standings[0].from"),
                new Case("/v1/estimates", "\"area\": \"999901\"", "\"area\": \"000000\"", "422 UNKNOWN_AREA area"),
                new Case("/v1/estimates", "\"status\": \"adult\"", "\"status\": \"retired\"",
                        "422 FIELDS_CONFLICT status"),
                new Case("/v1/estimates", "\"account_fen\"", "\"days\": 3, \"account_fen\"",
                        "422 FIELDS_CONFLICT days"),
                new Case("/v1/estimates", "\"account_fen\"",
                        "\"lines\": [{\"item\": \"x\", \"amount_fen\": 1}], \"account_fen\"",
                        "422 FIELDS_CONFLICT lines"),
                new Case("/v1/members", "\"demo-resident-adult\"", "\"nobody\"", "422 UNKNOWN_MEMBER sharers[0]"),
                new Case("/v1/members", "\"demo-resident-adult\"", "\"new-member\"", "422 FIELDS_CONFLICT sharers[0]"),
                new Case("/v1/members", "\"earlier_years_fen\": 2", "\"earlier_years_fen\": 2, \"family_fen\": 1",
                        "422 FIELDS_CONFLICT account.family_fen"),
                new Case("/v1/members", "\"new-member\"", "\"demo-resident-pupil\"", "409 ALREADY_REGISTERED birth"),
                new Case("/v1/members", "\"to\": \"2026-12-31\", \"area\"", "\"to\": \"2025-12-31\", \"area\"",
                        "422 DATES_OUT_OF_ORDER standings[0].to"),
                new Case("/v1/members/demo-resident-adult/standings",
                        "\"from\": \"2026-01-01\", \"to\": \"2026-12-31\", \"area\"",
                        "\"from\": \"1960-01-01\", \"to\": \"2026-12-31\", \"area\"", "422 DATES_OUT_OF_ORDER from"),
                new Case("/v1/institutions", "\"code\": \"X1\"", "\"code\": \"H99990100001\"",
                        "409 ALREADY_REGISTERED"),
                new Case("/v1/institutions", "\"2030-01-01\"", "\"2010-01-01\"", "422 DATES_OUT_OF_ORDER to"),
                new Case("/v1/alliances", "\"H99990100001\"", "\"X9\"",
                        "422 UNKNOWN_INSTITUTION memberships[0].institution"),
                new Case("/v1/alliances", "[{",
                        "[{\"institution\": \"H99990100002\", \"role\": \"lead\", \"from\": \"2021-01-01\"}, {",
                        "422 FIELDS_CONFLICT memberships[1].role"),
                new Case("/v1/waiting-periods", "\"fixture\"", "\"nothing\"", "422 UNKNOWN_PACK pack"),
                new Case("/v1/waiting-periods", "\"repaired_years\": 1", "\"repaired_years\": 6",
                        "422 FIELDS_CONFLICT repaired_years"),
                new Case("/v1/waiting-periods", "2026-01-01", "2024-01-01", "422 NO_RULE_IN_FORCE rejoined"));
        var wrong = new ArrayList<String>();
        for (var one : cases) {
            var good = GOODS.stream().filter(candidate -> candidate.path().equals(one.path)).findFirst().orElseThrow();
            assertTrue(good.body().contains(one.change), one.toString());
            var reply = site.post(one.path, good.body().replace(one.change, one.into));
            var got = reply.status() + " " + reply.at("code") + " " + reply.at("field");
            if (!got.startsWith(one.expected) || !reply.type().equals("application/problem+json")) {
                wrong.add(one + "\n   got " + reply);
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
        assertEquals(before, fingerprint());
    }

    @Test
    void everythingWrongIsSaidAtOnceInTheLanguageAskedFor() {
        var reply = site.send("POST", "/v1/settlements",
                "{\"total_fen\": 1.5, \"mystery\": 1}".getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Accept-Language", "en"));
        assertEquals("UNKNOWN_FIELD", reply.at("code"));
        assertEquals("An unknown field", reply.at("title"));
        var codes = Stream.iterate(0, i -> i + 1).limit(4).map(i -> reply.at("errors", "" + i, "code") + " "
                + reply.at("errors", "" + i, "field")).toList();
        assertEquals(List.of("UNKNOWN_FIELD mystery", "MISSING_FIELD encounter", "MISSING_FIELD lines",
                "NOT_WHOLE_FEN total_fen"), codes, reply.body());
    }

    @Test
    void whatIsNotJsonIsRefused() {
        var bodies = new LinkedHashMap<>(Map.of("", new byte[0]));
        bodies.put("white space", bytes("  \n"));
        bodies.put("cut off", bytes("{\"key\": "));
        bodies.put("trailing garbage", bytes("{} {}"));
        bodies.put("trailing comma", bytes("{\"key\": \"k\",}"));
        bodies.put("a comment", bytes("{} // no"));
        bodies.put("single quotes", bytes("{'key': 1}"));
        bodies.put("NaN", bytes("{\"total_fen\": NaN}"));
        bodies.put("leading zero", bytes("{\"total_fen\": 01}"));
        bodies.put("plus", bytes("{\"total_fen\": +1}"));
        bodies.put("a byte order mark", bytes("\uFEFF{}"));
        bodies.put("too deep", bytes("[".repeat(2000) + "]".repeat(2000)));
        bodies.put("a raw control character", bytes("{\"key\": \"a\u0001\"}"));
        bodies.put("a number of 1,000 digits", bytes("{\"total_fen\": " + "9".repeat(1000) + "}"));
        bodies.forEach((what, body) -> {
            var reply = site.send("POST", "/v1/settlements", body, Map.of("Content-Type", "application/json"));
            assertEquals("400 MALFORMED_JSON", reply.status() + " " + reply.at("code"), what + " " + reply);
        });
        for (var body : List.of("[]", "1", "null", "\"text\"", "true")) {
            var reply = site.post("/v1/estimates", body);
            assertEquals("400 WRONG_TYPE", reply.status() + " " + reply.at("code"), body);
        }
        for (var body : new byte[][] {{'{', '"', (byte) 0xff, '"', ':', '1', '}'}, {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xd6, (byte) 0xd0}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            var reply = site.send("POST", "/v1/members", body, Map.of("Content-Type", "application/json"));
            assertEquals("400 BAD_ENCODING", reply.status() + " " + reply.at("code"));
        }
    }

    @Test
    void theBodyHasALimitAndAType() throws IOException {
        var large = new byte[1_000_001];
        java.util.Arrays.fill(large, (byte) ' ');
        var raw = raw("POST /v1/settlements HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 1000001\r\n\r\n");
        assertTrue(raw.contains("413") && raw.contains("BODY_TOO_LARGE") && raw.contains("application/problem+json"),
                raw);
        var chunked = raw("POST /v1/settlements HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer " + site.key(Role.INSTITUTION, "H1") + "\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + "f4241\r\n" + " ".repeat(1_000_001) + "\r\n0\r\n\r\n");
        assertTrue(chunked.contains("413") && chunked.contains("BODY_TOO_LARGE"), chunked);
        var inside = site.send("POST", "/v1/settlements", (" ".repeat(999_990) + "{}").getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"));
        assertEquals("400 MISSING_FIELD", inside.status() + " " + inside.at("code"));
        var form = site.send("POST", "/v1/settlements", bytes("{}"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertEquals("415 UNSUPPORTED_MEDIA_TYPE", form.status() + " " + form.at("code"));
    }

    @Test
    void pathsMethodsAndQueriesAreStrictToo() throws IOException {
        var expected = new LinkedHashMap<String, String>();
        expected.put("/v1/nothing", "404 NO_SUCH_PATH ");
        expected.put("/v1/members/nobody", "404 UNKNOWN_MEMBER token");
        expected.put("/v1/members/%00", "400 TEXT_NOT_ALLOWED token");
        expected.put("/v1/members/110101199003070012/year-to-date", "400 IDENTITY_NUMBER token");
        expected.put("/v1/members/%E5%BC%A0%E4%B8%89", "400 TEXT_NOT_ALLOWED token");
        expected.put("/v1/institutions/X9", "404 UNKNOWN_INSTITUTION code");
        expected.put("/v1/alliances/X9", "404 UNKNOWN_ALLIANCE code");
        expected.put("/v1/packs/nothing", "404 UNKNOWN_PACK id");
        expected.put("/v1/packs/nothing/findings", "404 UNKNOWN_PACK id");
        expected.put("/v1/packs/fixture/parameters", "400 MISSING_FIELD date");
        expected.put("/v1/packs/fixture/parameters?date=2026-02-30", "400 NOT_A_DATE date");
        expected.put("/v1/packs/fixture/parameters?date=2026-02-01&area=mars", "400 UNKNOWN_WORD area");
        expected.put("/v1/packs/fixture/parameters?date=2026-02-01&known_on=2026-01-01", "400 UNKNOWN_FIELD known_on");
        expected.put("/v1/packs?x=1", "400 UNKNOWN_FIELD x");
        expected.put("/v1/institutions?limit=0", "400 OUT_OF_RANGE limit");
        expected.put("/v1/institutions?limit=1.5", "400 WRONG_TYPE limit");
        expected.put("/v1/institutions?limit=1&limit=2", "400 DUPLICATE_FIELD limit");
        expected.put("/v1/catalogue/drugs", "400 MISSING_FIELD area");
        expected.put("/v1/settlements?institution=H1", "400 MISSING_FIELD key");
        expected.put("/v1/settlements/a%2Fb", "404 NO_SUCH_PATH ");
        expected.put("/v1/members", "405 METHOD_NOT_ALLOWED ");
        var got = new LinkedHashMap<String, String>();
        expected.keySet().forEach(path -> {
            var reply = site.get(path);
            got.put(path, reply.status() + " " + reply.at("code") + " " + reply.at("field"));
        });
        assertEquals(lines(expected), lines(got));
        var malformed = raw("GET /v1/members/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(malformed.contains("400") && malformed.contains("MALFORMED_REQUEST"), malformed);
        var nonsense = raw("NONSENSE\r\n\r\n");
        assertTrue(nonsense.contains("MALFORMED_REQUEST") && !nonsense.contains("Exception"), nonsense);
        assertEquals(405, site.send("DELETE", "/v1/packs", null, Map.of()).status());
        assertEquals(400, site.send("POST", "/v1/estimates?x=1", bytes("{}"), Map.of()).status());
        assertEquals("NO_SUCH_PATH", site.send("GET", "/x", null, Map.of("Accept-Language", "%%%")).at("code"));
    }

    private static String lines(Map<String, String> map) {
        return map.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Sends bytes as they are and reads whatever comes back until the connection ends.
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", site.port())) {
            socket.setSoTimeout(5000);
            try {
                socket.getOutputStream().write(bytes(request));
                socket.getOutputStream().flush();
            } catch (IOException hungUp) {
                // The server may answer and close before it has read everything.
            }
            var reply = new StringBuilder();
            try {
                for (var next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                    reply.append((char) next);
                }
            } catch (IOException closed) {
                reply.append("");
            }
            return reply.toString();
        }
    }

    /// Everything the book can show, as one text.
    private static String fingerprint() {
        var people = new tongchou.server.demo.DemoCounty().people().stream().map(person -> person.member().token());
        return site.book.settlements() + site.get("/v1/institutions?limit=500").body()
                + site.get("/v1/alliances").body()
                + Stream.concat(people, Stream.of("new-member", "nobody"))
                .map(token -> site.get("/v1/members/" + token).body()
                        + site.get("/v1/members/" + token + "/year-to-date").body()).collect(Collectors.joining());
    }

    /// A body spoiled in one place, and what must be said about it.
    private record Bad(String what, String body, String code, String field) {
    }

    private static List<Bad> spoiled(Good good) {
        var bads = new ArrayList<Bad>();
        var root = Json.parse(bytes(good.body()), new ArrayList<>());
        members((Json.Members) root, "", good.type(), new Spoiler(bads, text -> text));
        return bads;
    }

    /// Puts a spoiled part back into the whole.
    private record Spoiler(List<Bad> bads, java.util.function.UnaryOperator<String> around) {
        void add(String what, String part, String code, String field) {
            bads.add(new Bad(what + " " + field, around.apply(part), code, field));
        }
    }

    private static void members(Json.Members whole, String path, Class<?> type, Spoiler spoiler) {
        var components = Stream.of(type.getRecordComponents())
                .collect(Collectors.toMap(RequestReader::name, one -> one));
        spoiler.add("unknown", with(whole, "mystery", "1"), "UNKNOWN_FIELD", inner(path, "mystery"));
        whole.fields().forEach((name, value) -> {
            var component = components.get(name);
            var field = inner(path, name);
            if (!isOmissible(component)) {
                spoiler.add("removed", with(whole, name, null), "MISSING_FIELD", field);
                spoiler.add("null", with(whole, name, "null"), "NULL_NOT_ALLOWED", field);
            }
            spoiler.add("twice", write(whole).replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement(
                    "{\"" + name + "\":" + write(value) + ",")), "DUPLICATE_FIELD", field);
            value(value, field, component.getGenericType(), new Spoiler(spoiler.bads, part -> spoiler.around.apply(
                    with(whole, name, part))));
        });
    }

    private static void value(Json value, String field, Type type, Spoiler spoiler) {
        if (type instanceof ParameterizedType list) {
            spoiler.add("object for list", "{\"a\":1}", "WRONG_TYPE", field);
            var items = ((Json.Items) value).items();
            for (var i = 0; i < items.size(); i++) {
                var at = i;
                var inner = field + "[" + i + "]";
                var within = new Spoiler(spoiler.bads, part -> spoiler.around.apply("[" + Stream.iterate(0, n -> n + 1)
                        .limit(items.size()).map(n -> n == at ? part : write(items.get(n)))
                        .collect(Collectors.joining(",")) + "]"));
                within.add("null item", "null", "NULL_NOT_ALLOWED", inner);
                value(items.get(i), inner, list.getActualTypeArguments()[0], within);
            }
            return;
        }
        var kind = (Class<?>) type;
        if (kind.isRecord()) {
            spoiler.add("text for object", "\"text\"", "WRONG_TYPE", field);
            spoiler.add("list for object", "[]", "WRONG_TYPE", field);
            members((Json.Members) value, field, kind, spoiler);
            return;
        }
        if (kind == long.class || kind == Long.class || kind == int.class || kind == Integer.class) {
            var wrong = field.endsWith("_fen") ? "NOT_WHOLE_FEN" : "WRONG_TYPE";
            for (var bad : List.of("1.5", "1.0", "1e3", "\"100\"", "true", "[1]", "{\"a\":1}", "-0.0")) {
                spoiler.add(bad, bad, wrong, field);
            }
            // What is changed by an amount may become less.
            var above = field.equals("amount_fen") ? "1000000000001" : "10000000001";
            var below = field.equals("amount_fen") || field.contains("_change") ? "-" + above : "-1";
            for (var bad : List.of(below, above, "9223372036854775808", "9".repeat(26))) {
                spoiler.add(bad, bad, "OUT_OF_RANGE", field);
            }
            return;
        }
        if (kind == boolean.class) {
            for (var bad : List.of("\"true\"", "1", "[]")) {
                spoiler.add(bad, bad, "WRONG_TYPE", field);
            }
            return;
        }
        for (var bad : List.of("1", "1.5", "true", "[\"a\"]", "{\"a\":\"b\"}")) {
            spoiler.add(bad, bad, "WRONG_TYPE", field);
        }
        if (kind == LocalDate.class) {
            for (var bad : List.of("2026-02-30", "20260301", "2026-3-1", "01/03/2026", "", "2026-03-01T00:00:00",
                    "1026-03-01", "+2026-03-01", "9999-12-31", "2026-13-01")) {
                spoiler.add(bad, "\"" + bad + "\"", "NOT_A_DATE", field);
            }
        } else if (kind.isEnum()) {
            for (var bad : List.of("nonsense", "", "INPATIENT", " none")) {
                spoiler.add(bad, "\"" + bad + "\"", "UNKNOWN_WORD", field);
            }
        } else {
            for (var bad : List.of("", " ", "a\\u0000b", "\\ud800", "a\\nb", "字".repeat(300), "\\u200b")) {
                spoiler.add(bad, "\"" + bad + "\"", "TEXT_NOT_ALLOWED", field);
            }
        }
    }

    private static boolean isOmissible(RecordComponent component) {
        var field = component.getAnnotation(Field.class);
        return field != null && field.omissible();
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// The object with one member replaced by the text given, or without it.
    private static String with(Json.Members whole, String name, @org.jspecify.annotations.Nullable String part) {
        var members = new LinkedHashMap<String, String>();
        whole.fields().forEach((key, value) -> members.put(key, write(value)));
        if (part == null) {
            members.remove(name);
        } else {
            members.put(name, part);
        }
        return members.entrySet().stream().map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String write(Json json) {
        return switch (json) {
            case Json.Members(var fields) -> fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\":" + write(field.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            case Json.Items(var items) -> items.stream().map(BadInputTest::write)
                    .collect(Collectors.joining(",", "[", "]"));
            default -> json.shown();
        };
    }
}
