package tongchou.server.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackLibrary;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;

/// The options that say where packs lie (政策包位置), the same for every command.
final class PackPlaces {

    @Option(names = "--packs", paramLabel = "DIR")
    private @Nullable Path packs;

    @Option(names = "--pack", paramLabel = "DIR|JAR")
    private List<Path> folders = List.of();

    @Option(names = "--former-packs", paramLabel = "DIR|JAR")
    private List<Path> former = List.of();

    Packs load(Surroundings surroundings) {
        return load(surroundings, Guard.OPEN, Fetched.NOTHING);
    }

    Packs load(Surroundings surroundings, Guard guard, Fetched fetched) {
        return PackHost.load(new PackHost.Places(directory(surroundings), folders, former, fetched),
                surroundings.version(), guard);
    }

    /// The packs that a pack builds on, and no others.
    PackLibrary ancestors(PackFiles pack, Surroundings surroundings) {
        var all = PackHost.files(new PackHost.Places(directory(surroundings), folders, List.of(), Fetched.NOTHING),
                surroundings.version());
        return PackLibrary.of(PackLibrary.ancestors(pack, all));
    }

    Path directory(Surroundings surroundings) {
        return packs == null ? surroundings.home().resolve("packs") : packs;
    }

    @Nullable Path given() {
        return packs;
    }
}
