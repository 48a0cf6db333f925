package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.api.pack.PackFiles;

/// Cases of partners that lie beside a pack (合作方算例选项), one folder per partner.
final class PartnerCases {

    @Option(names = "--contracts", paramLabel = "DIR", descriptionKey = "contracts")
    private @Nullable Path beside;

    /// The pack with these cases among its own.
    ///
    /// @throws IOException when the folder cannot be read
    PackFiles with(PackFiles pack) throws IOException {
        if (beside == null) {
            return pack;
        }
        var all = new TreeMap<>(pack.files());
        try (var files = Files.walk(beside)) {
            for (var file : (Iterable<Path>) files.filter(one -> one.toString().endsWith(".yaml"))::iterator) {
                all.put("contracts/" + beside.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return new PackFiles(pack.origin(), all);
    }
}
