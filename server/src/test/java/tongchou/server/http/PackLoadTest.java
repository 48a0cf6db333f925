package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.PackLoads;

/// New versions of a pack while the server goes on: beside the old one, without a failed request, or refused.
class PackLoadTest {

    /// 5,000.00 yuan of class A in the county hospital.
    private static final String CLAIM = """
            {"key": "%s", "member": "demo-resident-contracted", "institution": "H99990100001",
             "encounter": {"care": "inpatient", "from": "2026-03-02", "to": "2026-03-09"}, "total_fen": 500000,
             "lines": [{"item": "care", "amount_fen": 500000, "class": "a"}]%s}""";

    private static final String SOMEBODY_ELSE = CLAIM.replace("demo-resident-contracted", "demo-resident-adult");

    private static final String BENEFIT = "areas/sample/benefits/resident-inpatient.yaml";

    @TempDir
    private Path directory;

    private Path pack = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        pack = directory.resolve("pack");
        try (var files = Files.walk(TestSite.FIXTURE)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = pack.resolve(TestSite.FIXTURE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private TestSite site(boolean activation) {
        return new TestSite(directory, book -> book, null, 0, new TwoPersons(0, activation), List.of(pack));
    }

    /// Another version, in which 75% became another share.
    private void version(String version, String share) throws IOException {
        edit("pack.yaml", "(?m)^version: .*", "version: " + version);
        edit(BENEFIT, "(when: \\[二级\\], ratio: )\"[0-9]+%\"", "$1\"" + share + "\"");
    }

    private void edit(String file, String pattern, String by) throws IOException {
        var path = pack.resolve(file);
        var before = Files.readString(path);
        var after = before.replaceAll(pattern, by);
        assertTrue(before.matches("(?s).*" + pattern + ".*"), file + " holds no " + pattern);
        Files.writeString(path, after);
    }

    private static TestSite.Reply as(TestSite site, Role role, String scope, String path, String body) {
        return site.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "application/json", "Authorization", "Bearer " + site.key(role, scope)));
    }

    private static TestSite.Reply hospital(TestSite site, String path, String body) {
        return as(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, path, body);
    }

    private static TestSite.Reply load(TestSite site, String more) {
        return as(site, Role.ADMINISTRATOR, "", "/v1/pack-loads", "{\"reason\": \"新版本\"" + more + "}");
    }

    private static String version(TestSite.Reply settled) {
        assertTrue(settled.status() < 300, settled.body());
        return settled.at("pack", "version");
    }

