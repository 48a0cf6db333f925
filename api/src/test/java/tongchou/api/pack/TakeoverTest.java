package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tongchou.api.pack.SamplePack.put;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which pack settles a division on which day, when a county's own pack takes over a part of a province's.
class TakeoverTest {

    /// A province with three areas: a city with all its counties, a county, and a city whose codes are listed.
    private static final String[] PROVINCE = {"city 990100 9901**", "county 990201", "twin 990301 990302"};

    /// A pack for 2026.
    ///
    /// @param replaces as `pack.yaml` has it, empty for none
    /// @param areas each with its name and codes
    private static PackFiles pack(String id, String replaces, String... areas) {
        var files = new TreeMap<String, byte[]>();
        put(files, "pack.yaml", "pack: " + id + "\nversion: 1.0.0\nname: {zh: 某地, en: Somewhere}\n"
                + "covers: {from: 2026-01-01, to: 2026-12-31}\nmaintainers: [someone]\n"
                + (replaces.isEmpty() ? "" : "replaces: [" + replaces + "]\n"));
        for (var area : areas) {
            var words = area.split(" ");
            put(files, "areas/" + words[0] + "/area.yaml", "area: " + words[0] + "\nname: {zh: 某, en: Some}\n"
                    + "divisions: [" + String.join(", ", Arrays.stream(words).skip(1).map(code -> "\"" + code + "\"")
                    .toList()) + "]\n");
        }
        return new PackFiles(id, files);
    }

    private static String said(String pack, String area, String from) {
        return "{pack: " + pack + ", area: " + area + ", from: " + from + "}";
    }

