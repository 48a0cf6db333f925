package tongchou.api.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.catalogue.Fact;

/// What is kept of packs that were parsed is what parsing them gives, or nothing.
class KeptTreesTest {

    @TempDir
    Path folder;

    private Path kept(PackFiles... packs) throws IOException {
        var place = folder.resolve("kept.trees");
        KeptTrees.keep(Stream.of(packs), place);
        return place;
    }

    private static PackFiles sample() {
        return new PackFiles("sample", SamplePack.files());
    }

    private static Optional<Tree.Mapping> parsed(PackFiles pack, String file) {
        var bytes = pack.files().get(file);
        return ParsedFiles.isTable(file) ? Optional.of(CsvTable.tree(file, bytes, new Findings()))
                : Tree.read(file, bytes, new Findings());
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
        assertEquals(facts(parsed), facts(kept));
        assertEquals(true, facts(kept).size() > 1_000, facts(kept).size() + " facts");
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

    private static List<Fact<?>> facts(PackLibrary library) {
        return library.packs().stream().flatMap(pack -> new TreeMap<>(pack.listings().byArea()).values().stream())
                .<Fact<?>>flatMap(tables -> tables.all().stream()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        // what              | drugs.csv                                                    | finding
        "sound               | code,names,class,from,doc;X1,药,A,2026-01-01,d1               | ''",
        "an unknown column   | code,names,class,from,doc,extra;X1,药,A,2026-01-01,d1,1       | 1  code,names,class,from,doc,extra",
        "a column missing    | code,names,class,from;X1,药,A,2026-01-01                      | 1  code,names,class,from",
        "a column twice      | code,names,names,class,from,doc;X1,药,药,A,2026-01-01,d1       | 1  code,names,names,class,from,doc",
        "a bad day           | code,names,class,from,doc;X1,药,A,2026-13-01,d1               | 2 from 2026-13-01",
        "no rows             | code,names,class,from,extra                                  | ''"})
    void aTableIsReadAlikeWhetherItWasKeptOrNot(String what, String table, String finding) throws IOException {
        var pack = sample();
        SamplePack.put((TreeMap<String, byte[]>) pack.files(), "catalogue/drugs.csv", table.replace(";", "\n") + "\n");
        for (var trees : List.of(KeptTrees.NONE, KeptTrees.at(kept(pack)))) {
            assertEquals(finding, PackLibrary.of(List.of(pack), Contracts.NONE, trees).readings().getFirst().findings()
                    .stream().map(one -> one.line() + " " + one.key() + " " + one.read()).findFirst().orElse(""));
        }
    }

    @Test
    void aFileThatIsVeryLongIsNotKept() throws IOException {
        var pack = sample();
        SamplePack.put((TreeMap<String, byte[]>) pack.files(), "groups.yaml", "groups: {}\n" + "#\n".repeat(1 << 19));
        SamplePack.put((TreeMap<String, byte[]>) pack.files(), "catalogue/drugs.csv",
                "code,names,class,from,doc\n" + "X1,药,A,2026-01-01,d1\n".repeat(1 << 16));
        var bytes = pack.files().get("catalogue/drugs.csv");
        var kept = KeptTrees.at(kept(pack));
        assertEquals(Optional.empty(), kept.tree("catalogue/drugs.csv", bytes));
        assertEquals(Optional.empty(), kept.tree("groups.yaml", pack.files().get("groups.yaml")));
        assertEquals(parsed(pack, "sources.yaml"), kept.tree("sources.yaml", pack.files().get("sources.yaml")));
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
