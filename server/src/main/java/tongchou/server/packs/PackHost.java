package tongchou.server.packs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.pf4j.JarPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginRuntimeException;
import tongchou.api.pack.Contracts;
import tongchou.api.pack.Finding;
import tongchou.api.pack.KeptTrees;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackIdentity;
import tongchou.api.pack.PackLibrary;

/// The host of policy packs (政策包宿主): reads the plug-in jars of a directory through PF4J, and plain folders besides.
///
/// Whatever cannot be read is left out and reported; the others load.
public final class PackHost {

    private static final System.Logger LOG = System.getLogger(PackHost.class.getName());

    private final String version;
    private final Guard guard;
    private final List<PackFiles> files = new ArrayList<>();
    private final List<Packs.Left> unread = new ArrayList<>();

    private PackHost(String version, Guard guard) {
        this.version = version;
        this.guard = guard;
    }

    /// Reads every pack.
    ///
    /// @param directory where the jars lie; null for none
    /// @param folders further packs: folders or jars that somebody names
    /// @param version the version of this Tongchou, which packs ask for
    public static Packs load(@Nullable Path directory, List<Path> folders, String version) {
        return load(directory, folders, List.of(), version);
    }

    /// Reads every pack, and sets of former versions for settlements that were settled by them.
    ///
    /// @param former a directory or jar of packs for each set, complete with the packs they build on
    public static Packs load(@Nullable Path directory, List<Path> folders, List<Path> former, String version) {
        return load(new Places(directory, folders, former, Fetched.NOTHING), version, Guard.OPEN);
    }

    /// Where packs are.
    ///
    /// @param directory where the jars lie; null for none
    /// @param folders further packs: folders or jars that somebody names
    /// @param former a directory or jar of former packs for each set, complete with the packs they build on
    /// @param fetched what repositories gave
    /// @param contracts folder of cases of partners, which no version may alter; null for none
    /// @param kept what of the packs was parsed before
    public record Places(@Nullable Path directory, List<Path> folders, List<Path> former, Fetched fetched,
            @Nullable Path contracts, KeptTrees kept) {

        /// Packs without cases beside them, of which nothing was parsed before.
        public Places(@Nullable Path directory, List<Path> folders, List<Path> former, Fetched fetched) {
            this(directory, folders, former, fetched, null, KeptTrees.NONE);
        }
    }

    /// Reads every pack that a guard lets pass, the former ones like the others.
    public static Packs load(Places places, String version, Guard guard) {
        var sets = places.former().stream().map(set -> load(new Places(set, isPack(set) ? List.of(set) : packsIn(set),
                List.of(), Fetched.NOTHING), version, guard)).toList();
        var host = host(places, version, guard);
        var library = PackLibrary.of(host.files, host.contracts(places.contracts()), places.kept());
        if (!library.strayContracts().isEmpty()) {
            host.unread.add(Packs.Left.of(String.valueOf(places.contracts()), library.strayContracts()));
        }
        var packs = new Packs(library, host.files, host.unread, sets);
        report(packs);
        return packs;
    }

    private Contracts contracts(@Nullable Path folder) {
        try {
            return folder == null ? Contracts.NONE : Contracts.in(folder);
        } catch (IOException unreadable) {
            unread.add(Packs.Left.of(String.valueOf(folder), List.of(new Finding(Finding.Severity.ERROR,
                    String.valueOf(folder), 0, "", "", "可读的合作方算例目录", "a folder of partners' cases"))));
            return Contracts.NONE;
        }
    }

    private static PackHost host(Places places, String version, Guard guard) {
        var host = new PackHost(version, guard);
        if (places.directory() != null && Files.isDirectory(places.directory())) {
            host.jars(places.directory());
        }
        for (var folder : places.folders()) {
            host.read(folder);
        }
        host.add(places.fetched().through(guard));
        return host;
    }

    /// Adds what repositories gave; of a pack that is here as well the higher version stays.
    private void add(Fetched fetched) {
        unread.addAll(fetched.left());
        for (var pack : fetched.packs()) {
            var identity = PackIdentity.of(pack);
            var here = files.stream().filter(one -> PackIdentity.of(one).id().equals(identity.id())).toList();
            if (here.stream().noneMatch(one -> PackSwitch.isLower(identity.version(),
                    PackIdentity.of(one).version()))) {
                files.removeAll(here);
                files.add(pack);
            }
        }
    }

