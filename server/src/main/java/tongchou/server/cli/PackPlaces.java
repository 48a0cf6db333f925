package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.api.pack.Contracts;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackIdentity;
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

    @Option(names = "--contracts", paramLabel = "DIR", descriptionKey = "contracts")
    private @Nullable Path contracts;

    Packs load(Surroundings surroundings) {
        return load(surroundings, Guard.OPEN, Fetched.NOTHING);
    }

    Packs load(Surroundings surroundings, Guard guard, Fetched fetched) {
        return PackHost.load(new PackHost.Places(directory(surroundings), folders, former, fetched, contracts,
                StartCache.trees(surroundings)), surroundings.version(), guard);
    }

    /// The packs that a pack builds on, and no others; what is not loaded is looked for in the folder beside the pack
    /// that has its name.
    PackLibrary ancestors(PackFiles pack, Surroundings surroundings) {
        return ancestors(pack, outlines(surroundings), surroundings);
    }

    /// The same among outlines that were read before: of the packs that it does not build on nothing more is read.
    PackLibrary ancestors(PackFiles pack, List<PackFiles> outlines, Surroundings surroundings) {
        var places = new HashMap<String, Path>();
        outlines.forEach(one -> places.putIfAbsent(PackIdentity.of(one).id(), Path.of(one.origin())));
        var line = new ArrayList<PackFiles>();
        var child = PackIdentity.of(pack);
        var seen = new HashSet<>(Set.of(child.id()));
        while (!child.parent().isEmpty() && seen.add(child.parent())) {
            var parent = child.parent();
            var place = places.get(parent);
            var found = place == null ? beside(pack, parent) : PackHost.suits(place, surroundings.version())
                    ? PackHost.read(place, new ArrayList<>()).orElse(null) : null;
            if (found == null) {
                break;
            }
            line.add(found);
            child = PackIdentity.of(found);
        }
        return PackLibrary.of(line);
    }

    /// What lies where packs are looked for, each as far as it says what it is; what cannot be read is left out.
    List<PackFiles> outlines(Surroundings surroundings) {
        var outlines = new ArrayList<PackFiles>();
        for (var place : all(surroundings)) {
            try {
                outlines.add(PackFiles.outline(place));
            } catch (IOException | RuntimeException unreadable) {
                // Whoever serves from there is told of it.
                continue;
            }
        }
        return outlines;
    }

    /// The jars where packs are looked for, and what else is named; no jars where they cannot be listed.
    List<Path> all(Surroundings surroundings) {
        var places = new ArrayList<Path>();
        try (var jars = Files.list(directory(surroundings))) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(places::add);
        } catch (IOException unreadable) {
            // Whoever serves from there is told of it.
            places.clear();
        }
        places.addAll(folders);
        return places;
    }

    /// A pack with the cases of partners beside it among its own.
    ///
    /// @throws IOException when their folder cannot be read
    PackFiles withContracts(PackFiles pack) throws IOException {
        return contracts == null ? pack : Contracts.in(contracts).with(pack);
    }

    private static @Nullable PackFiles beside(PackFiles pack, String id) {
        var place = Path.of(pack.origin()).toAbsolutePath().normalize().resolveSibling(id);
        if (!Files.isDirectory(place)) {
            return null;
        }
        return PackHost.read(place, new ArrayList<>()).filter(one -> PackIdentity.of(one).id().equals(id)).orElse(null);
    }

    Path directory(Surroundings surroundings) {
        return packs == null ? surroundings.home().resolve("packs") : packs;
    }

    @Nullable Path given() {
        return packs;
    }
}
