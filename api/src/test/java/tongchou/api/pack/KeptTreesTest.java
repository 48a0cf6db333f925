package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of packs that were parsed is what parsing them gives, or nothing.
class KeptTreesTest {

    @TempDir
    Path folder;

    private Path kept(PackFiles... packs) throws IOException {
        var place = folder.resolve("kept.trees");
        KeptTrees.keep(List.of(packs), place);
        return place;
    }

    private static PackFiles sample() {
        return new PackFiles("sample", SamplePack.files());
    }

    private static Optional<Tree.Mapping> parsed(PackFiles pack, String file) {
        return Tree.read(file, pack.files().get(file), new Findings());
    }

    @Test
    void everyShippedFileComesBackAsItIsParsed() throws IOException {
        var kept = KeptTrees.at(kept(ShippedPacks.SHIPPED.toArray(PackFiles[]::new)));
        var files = 0;
        for (var pack : ShippedPacks.SHIPPED) {
            for (var file : ParsedFiles.names(pack)) {
                assertEquals(parsed(pack, file), kept.tree(file, pack.files().get(file)), pack.origin() + " " + file);
                files++;
            }
        }
        assertEquals(true, files > 200, "only " + files + " files");
    }

    @Test
    void packsReadFromWhatWasKeptAreTheSame() throws IOException {
        var kept = PackLibrary.of(ShippedPacks.SHIPPED, Contracts.NONE,
                KeptTrees.at(kept(ShippedPacks.SHIPPED.toArray(PackFiles[]::new))));
        var parsed = PackLibrary.of(ShippedPacks.SHIPPED);
        assertEquals(parsed.packs().stream().map(Pack::policies).toList(),
                kept.packs().stream().map(Pack::policies).toList());
        assertEquals(parsed.packs().stream().map(Pack::parameters).toList(),
                kept.packs().stream().map(Pack::parameters).toList());
        assertEquals(parsed.readings().stream().map(Reading::findings).toList(),
                kept.readings().stream().map(Reading::findings).toList());
    }

    @Test
    void aFileThatWasChangedIsParsedAgain() throws IOException {
        var kept = KeptTrees.at(kept(sample()));
        var changed = sample();
        SamplePack.put((TreeMap<String, byte[]>) changed.files(), "sources.yaml", new String(
                sample().files().get("sources.yaml"), java.nio.charset.StandardCharsets.UTF_8).replace("d1", "d2"));
        assertEquals(parsed(sample(), "sources.yaml"), kept.tree("sources.yaml", sample().files().get("sources.yaml")));
        assertEquals(Optional.empty(), kept.tree("sources.yaml", changed.files().get("sources.yaml")));
        assertEquals(Optional.empty(), kept.tree("groups.yaml", sample().files().get("sources.yaml")));
    }

    @Test
    void aFileInWhichSomethingIsWrongIsNotKept() throws IOException {
        var twice = sample();
        SamplePack.put((TreeMap<String, byte[]>) twice.files(), "groups.yaml", "groups: {}\ngroups: {}\n");
        assertEquals(Optional.empty(), KeptTrees.at(kept(twice)).tree("groups.yaml", twice.files().get("groups.yaml")));
    }

    @Test
    void whatIsCutOffOrAlteredAnywhereKeepsNothing() throws IOException {
        var place = kept(sample());
        var whole = Files.readAllBytes(place);
        var bytes = sample().files().get("pack.yaml");
        assertEquals(parsed(sample(), "pack.yaml"), KeptTrees.at(place).tree("pack.yaml", bytes));
        for (var at = 0; at < whole.length; at++) {
            var altered = whole.clone();
            altered[at] ^= 4;
            Files.write(place, altered);
            assertEquals(Optional.empty(), KeptTrees.at(place).tree("pack.yaml", bytes), "altered at " + at);
            Files.write(place, java.util.Arrays.copyOf(whole, at));
            assertEquals(Optional.empty(), KeptTrees.at(place).tree("pack.yaml", bytes), "cut off at " + at);
        }
        assertEquals(Optional.empty(), KeptTrees.at(folder.resolve("nowhere")).tree("pack.yaml", bytes));
    }
}