    /// Whether packs that ask for some versions of Tongchou work with this one.
    ///
    /// @param requires as PF4J writes it, for example `>=0.1.0 & <0.2.0`
    public static boolean suits(String requires, String version) {
        try {
            return new DefaultVersionManager().checkVersionConstraint(version, requires);
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /// Whether a pack says that it works with this version of Tongchou; a folder says nothing and does.
    ///
    /// @param place a folder or a jar
    public static boolean suits(Path place, String version) {
        if (Files.isDirectory(place)) {
            return true;
        }
        try (var jar = new JarFile(place.toFile())) {
            var manifest = jar.getManifest();
            var requires = manifest == null ? null : manifest.getMainAttributes().getValue("Plugin-Requires");
            return requires == null || suits(requires, version);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isPack(Path place) {
        return Files.isRegularFile(place) || Files.exists(place.resolve("pack.yaml"))
                || Files.exists(place.resolve("data").resolve("pack.yaml"));
    }

    /// The folders in a directory that are packs; its jars are read besides.
    private static List<Path> packsIn(Path directory) {
        try (var paths = Files.list(directory)) {
            return paths.filter(Files::isDirectory).filter(PackHost::isPack).sorted().toList();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the directory {0} of former packs cannot be read", directory);
            return List.of();
        }
    }

    /// Reads one pack without its neighbours.
    ///
    /// @return nothing when it cannot be read; `findings` then says why
    public static Optional<PackFiles> read(Path place, List<Finding> findings) {
        try {
            return Optional.of(PackFiles.of(place));
        } catch (IOException | RuntimeException unreadable) {
            findings.add(unreadable(place, unreadable));
            return Optional.empty();
        }
    }

    private void jars(Path directory) {
        var manager = new JarPluginManager(directory) {
            @Override
            protected PluginDescriptorFinder createPluginDescriptorFinder() {
                return new ManifestPluginDescriptorFinder();
            }
        };
        manager.setSystemVersion(version);
        // A jar that is turned away never comes into the hands of PF4J, which would run what is in it.
        var judged = new HashMap<Path, PackFiles>();
        if (guard == Guard.OPEN) {
            manager.loadPlugins();
        } else {
            for (var jar : list(directory)) {
                read(jar, guard).ifPresent(pack -> {
                    judged.put(jar, pack);
                    manager.loadPlugin(jar);
                });
            }
        }
        manager.startPlugins();
        var started = manager.getStartedPlugins().stream().map(plugin -> plugin.getPluginPath().toAbsolutePath())
                .toList();
        var known = manager.getPlugins().stream().map(plugin -> plugin.getPluginPath().toAbsolutePath()).toList();
        var tried = list(directory).parallelStream().filter(jar -> started.contains(jar.toAbsolutePath()))
                .filter(jar -> !judged.containsKey(jar))
                .collect(Collectors.toMap(Function.identity(), jar -> attempt(jar, guard)));
        for (var jar : list(directory)) {
            if (guard != Guard.OPEN && !judged.containsKey(jar)) {
                continue;
            } else if (judged.containsKey(jar) && started.contains(jar.toAbsolutePath())) {
                files.add(judged.get(jar));
            } else if (tried.containsKey(jar)) {
                take(jar, tried.get(jar)).ifPresent(files::add);
            } else if (known.contains(jar.toAbsolutePath())) {
                var asks = manager.getPlugins().stream()
                        .filter(plugin -> plugin.getPluginPath().toAbsolutePath().equals(jar.toAbsolutePath()))
                        .map(plugin -> plugin.getDescriptor().getRequires()).findFirst().orElse("");
                leave(jar, "META-INF/MANIFEST.MF", "Plugin-Requires", asks, "适用于本版本 " + version + " 的政策包",
                        "a pack for this version, " + version);
            } else {
                leave(jar, "META-INF/MANIFEST.MF", "Plugin-Id", "", "清单含 Plugin-Id 与 Plugin-Version 的完好 jar",
                        "an intact jar whose manifest holds Plugin-Id and Plugin-Version");
            }
        }
        try {
            manager.unloadPlugins();
        } catch (PluginRuntimeException lateTrouble) {
            LOG.log(System.Logger.Level.DEBUG, "a pack could not be closed", lateTrouble);
        }
    }

    private static List<Path> list(Path directory) {
        try (var paths = Files.list(directory)) {
            return paths.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the packs directory {0} cannot be read", directory);
            return List.of();
        }
    }

    private void read(Path place) {
        read(place, guard).ifPresent(files::add);
    }

    private Optional<PackFiles> read(Path place, Guard judge) {
        return take(place, attempt(place, judge));
    }

    /// What became of reading one pack.
    private record Attempt(Optional<PackFiles> pack, List<Finding> findings) {
    }

    private static Attempt attempt(Path place, Guard judge) {
        var findings = new ArrayList<Finding>();
        try {
            return new Attempt(judge.read(place, findings), findings);
        } catch (IOException | RuntimeException unreadable) {
            findings.add(unreadable(place, unreadable));
            return new Attempt(Optional.empty(), findings);
        }
    }

    private Optional<PackFiles> take(Path place, Attempt attempt) {
        if (attempt.pack().isEmpty()) {
            unread.add(Packs.Left.of(place.toString(), attempt.findings()));
        }
        return attempt.pack();
    }

    private void leave(Path place, String file, String key, String read, String expected, String expectedEn) {
        unread.add(Packs.Left.of(place.toString(), List.of(
                new Finding(Finding.Severity.ERROR, file, 0, key, read, expected, expectedEn))));
    }

    private static Finding unreadable(Path place, Exception why) {
        if (!Files.exists(place)) {
            return new Finding(Finding.Severity.ERROR, place.toString(), 0, "", "", "存在的文件夹或 jar",
                    "a folder or jar that exists");
        }
        // What the Java library says about something that is no jar helps nobody.
        var read = why instanceof ZipException || why instanceof ProviderNotFoundException ? ""
                : String.valueOf(why.getMessage());
        return new Finding(Finding.Severity.ERROR, place.toString(), 0, "", read,
                "含 pack.yaml（或 data/pack.yaml）的文件夹或完好的 jar",
                "a folder with pack.yaml (or data/pack.yaml), or an intact jar");
    }

    private static void report(Packs packs) {
        for (var alike : packs.leftByReason()) {
            var findings = alike.getFirst().findings();
            LOG.log(System.Logger.Level.ERROR, "pack left out: {0}, {1} findings",
                    String.join(" ", alike.stream().map(Packs.Left::origin).toList()), findings.size());
            findings.stream().limit(20).forEach(finding ->
                    LOG.log(System.Logger.Level.ERROR, finding.line(false)));
        }
    }
}
