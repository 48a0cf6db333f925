package tongchou.api.pack;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/// The head of a pack made for a test, `sample` for 2026 with one document `d1`, to which the test adds its files.
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
        return files;
    }

    static void put(TreeMap<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
