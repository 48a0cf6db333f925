package tongchou.api.pack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/// A pack made for a test (样例包): `sample` for 2026 with one document `d1` and one area `a`, to which the test adds
/// what it is about.
final class SamplePack {

    private SamplePack() {
    }

    static TreeMap<String, byte[]> files() {
        var files = new TreeMap<String, byte[]>();
        put(files, "pack.yaml", """
                pack: sample
                version: 1.0.0
                name: {zh: 样例, en: Sample}
                covers: {from: 2026-01-01, to: 2026-12-31}
                maintainers: [someone]
                """);
        put(files, "sources.yaml", """
                documents:
                  - {id: d1, title: 办法, number: 一号, issuer: 医保局, issued: 2025-12-01, grade: official}
                """);
        put(files, "areas/a/area.yaml", "area: a\nname: {zh: 甲市, en: A}\ndivisions: [\"999801\"]\n");
        return files;
    }

    /// A benefit from the first day, with a pooled fund on what is in scope.
    ///
    /// @param applies names of groups, parted by commas
    /// @param layer the further keys of the layer, and further layers, indented as they stand in a benefit
    static String benefit(String name, String applies, String layer) {
        return """
                benefit: %s
                name-en: A benefit
                applies: [%s]
                from: 2026-01-01
                source: {doc: d1, article: 第一条}
                layers:
                  - layer: 统筹基金
                    name-en: Pooled fund
                    payer: pooled
                    base: [in-scope]
                """.formatted(name, applies) + layer;
    }

    /// Everything that a check finds.
    static List<Finding> findings(TreeMap<String, byte[]> files) {
        return findings(files, PackLibrary.of(List.of()));
    }

    /// The same of a pack that builds on one of a library.
    static List<Finding> findings(TreeMap<String, byte[]> files, PackLibrary library) {
        return PackChecker.check(new PackFiles("sample", files), library).findings();
    }

    static void put(TreeMap<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
