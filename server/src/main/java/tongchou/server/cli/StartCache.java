package tongchou.server.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.api.pack.KeptTrees;
import tongchou.server.packs.PackHost;
import tongchou.storage.StoreLibrary;

/// The start-up cache (启动缓存): what the JVM keeps of one rehearsed start, so that the next ones take a third of the
/// time. It holds for one build of Java and one place of one installation; the launcher names the file that fits.
final class StartCache {

    /// The environment variable in which the launcher names the file.
    static final String FILE = "TONGCHOU_START_CACHE";

    /// The environment variable that names the file which a rehearsed server is to leave behind.
    private static final String RECORD = "TONGCHOU_RECORD";

    private static final System.Logger LOG = System.getLogger(StartCache.class.getName());
    private static final Pattern CURL =
            Pattern.compile("curl -s (\\S+) -H \"Authorization: (Bearer \\S+)\" .* -d '(.*)'");
    private static final String CLASSES = ".aot";
    private static final String LIBRARY = ".sqlite";
    private static final String TREES = ".trees";
    private static final List<String> ENDINGS = List.of(CLASSES, LIBRARY, TREES);
    private static final String SCRATCH = "rehearsal";
    private static final long LONGEST_SECONDS = 120;
    private static final long LONGEST_SHOW_SECONDS = 60;
    private static final long QUIET_SECONDS = 5;

    private final Path file;
    private final Path home;
    private volatile @Nullable Process rehearsal;
    private volatile @Nullable Path scratch;

    private StartCache(Path file, Path home) {
        this.file = file;
        this.home = home;
    }

    /// What a server that is up does about the cache: it makes one if there is none; a rehearsed one ends when nobody
    /// waits for it any more.
    ///
    /// @param packs where packs lie
    /// @param end stops the server
    static void tend(Surroundings surroundings, List<Path> packs, Runnable end) {
        if (surroundings.environment().containsKey(RECORD)) {
            ProcessHandle.current().parent().map(ProcessHandle::onExit).orElseGet(CompletableFuture::new)
                    .orTimeout(LONGEST_SHOW_SECONDS, TimeUnit.SECONDS).whenComplete((over, late) -> end.run());
        } else {
            of(surroundings).filter(cache -> !cache.isThere()).ifPresent(cache -> cache.makeBeside(packs));
        }
    }

    /// The cache that the launcher looks for; nothing where it looks for none.
    static Optional<StartCache> of(Surroundings surroundings) {
        var named = surroundings.environment().getOrDefault(FILE, "");
        return named.isEmpty() ? Optional.empty() : Optional.of(new StartCache(Path.of(named), surroundings.home()));
    }

    /// What of the packs was parsed before, with the cache or for the rehearsal that is to make it.
    static KeptTrees trees(Surroundings surroundings) {
        var environment = surroundings.environment();
        var named = environment.getOrDefault(RECORD, environment.getOrDefault(FILE, ""));
        return named.isEmpty() ? KeptTrees.NONE : KeptTrees.at(beside(Path.of(named), TREES));
    }

    Path file() {
        return file;
    }

    /// What belongs to a cache and lies beside it: the unpacked library of SQLite, or the trees of the packs.
    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName().toString().replace(CLASSES, ending));
    }

    boolean isThere() {
        return Files.isRegularFile(file);
    }

    /// Makes the cache beside a server that goes on answering, once that has become quiet; ends with the server.
    private void makeBeside(List<Path> packs) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "start-cache-stop"));
        Thread.ofPlatform().name("start-cache").daemon().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(QUIET_SECONDS);
                make(packs);
                LOG.log(System.Logger.Level.INFO, "the next start will be faster: " + file);
            } catch (IOException impossible) {
                LOG.log(System.Logger.Level.DEBUG, "no start-up cache: " + impossible.getMessage());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Parses the packs and rehearses a start as a user would see it: a server on an empty book, which settles; then
    /// keeps what came of it and what the JVM learnt. The cache appears under its name only when it is complete.
    ///
    /// @param packs where packs lie; those that cannot be read are left out
    /// @throws IOException when the directory cannot be written or this Java makes no cache
    void make(List<Path> packs) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        var place = Files.createTempDirectory(file.getParent(), SCRATCH);
        scratch = place;
        try {
            var library = place.resolve("library");
            StoreLibrary.unpack(library);
            var fresh = place.resolve("start" + CLASSES);
            KeptTrees.keep(packs.stream().flatMap(pack -> PackHost.read(pack, new ArrayList<>()).stream()),
                    beside(fresh, TREES));
            rehearse(fresh, place.resolve("book"));
            if (!Files.isRegularFile(fresh)) {
                throw new IOException("this Java made none");
            }
            if (!Files.isDirectory(beside(file, LIBRARY))) {
                Files.move(library, beside(file, LIBRARY), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(beside(fresh, TREES), beside(file, TREES), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            forgetOlder();
        } finally {
            stop();
        }
    }

    private void rehearse(Path fresh, Path book) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        }
        command.addAll(List.of(home.resolve("bin").resolve("tongchou").toString(), "serve", "--lang", "en",
                "--host", "127.0.0.1", "--port", "0", "--data", book.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(RECORD, fresh.toString());
        builder.environment().remove(FILE);
        var server = builder.start();
        rehearsal = server;
        var reader = Thread.ofVirtual().start(() -> follow(server));
        if (!server.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the rehearsal took longer than " + LONGEST_SECONDS + " s");
        }
        reader.join();
    }

    /// Does what the rehearsed server proposes, then stops it.
    private static void follow(Process server) {
        try (var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                var curl = CURL.matcher(line);
                if (curl.matches()) {
                    for (var address : List.of(curl.group(1), curl.group(1) + "/preview", curl.group(1))) {
                        post(address, curl.group(2), curl.group(3));
                    }
                }
                if (line.startsWith("Ctrl-C")) {
                    // Process.destroy would close what the JVM still writes to while it puts the cache together.
                    server.toHandle().destroy();
                }
            }
        } catch (IOException over) {
            server.toHandle().destroy();
        }
    }

    private static void post(String address, String key, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", key);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (var in = connection.getInputStream()) {
            in.readAllBytes();
        }
    }

    private void stop() {
        var running = rehearsal;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
        var place = scratch;
        if (place != null) {
            delete(place);
        }
    }

    /// What an earlier Java, an earlier Tongchou or a rehearsal that was cut short left in this installation.
    private void forgetOlder() throws IOException {
        if (!home.resolve("cache").toAbsolutePath().equals(file.toAbsolutePath().getParent())) {
            return;
        }
        var longAgo = file.toFile().lastModified() - TimeUnit.SECONDS.toMillis(2 * LONGEST_SECONDS);
        try (var others = Files.list(file.getParent())) {
            others.filter(other -> ENDINGS.stream().noneMatch(ending -> other.equals(beside(file, ending))))
                    .filter(other -> ENDINGS.stream().anyMatch(other.toString()::endsWith)
                    || other.getFileName().toString().startsWith(SCRATCH) && other.toFile().lastModified() < longAgo)
                    .forEach(StartCache::delete);
        }
    }

    /// What cannot be deleted now is deleted after the next rehearsal.
    private static void delete(Path place) {
        try (var all = Files.walk(place)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "not deleted: " + place);
        }
    }
}
