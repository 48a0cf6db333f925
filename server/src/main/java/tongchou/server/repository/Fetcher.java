package tongchou.server.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackFiles;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.server.repository.PackIndex.Release;
import tongchou.server.trust.SignatureCheck;

/// Fetches the newest packs of repositories into a folder of the server (取回政策包), and goes on with what it holds when a
/// repository cannot be reached.
///
/// Only packs that a trusted key signed are kept; what was fetched once is not fetched again.
///
/// @param repositories addresses or folders
/// @param kept the folder; every version stays in it
/// @param check what a fetched pack has to pass, whether in production or not
/// @param version of this Tongchou, which packs ask for
/// @param token goes with HTTP requests as bearer token; null for none
public record Fetcher(
        List<String> repositories, Path kept, SignatureCheck check, String version, @Nullable String token) {

    /// Fetches, and gives the newest of each pack.
    public Fetched fetch() {
        return fetch(List.of());
    }

    /// Fetches, and gives the newest of each pack but versions that turned out to be of no use.
    ///
    /// @param broken where such versions lie, as their files say
    public Fetched fetch(Collection<String> broken) {
        var left = new ArrayList<Packs.Left>();
        var chosen = new TreeMap<String, Path>();
        var versions = new HashMap<String, String>();
        var unreached = false;
        for (var repository : repositories) {
            try {
                unreached |= !fetch(repository, Shelf.of(repository, token), chosen, versions, left, broken);
            } catch (IOException | IllegalArgumentException unreachable) {
                unreached = true;
                left.add(Packs.Left.of(repository, List.of(wrong(PackIndex.PLACE, "", "" + unreachable.getMessage(),
                        "可用的政策包仓库；暂用已取回的政策包", "a repository that answers; what was fetched before is used"))));
            }
        }
        if (unreached) {
            held().forEach((id, jars) -> jars.forEach((held, jar) -> {
                var isHigher = !versions.containsKey(id) || PackSwitch.isLower(versions.get(id), held);
                if (isHigher && !broken.contains(jar.toString())) {
                    versions.put(id, held);
                    chosen.put(id, jar);
                }
            }));
        }
        var packs = new ArrayList<PackFiles>();
        chosen.values().forEach(jar -> judge(jar, left).ifPresent(packs::add));
        return new Fetched(packs, left, check);
    }

    private boolean fetch(String repository, Shelf shelf, Map<String, Path> chosen, Map<String, String> versions,
            List<Packs.Left> left, Collection<String> broken) throws IOException {
        var index = shelf.read(PackIndex.PLACE);
        if (index.isEmpty()) {
            throw new IOException("no " + PackIndex.PLACE);
        }
        var whole = true;
        for (var entry : PackIndex.read(index.get().content()).packs()) {
            var suiting = entry.releases().stream().filter(one -> one.requires() == null
                    || PackHost.suits(one.requires(), version)).toList();
            // A release that is broken was told of by its own findings.
            var newest = suiting.stream().filter(one -> !broken.contains(place(entry.id(), one).toString()))
                    .min(PackIndex.newestFirst());
            if (!entry.id().matches("[a-z0-9][a-z0-9-]{0,99}") || suiting.isEmpty()) {
                left.add(Packs.Left.of(repository + " " + entry.id(), List.of(wrong(PackIndex.PLACE, "requires",
                        entry.id(), "适用于本版本 " + version + " 的政策包", "a pack for this version, " + version))));
            } else if (newest.isPresent() && (!versions.containsKey(entry.id())
                    || PackSwitch.isLower(versions.get(entry.id()), newest.get().version()))) {
                try {
                    chosen.put(entry.id(), held(entry.id(), newest.get(), shelf));
                    versions.put(entry.id(), newest.get().version());
                } catch (IOException unreachable) {
                    whole = false;
                    left.add(Packs.Left.of(repository + " " + entry.id(), List.of(wrong(newest.get().url(), "",
                            "" + unreachable.getMessage(), "与目录中 sha512sum 一致的文件",
                            "a file with the sha512sum of the index"))));
                }
            }
        }
        return whole;
    }

    private Path place(String id, Release release) {
        return kept.resolve(id).resolve(release.version() + ".jar");
    }

    /// The jar of a release in the folder, fetched if it is not there yet.
    private Path held(String id, Release release, Shelf shelf) throws IOException {
        var place = place(id, release);
        if (Files.exists(place) && Publisher.sum(Files.readAllBytes(place)).equalsIgnoreCase(release.sum())) {
            return place;
        }
        var content = shelf.read(release.url()).orElseThrow(() -> new IOException("not there")).content();
        if (!Publisher.sum(content).equalsIgnoreCase(release.sum())) {
            throw new IOException("SHA-512 " + Publisher.sum(content).substring(0, 16) + "...");
        }
        Files.createDirectories(place.getParent());
        var fresh = Files.createTempFile(place.getParent(), ".fetched", ".tmp");
        try {
            Files.write(fresh, content);
            var findings = new ArrayList<Finding>();
            if (check.check(fresh, findings).isEmpty()) {
                // Told when it is judged again below; it never takes the place of a sound one.
                var refused = place.resolveSibling(release.version() + ".refused");
                Files.move(fresh, refused, StandardCopyOption.REPLACE_EXISTING);
                return refused;
            }
            Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// What lies in the folder, by id and version.
    private Map<String, Map<String, Path>> held() {
        var held = new TreeMap<String, Map<String, Path>>();
        if (Files.isDirectory(kept)) {
            try (var jars = Files.walk(kept, 2)) {
                jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(jar -> held
                        .computeIfAbsent(jar.getParent().getFileName().toString(), id -> new TreeMap<>())
                        .put(jar.getFileName().toString().replaceAll("\\.jar$", ""), jar));
            } catch (IOException unreadable) {
                System.getLogger(Fetcher.class.getName()).log(System.Logger.Level.WARNING,
                        kept + " cannot be read", unreadable);
            }
        }
        return held;
    }

    private java.util.Optional<PackFiles> judge(Path jar, List<Packs.Left> left) {
        var findings = new ArrayList<Finding>();
        try {
            var read = check.read(jar, findings);
            if (read.isPresent()) {
                return read;
            }
        } catch (IOException unreadable) {
            findings.add(wrong(jar.toString(), "", "" + unreadable.getMessage(), "可读的 jar", "a readable jar"));
        }
        left.add(Packs.Left.of(jar.getParent().getFileName() + "-" + jar.getFileName(), findings));
        return java.util.Optional.empty();
    }

    private static Finding wrong(String file, String key, String read, String expected, String expectedEn) {
        return new Finding(Finding.Severity.ERROR, file, 0, key, read, expected, expectedEn);
    }
}