    @Test
    void aNewVersionIsLoadedBesideTheOld() throws IOException {
        try (var site = site(false)) {
            var first = hospital(site, "/v1/settlements", CLAIM.formatted("k1", ""));
            assertEquals("1.0.0", version(first));
            var quote = hospital(site, "/v1/settlements/preview", CLAIM.formatted("k2", "")).at("quote");
            assertEquals("{\"loads\":[]}", load(site, "").body());
            version("1.1.0", "60%");
            var loaded = load(site, "");
            assertEquals("200 fixture 1.1.0", loaded.status() + " " + loaded.at("loads", "0", "pack") + " "
                    + loaded.at("loads", "0", "version"), loaded.body());
            assertEquals("1.1.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k3", ""))));
            // What was booked by the old version is read as it was; its quote books nothing else than it said.
            assertEquals(first.body(), hospital(site, "/v1/settlements", CLAIM.formatted("k1", "")).body());
            var bound = hospital(site, "/v1/settlements",
                    CLAIM.formatted("k2", ", \"quote\": \"" + quote + "\""));
            assertEquals("409 QUOTE_CHANGED", bound.status() + " " + bound.at("code"), bound.body());
            assertTrue(bound.body().contains("fixture 1.0.0 ") && bound.body().contains("fixture 1.1.0 "),
                    bound.body());
            var history = site.get("/v1/pack-loads");
            assertEquals("1.1.0 true", history.at("loads", "0", "version") + " " + history.at("loads", "0", "held"));
            // A lower version needs force.
            version("1.0.9", "65%");
            var lower = load(site, "");
            assertEquals("422 PACKS_NOT_LOADED", lower.status() + " " + lower.at("code"), lower.body());
            assertTrue(lower.body().contains("1.0.9") && lower.body().contains("1.1.0"), lower.body());
            assertEquals("200", "" + load(site, ", \"allow_lower\": [\"fixture\"]").status());
            assertEquals("1.0.9", version(hospital(site, "/v1/settlements", CLAIM.formatted("k4", ""))));
            assertEquals(List.of("1.1.0 false", "1.0.9 true"), site.book.oversight().loads().all().stream()
                    .map(one -> one.version() + " " + one.forced()).toList());
        }
    }

    @Test
    void aBrokenVersionIsRefusedWithItsFindingsAndTheOldStays() throws IOException {
        try (var site = site(false)) {
            version("1.1.0", "175%");
            var refused = load(site, "");
            assertEquals("422 PACKS_NOT_LOADED", refused.status() + " " + refused.at("code"), refused.body());
            assertTrue(refused.body().contains("fixture " + BENEFIT + ":") && refused.body().contains("175%"),
                    refused.body());
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k1", ""))));
            Files.move(pack, directory.resolve("elsewhere"));
            assertEquals(422, load(site, "").status());
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k2", ""))));
            assertEquals(List.of(), site.book.oversight().loads().all().stream().map(PackLoads.Load::version).toList());
            assertEquals(403, as(site, Role.BUREAU_SUPERVISOR, "999901", "/v1/pack-loads", "{\"reason\":\"x\"}")
                    .status());
        }
    }

    /// A partner's case beside the pack: (5,000 - 400) x 75% = 3,450.
    @Test
    void aVersionThatAltersWhatAPartnerReliesOnNamesThePartner() throws IOException {
        var contract = directory.resolve("contracts/his-a/stay.yaml");
        Files.createDirectories(contract.getParent());
        Files.writeString(contract, """
                cases:
                  - case: 结算接口回归
                    origin: hand
                    area: sample
                    person: {scheme: resident, status: adult, born: 1980-05-01}
                    institution: {tier: secondary}
                    encounters:
                      - care: inpatient
                        from: 2026-03-02
                        to: 2026-03-09
                        bill: {in-scope: "5000.00"}
                        expect: {pooled: "3450.00"}
                    working: (5000 - 400) x 75% = 3450
                """);
        try (var site = site(false)) {
            assertEquals(1, site.packs.loaded().size(), () -> site.packs.left().toString());
            version("1.1.0", "60%");
            var refused = load(site, "");
            assertEquals("422 PACKS_NOT_LOADED", refused.status() + " " + refused.at("code"), refused.body());
            assertTrue(refused.body().contains("his-a") && refused.body().contains("2760.00"), refused.body());
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k1", ""))));
            // Once the partner agrees, the version loads.
            Files.writeString(contract, Files.readString(contract).replace("3450.00", "2760.00"));
            assertEquals(200, load(site, "").status());
        }
        // A start with an altered version leaves the pack out, and says of cases that are nobody's whose they are.
        version("1.2.0", "61%");
        Files.writeString(contract.resolveSibling("other.yaml"), "cases: [{case: 别处, area: nowhere}]\n");
        try (var site = site(false)) {
            assertEquals(List.of(), site.packs.loaded());
            assertEquals("[ERROR vendor his-a, WARNING contracts/his-a/other.yaml nowhere]", site.packs.left().stream()
                    .flatMap(left -> left.findings().stream()).map(one -> one.key().contains("vendor his-a")
                    ? one.severity() + " vendor his-a" : one.severity() + " " + one.file() + " " + one.read())
                    .sorted().toList().toString());
        }
    }

    @Test
    void theVersionInForceBooksUntilTwoPersonsActivateTheNewOne() throws IOException {
        try (var site = site(true)) {
            activate(site, "1.0.0");
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k1", ""))));
            version("1.1.0", "60%");
            assertEquals(200, load(site, "").status());
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k2", ""))));
            activate(site, "1.1.0");
            assertEquals("1.1.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k3", ""))));
            // And back, without loading anything.
            activate(site, "1.0.0");
            assertEquals("1.0.0", version(hospital(site, "/v1/settlements", CLAIM.formatted("k4", ""))));
        }
    }

    private static void activate(TestSite site, String version) {
        var asked = as(site, Role.BUREAU_SUPERVISOR, "999901", "/v1/packs/fixture/activation", "{\"key\": \"a" + version
                + System.nanoTime() + "\", \"version\": \"" + version + "\", \"force\": true, \"reason\": \"启用\"}");
        assertEquals(202, asked.status(), asked.body());
        var confirmed = as(site, Role.BUREAU_SUPERVISOR, "999900", "/v1/approvals/" + asked.at("id") + "/confirm",
                "{}");
        assertEquals("done", confirmed.at("state"), confirmed.body());
    }

    /// Two callers preview and book without a pause while the pack changes four times: every request is answered, by
    /// one version as a whole; also where two persons have to activate each.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noRequestFailsWhileVersionsChange(boolean twoPersons) throws Exception {
        var shares = new TreeMap<String, String>();
        try (var site = site(twoPersons); var threads = Executors.newFixedThreadPool(2)) {
            var over = new AtomicBoolean();
            var number = new AtomicInteger();
            Callable<Map<String, Integer>> booking = () -> {
                var seen = new TreeMap<String, Integer>();
                while (!over.get()) {
                    var reply = hospital(site, "/v1/settlements/preview", SOMEBODY_ELSE.formatted("own", ""));
                    var booked = hospital(site, "/v1/settlements", CLAIM.formatted("b" + number.incrementAndGet(), ""));
                    seen.merge("booked " + booked.status(), 1, Integer::sum);
                    seen.merge(reply.status() + " " + reply.at("pack", "version") + " "
                            + reply.at("amounts", "fund_fen"), 1, Integer::sum);
                }
                return seen;
            };
            if (twoPersons) {
                activate(site, "1.0.0");
            }
            var work = List.of(threads.submit(booking), threads.submit(booking));
            for (var i = 1; i <= 4; i++) {
                version("1." + i + ".0", (60 + i) + "%");
                assertEquals(200, load(site, "").status());
                if (twoPersons) {
                    activate(site, "1." + i + ".0");
                }
                var one = hospital(site, "/v1/settlements/preview", SOMEBODY_ELSE.formatted("own", ""));
                shares.put("200 1." + i + ".0 " + one.at("amounts", "fund_fen"), "1." + i + ".0");
                assertEquals("1." + i + ".0", version(one));
            }
            over.set(true);
            var seen = new TreeMap<String, Integer>();
            for (var one : work) {
                one.get().forEach((answer, count) -> seen.merge(answer, count, Integer::sum));
            }
            // Every answer is one of the versions with its own amount; the first version's stands besides.
            var strange = seen.keySet().stream().filter(answer -> !shares.containsKey(answer)
                    && !answer.startsWith("200 1.0.0 ") && !answer.equals("booked 201")).toList();
            assertEquals(List.of(), strange, seen.toString());
            assertTrue(seen.values().stream().mapToInt(Integer::intValue).sum() >= 4, seen.toString());
        }
    }
}
