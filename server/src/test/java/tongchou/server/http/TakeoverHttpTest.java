package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Role;
import tongchou.server.audit.Recomputation;
import tongchou.server.demo.DemoCounty;
import tongchou.server.packs.PackHost;
import tongchou.storage.Inspection;

/// A county's own pack takes over an area of a pack that serves, while the server goes on.
class TakeoverHttpTest {

    private static final String CLAIM = """
            {"key": "%s", "member": "demo-resident-%s", "institution": "H99990100001",
             "encounter": {"care": "inpatient", "from": "2026-03-02", "to": "%s"}, "total_fen": 500000,
             "lines": [{"item": "care", "amount_fen": 500000, "class": "a"}]}""";

    @TempDir
    private Path directory;

    /// The fixture once more under another name, with 80% instead of 75% in secondary hospitals.
    private Path own(String replaces) throws IOException {
        var pack = directory.resolve("own");
        try (var files = Files.walk(TestSite.FIXTURE)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = pack.resolve(TestSite.FIXTURE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file)
                        .replace("when: [二级], ratio: \"75%\"}", "when: [二级], ratio: \"80%\"}")
                        .replace("pack: fixture\n", "pack: own\n" + replaces));
            }
        }
        return pack;
    }

    private static final String FROM_TENTH = "replaces: [{pack: fixture, area: sample, from: 2026-03-10}]\n";

    private TestSite site(boolean activation) {
        return new TestSite(directory, book -> book, null, 0, new TwoPersons(0, activation),
                List.of(TestSite.FIXTURE, directory.resolve("own")));
    }

    private static TestSite.Reply as(TestSite site, Role role, String scope, String path, String body) {
        return site.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type",
                "application/json", "Authorization", "Bearer " + site.key(role, scope)));
    }

    /// Books a stay of 5,000.00 yuan in the county hospital and says by which pack and what the pooled fund pays.
    private static String book(TestSite site, String key, String who, String last) {
        var reply = as(site, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL, "/v1/settlements",
                CLAIM.formatted(key, who, last));
        return reply.status() == 201 ? reply.at("pack", "id") + " " + reply.at("amounts", "fund_fen") : reply.body();
    }

    private static TestSite.Reply load(TestSite site) {
        return as(site, Role.ADMINISTRATOR, "", "/v1/pack-loads", "{\"reason\": \"自己的政策包\"}");
    }

    /// 5,000 - 400 = 4,600; x 75% = 3,450.00, x 80% = 3,680.00. For a second person the same.
    @Test
    void theOwnPackSettlesFromItsDayOnAndWhatTheOtherBookedStaysProven() throws IOException {
        try (var site = site(false)) {
            // Booked by the shipped pack, though it binds on a day that the own pack takes over later.
            assertEquals("fixture 345000", book(site, "k1", "adult", "2026-03-10"));
            own(FROM_TENTH);
            assertEquals("own", load(site).at("loads", "0", "pack"));
            assertEquals("fixture 345000", book(site, "k2", "pupil", "2026-03-09"));
            assertEquals("own 368000", book(site, "k3", "elderly", "2026-03-10"));

            var shipped = site.get("/v1/packs/fixture");
            assertEquals("own sample 999901 2026-03-10", shipped.at("areas", "0", "replaced_by", "0", "pack") + " "
                    + shipped.at("areas", "0", "replaced_by", "0", "area") + " "
                    + shipped.at("areas", "0", "replaced_by", "0", "divisions", "0") + " "
                    + shipped.at("areas", "0", "replaced_by", "0", "from"), shipped.body());
            var packs = site.get("/v1/packs/own");
            assertEquals("fixture 2026-03-10", packs.at("areas", "0", "replaces", "0", "pack") + " "
                    + packs.at("areas", "0", "replaces", "0", "from"), packs.body());

            // I10: each settlement is settled again by the pack that it names.
            var again = new Recomputation(PackHost.load(null, List.of(TestSite.FIXTURE, directory.resolve("own")),
                    "0.1.0"), "0.1.0");
            assertEquals(List.of(), site.book.verify(Inspection.FIRST_DIFFERENCE.recomputing(again)));
            assertEquals("3 0", again.compared() + " " + again.left());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        // what the own pack says;                                                  what the answer tells
        "'';                                                                        replaces: [{pack: fixture, area: sample, from: 2024-01-01}]",
        "replaces: [{pack: fixture, area: other, from: 2026-03-10}];                an area of the pack fixture",
        "replaces: [{pack: fixture, area: sample, from: 10.3.2026}];                2024-01-01",
    })
    void anOwnPackThatDoesNotSaySoIsRefusedWithWhatToWrite(String replaces, String told) throws IOException {
        try (var site = site(false)) {
            own(replaces.isEmpty() ? "" : replaces + "\n");
            var refused = site.send("POST", "/v1/pack-loads", "{\"reason\": \"x\"}".getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/json", "Accept-Language", "en", "Authorization",
                            "Bearer " + site.key(Role.ADMINISTRATOR, "")));
            assertEquals("422 PACKS_NOT_LOADED", refused.status() + " " + refused.at("code"), refused.body());
            assertTrue(refused.body().contains(told), refused.body());
            assertEquals("fixture 345000", book(site, "k1", "adult", "2026-03-10"));
        }
    }

    /// A pack of which no version is in force takes over nothing, also after a new start.
    @Test
    void whereTwoPersonsActivateTheTakeoverWaitsForThem() throws IOException {
        own(FROM_TENTH);
        try (var site = site(true)) {
            activate(site, "fixture");
            assertEquals("fixture 345000", book(site, "k1", "adult", "2026-03-10"));
            activate(site, "own");
            assertEquals("own 368000", book(site, "k2", "elderly", "2026-03-10"));
            assertEquals("fixture 345000", book(site, "k3", "pupil", "2026-03-09"));
        }
    }

    private static void activate(TestSite site, String pack) {
        var asked = as(site, Role.BUREAU_SUPERVISOR, "999901", "/v1/packs/" + pack + "/activation",
                "{\"key\": \"a-" + pack + "\", \"version\": \"1.0.0\", \"reason\": \"启用\"}");
        assertEquals(202, asked.status(), asked.body());
        assertEquals("done", as(site, Role.BUREAU_SUPERVISOR, "999900", "/v1/approvals/" + asked.at("id") + "/confirm",
                "{}").at("state"));
    }
}