    private static String settles(PackLibrary library, String division, String day) {
        return library.policy(division, LocalDate.parse(day)).map(rules -> rules.policy().pack()).orElse("nobody");
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        // code, day, who settles: the county's own pack from 1 July on, the district of the city's from 1 March on
        "990201, 2026-06-30, province",
        "990201, 2026-07-01, county",
        "990201, 2030-01-01, county",
        "990301, 2026-06-30, province",
        "990301, 2026-07-01, county",
        // the other code of that area, and the other areas, stay
        "990302, 2026-12-31, province",
        "990100, 2026-12-31, province",
        // a district out of a city that names all its districts together
        "990102, 2026-02-28, province",
        "990102, 2026-03-01, district",
        "990103, 2026-12-31, province",
        "990999, 2026-12-31, nobody",
    })
    void anOwnPackSettlesItsCodesFromItsDayOn(String division, String day, String who) {
        var packs = List.of(
                pack("county", said("province", "county", "2026-07-01") + ", " + said("province", "twin", "2026-07-01"),
                        "own 990201 990301"),
                pack("district", said("province", "city", "2026-03-01"), "own 990102"), pack("province", "", PROVINCE));
        // The order in which they lie there makes no difference.
        for (var order : List.of(packs, packs.reversed())) {
            var library = PackLibrary.of(order);
            assertEquals(3, library.packs().size(), () -> library.readings().toString());
            assertEquals(who, settles(library, division, day));
        }
    }

    @Test
    void whatWasTakenOverCanBeTakenOverAgain() {
        var library = PackLibrary.of(List.of(pack("second", said("first", "own", "2026-09-01"), "own 990201"),
                pack("first", said("province", "county", "2026-03-01"), "own 990201"), pack("province", "", PROVINCE)));
        assertEquals("province first first second", String.join(" ", settles(library, "990201", "2026-02-28"),
                settles(library, "990201", "2026-03-01"), settles(library, "990201", "2026-08-31"),
                settles(library, "990201", "2026-09-01")));
        assertEquals(List.of(new Takeover("first", "own", "province", "county", List.of("990201"),
                LocalDate.of(2026, 3, 1)), new Takeover("second", "own", "first", "own", List.of("990201"),
                LocalDate.of(2026, 9, 1))), library.takeovers());
        // What was settled by a pack is looked up in it, whoever has taken over since.
        assertEquals("province", library.policyOf("province", "990201").orElseThrow().policy().pack());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', value = {
        // own code; what it says;                                           key;       what the finding tells to write
        "990201; '';                                                         divisions; {pack: province, area: county, from: 2026-01-01}",
        "990102; '';                                                         divisions; {pack: province, area: city, from: 2026-01-01}",
        "9902**; '';                                                         divisions; {pack: province, area: county, from: 2026-01-01}",
        "990201; {pack: province, area: city, from: 2026-07-01};             divisions; {pack: province, area: county, from: 2026-01-01}",
        "990201; {pack: province, area: nowhere, from: 2026-07-01};          divisions; {pack: province, area: county, from: 2026-01-01}",
        "990888; {pack: province, area: county, from: 2026-07-01};           replaces;  an area of the pack province",
        "990201; {pack: province, area: county, from: 2025-12-31};           replaces[0].from; a day within",
        "990201; {pack: province, area: county};                             replaces[0].from; required",
        "990201; {pack: own, area: county, from: 2026-07-01};                replaces[0].pack; another pack",
    })
    void withoutTheRightWordsTheOwnPackIsNotLoaded(String code, String replaces, String key, String told) {
        var first = code.contains("*") ? code.replace("**", "00") + " " : "";
        var library = PackLibrary.of(List.of(pack("province", "", PROVINCE),
                pack("own", replaces, "own " + first + code)));
        assertEquals(List.of("province"), library.packs().stream().map(Pack::id).toList());
        var findings = library.readings().getLast().findings();
        assertTrue(findings.stream().anyMatch(one -> one.key().equals(key) && one.expectedEn().contains(told)),
                () -> String.join("\n", findings.stream().map(one -> one.line(false)).toList()));
    }

    @Test
    void twoPacksDoNotTakeOverTheSame() {
        var words = said("province", "county", "2026-07-01");
        var library = PackLibrary.of(List.of(pack("province", "", PROVINCE), pack("one", words, "own 990201"),
                pack("other", words, "own 990201")));
        assertEquals(List.of("province", "one"), library.packs().stream().map(Pack::id).toList());
        var finding = library.readings().getLast().findings().getFirst();
        assertTrue(finding.expectedEn().contains("own of pack one does since 2026-07-01"), finding.line(false));
        // And not before the one from which it takes over.
        var early = PackLibrary.of(List.of(pack("province", "", PROVINCE), pack("one", words, "own 990201"),
                pack("other", said("one", "own", "2026-07-01"), "own 990201")));
        assertEquals(List.of("province", "one"), early.packs().stream().map(Pack::id).toList());
    }

    @Test
    void aPackThatIsNotThereIsNamedAndTheOwnOneServesFromItsDayOn() {
        var library = PackLibrary.of(List.of(pack("own", said("province", "county", "2026-07-01"), "own 990201")));
        assertEquals("nobody own", settles(library, "990201", "2026-06-30") + " "
                + settles(library, "990201", "2026-07-01"));
        assertEquals(List.of("WARNING replaces"), library.readings().getFirst().findings().stream()
                .map(one -> one.severity() + " " + one.key()).toList());
    }

    @Test
    void packsThatWaitForEachOtherAreBothLeftOut() {
        var library = PackLibrary.of(List.of(pack("one", said("other", "own", "2026-07-01"), "own 990201"),
                pack("other", said("one", "own", "2026-07-01"), "own 990201")));
        assertEquals(List.of("replaces", "replaces"), library.readings().stream()
                .map(one -> one.findings().getFirst().key()).toList());
    }

    /// What `check-pack` says before a server has to choose.
    static Stream<Arguments> neighbours() {
        var province = pack("province", "", PROVINCE);
        var taken = pack("other", said("province", "county", "2026-07-01"), "own 990201");
        return Stream.of(
                at(pack("own", "", "own 990201"), List.of(province), "WARNING divisions 990201"),
                at(pack("own", said("province", "county", "2026-07-01"), "own 990201"), List.of(province)),
                at(pack("own", said("province", "twin", "2026-07-01"), "own 990301"), List.of(province),
                        "WARNING replaces " + said("province", "twin", "2026-07-01")),
                at(pack("own", said("province", "nowhere", "2026-07-01"), "own 990999"), List.of(province),
                        "ERROR replaces " + said("province", "nowhere", "2026-07-01")),
                at(pack("own", said("province", "county", "2026-07-01"), "own 990201"), List.of(province, taken),
                        "ERROR replaces 990201"),
                at(pack("own", said("elsewhere", "county", "2026-07-01"), "own 990999"), List.of(province),
                        "WARNING replaces " + said("elsewhere", "county", "2026-07-01")),
                at(pack("province", "", PROVINCE), List.of(province)));
    }

    private static Arguments at(PackFiles own, List<PackFiles> beside,
            String... found) {
        return Arguments.of(own, beside, List.of(found));
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void anAuthorIsToldOfThePacksBeside(PackFiles own, List<PackFiles> beside, List<String> found) {
        assertEquals(found, Neighbours.of(own, beside).stream()
                .map(one -> one.severity() + " " + one.key() + " " + one.read()).toList());
    }
}
