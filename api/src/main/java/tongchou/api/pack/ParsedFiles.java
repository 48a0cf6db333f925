package tongchou.api.pack;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ForkJoinPool;

/// The files of a pack, each parsed once and all of them side by side (已解析的包内文件): YAML, and those tables that were
/// parsed before; other tables are read row by row.
///
/// Reading and settling need nothing but these; worked examples are parsed when somebody asks for one.
final class ParsedFiles {

    private static final String CASES = "cases/";

    private final PackFiles files;
    private final KeptTrees kept;
    private final ConcurrentMap<String, Parsed> parsed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Optional<Tree.Mapping>> tables = new ConcurrentHashMap<>();

    private ParsedFiles(PackFiles files, KeptTrees kept) {
        this.files = files;
        this.kept = kept;
    }

    private record Parsed(Optional<Tree.Mapping> tree, List<Finding> findings) {

        static Parsed of(String file, byte[] bytes) {
            var findings = new Findings();
            return new Parsed(Tree.read(file, bytes, findings), findings.sorted());
        }
    }

    private record Part(ParsedFiles pack, String file) {

        void parse() {
            if (isTable(file)) {
                pack.table(file);
            } else {
                pack.parsed(file);
            }
        }
    }

    /// The files of several packs. They are parsed beside whoever reads them, and at once where a reader comes first.
    ///
    /// @param kept spares parsing what was parsed before
    static List<ParsedFiles> of(Collection<PackFiles> packs, KeptTrees kept) {
        var all = packs.stream().map(pack -> new ParsedFiles(pack, kept)).toList();
        var parts = all.stream().flatMap(pack -> names(pack.files).stream().map(file -> new Part(pack, file))).toList();
        ForkJoinPool.commonPool().execute(() -> parts.forEach(Part::parse));
        return all;
    }

    static ParsedFiles of(PackFiles pack) {
        return new ParsedFiles(pack, KeptTrees.NONE);
    }

    /// The YAML files and tables of a pack but for its worked examples.
    static List<String> names(PackFiles pack) {
        return pack.files().keySet().stream()
                .filter(file -> file.endsWith(".yaml") && !file.startsWith(CASES) || isTable(file)).toList();
    }

    static boolean isTable(String file) {
        return file.endsWith(".csv");
    }

    /// The pack as bytes.
    PackFiles files() {
        return files;
    }

    /// A file that the pack holds; what is wrong with its form goes to the findings.
    Optional<Tree.Mapping> read(String file, Findings findings) {
        var read = parsed(file);
        findings.addAll(read.findings());
        return read.tree();
    }

    /// A table that was parsed before.
    Optional<Tree.Mapping> table(String file) {
        return tables.computeIfAbsent(file, absent -> kept.tree(absent, files.files().get(absent)));
    }

    private Parsed parsed(String file) {
        return parsed.computeIfAbsent(file, absent -> {
            var bytes = files.files().get(absent);
            var tree = kept.tree(absent, bytes);
            return tree.isPresent() ? new Parsed(tree, List.of()) : Parsed.of(absent, bytes);
        });
    }
}
