package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every pack of this repository is free of findings, and every worked example comes out to the fen.
class ShippedPacksTest {

    static Stream<PackFiles> packs() {
        return ShippedPacks.all();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void a_pack_is_clean_and_its_cases_come_out(PackFiles files) {
        var check = PackChecker.check(files, ShippedPacks.LIBRARY);
        var report = String.join("\n", check.findings().stream().map(finding -> finding.line(false)).toList());
        assertEquals("", report, files.origin());
        assertEquals(check.cases(), check.passed(), files.origin());
        System.out.println(check.pack() + ": " + check.passed() + " cases");
    }

    @Test
    void the_packs_of_this_release_are_there() {
        var ids = ShippedPacks.LIBRARY.packs().stream().map(Pack::id).toList();
        assertTrue(ids.containsAll(List.of("national", "beijing", "shanghai", "guangdong", "zhejiang",
                "jiangsu", "chongqing", "anhui", "ningxia", "fujian", "hubei", "shandong", "sichuan", "henan", "gansu",
                "example-county")), ids.toString());
    }

    @Test
    void the_county_builds_on_its_province_and_says_that_it_is_a_demonstration() {
        var county = ShippedPacks.LIBRARY.pack("example-county").orElseThrow();
        assertEquals("zhejiang", county.parent().id());
        assertEquals("national", county.parent().parent().id());
        assertTrue(county.demonstration());
    }

    @Test
    void the_hash_changes_with_any_file_and_with_the_parent() throws Exception {
        var files = PackFiles.of(Path.of("..", "policy-packs", "national"));
        var changed = new java.util.TreeMap<>(files.files());
        changed.merge("groups.yaml", new byte[] {'#'}, (old, added) -> {
            var longer = java.util.Arrays.copyOf(old, old.length + 1);
            longer[old.length] = added[0];
            return longer;
        });
        var hashes = List.of(files.hash(""), files.hash("parent"), new PackFiles("", changed).hash(""));
        assertEquals(3, hashes.stream().distinct().count(), hashes.toString());
        assertEquals(files.hash(""), PackFiles.of(Path.of("..", "policy-packs", "national")).hash(""));
    }
}
