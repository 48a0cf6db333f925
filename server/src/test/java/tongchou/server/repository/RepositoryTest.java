package tongchou.server.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.server.cli.Shell;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.server.trust.PackContents;
import tongchou.server.trust.SignatureCheck;
import tongchou.server.trust.TrustStore;

/// What an author publishes to a folder or over HTTP, a server fetches, judges and keeps.
class RepositoryTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private WebServer server;
    private String address;

    /// A server as simple as they are: GET and PUT, with ETag and its conditions.
    @BeforeEach
    void serve() {
        server = WebServer.builder().port(0).routing(routing -> routing.get("/*", (request, response) -> {
            var content = files.get(path(request));
            if (content == null) {
                response.status(Status.NOT_FOUND_404).send();
            } else {
                fetches.incrementAndGet();
                response.header(HeaderNames.ETAG, etag(content)).send(content);
            }
        }).put("/*", (request, response) -> {
            var before = files.get(path(request));
            var match = request.headers().first(HeaderNames.IF_MATCH);
            var none = request.headers().first(HeaderNames.IF_NONE_MATCH);
            var content = request.content().as(byte[].class);
            if (match.isPresent() && (before == null || !match.get().equals(etag(before)))
                    || none.isPresent() && before != null) {
                response.status(Status.PRECONDITION_FAILED_412).send();
            } else {
                files.put(path(request), content);
                response.status(Status.CREATED_201).send();
            }
        })).build().start();
        address = "http://127.0.0.1:" + server.port() + "/packs";
    }

    private static String path(ServerRequest request) {
        return request.path().path();
    }

    private static String etag(byte[] content) {
        return "\"" + Publisher.sum(content).substring(0, 16) + "\"";
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Path signed(String version, String key) throws IOException {
        var pack = folder.resolve("pack");
        try (var all = Files.walk(FIXTURE)) {
            for (var file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                var copy = pack.resolve(FIXTURE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceFirst("(?m)^version: .*", "version: " + version));
            }
        }
        assertEquals(0, shell.run("sign-pack", pack.toString(), "--key", folder.resolve(key).toString(), "--to",
                folder.resolve("signed").toString(), "--unchecked"), shell.printed());
        return folder.resolve("signed/pack-fixture-" + version + ".jar");
    }

    private void trust(String key) {
        assertEquals(0, shell.run("trust", "add", folder.resolve(key + ".pub").toString(), "--name", "县医保局",
                "--data", folder.resolve("data").toString()), shell.printed());
    }

    private int publish(Path jar, String to) {
        return shell.run("publish", jar.toString(), "--to", to);
    }

    private Fetched fetch(String repository) {
        return new Fetcher(List.of(repository), folder.resolve("data/packs"),
                new SignatureCheck(new TrustStore(folder.resolve("data/trust")), false), "0.1.0", null).fetch();
    }

    private Packs load(String repository, Path... folders) {
        return PackHost.load(new PackHost.Places(null, List.of(folders), List.of(), fetch(repository)), "0.1.0",
                Guard.OPEN);
    }

    private static String versions(Packs packs) {
        return packs.loaded().stream().map(one -> one.pack().id() + " " + one.pack().version()).toList().toString();
    }

    @Test
    void whatIsPublishedOverHttpIsFetchedJudgedAndKept() throws IOException {
        assertEquals(0, publish(signed("1.2.0", "k"), address), shell.printed());
        assertEquals(0, publish(signed("1.10.0", "k"), address), shell.printed());
        assertEquals(0, publish(folder.resolve("signed/pack-fixture-1.2.0.jar"), address));
        assertTrue(shell.printed().contains("was published before"), shell.printed());
        trust("k");
        assertEquals("[fixture 1.10.0]", versions(load(address)));
        var fetched = fetches.get();
        assertEquals("[fixture 1.10.0]", versions(load(address)));
        assertEquals(fetched + 1, fetches.get(), "only the index is asked for again");
        // Of a pack that is here as well the higher version is used, whichever that is.
        assertEquals("[fixture 1.10.0]", versions(load(address, FIXTURE)));
        signed("2.0.0", "k");
        assertEquals("[fixture 2.0.0]", versions(load(address, folder.resolve("pack"))));
        // The repository is gone: what was fetched is used, and that is told.
        server.stop();
        var alone = load(address);
        assertEquals("[fixture 1.10.0]", versions(alone));
        assertTrue(alone.left().getFirst().findings().getFirst().line(false)
                .endsWith("expected: a repository that answers; what was fetched before is used"), alone.left() + "");
    }

    @Test
    void aVersionWithErrorsGivesWayToTheOneBefore() throws IOException {
        assertEquals(0, publish(signed("1.2.0", "k"), address), shell.printed());
        var pack = folder.resolve("pack");
        var benefit = pack.resolve("areas/sample/benefits/resident-inpatient.yaml");
        Files.writeString(benefit, Files.readString(benefit).replace("75%", "175%"));
        var yaml = pack.resolve("pack.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("1.2.0", "1.3.0"));
        assertEquals(0, shell.run("sign-pack", pack.toString(), "--key", folder.resolve("k").toString(), "--to",
                folder.resolve("signed").toString(), "--unchecked"), shell.printed());
        assertEquals(0, publish(folder.resolve("signed/pack-fixture-1.3.0.jar"), address), shell.printed());
        trust("k");
        var fetched = fetch(address);
        var read = PackHost.load(new PackHost.Places(null, List.of(), List.of(), fetched), "0.1.0", Guard.OPEN);
        var broken = fetched.broken(read);
        assertEquals(List.of("fixture"), broken.stream().map(Packs.Left::id).toList());
        var fetcher = new Fetcher(List.of(address), folder.resolve("data/packs"),
                new SignatureCheck(new TrustStore(folder.resolve("data/trust")), false), "0.1.0", null);
        var before = fetcher.fetch(broken.stream().map(Packs.Left::origin).toList());
        assertEquals("[fixture 1.2.0]", versions(PackHost.load(new PackHost.Places(null, List.of(), List.of(), before),
                "0.1.0", Guard.OPEN)));
    }

    @Test
    void aFolderIsARepositoryToo() throws IOException {
        var shelf = folder.resolve("shelf").toString();
        assertEquals(0, publish(signed("1.2.0", "k"), shelf), shell.printed());
        trust("k");
        assertEquals("[fixture 1.2.0]", versions(load(shelf)));
        assertTrue(Files.readString(folder.resolve("shelf/plugins.json"))
                .contains("\"requires\" : \">=0.1.0 & <0.2.0\""));
        assertEquals("no folder", load(folder.resolve("nowhere").toString()).left().getFirst().findings().getFirst()
                .read().replaceFirst(".* is ", ""));
    }

    @Test
    void nothingUnsignedIsPublishedAndNothingPublishedIsReplaced() throws IOException {
        var jar = signed("1.2.0", "k");
        assertEquals(0, publish(jar, address));
        assertEquals(1, publish(signed("1.2.0", "other"), address));
        assertTrue(shell.printed().contains("raise the version"), shell.printed());
        var contents = PackContents.of(jar);
        contents.with(new java.util.TreeMap<>(Map.of("data/pack.yaml", new byte[] {1}))).write(jar);
        assertEquals(1, publish(jar, address));
        assertTrue(shell.printed().contains("not as it was signed"), shell.printed());
        assertEquals(1, publish(folder.resolve("no-such.jar"), address));
        server.stop();
        assertEquals(1, publish(folder.resolve("signed/pack-fixture-1.2.0.jar"), address));
    }

    @Test
    void strangersAlteredFilesAndPathsThatLeadOutAreRefusedByName() throws IOException {
        assertEquals(0, publish(signed("1.2.0", "k"), address));
        var unknown = load(address);
        assertEquals("[]", versions(unknown));
        assertTrue(unknown.left().getFirst().findings().getFirst().expectedEn().contains("trust store"));
        assertEquals("fixture-1.2.0.refused", unknown.left().getFirst().id().replaceFirst("^tongchou-pack-", ""));
        trust("k");
        assertEquals("[fixture 1.2.0]", versions(load(address)));
        // A jar altered on the server no longer fits the index; what is held still does.
        var path = "/packs/tongchou-pack-fixture/1.2.0/tongchou-pack-fixture-1.2.0.jar";
        var sound = files.get(path);
        files.put(path, "altered".getBytes());
        assertEquals("[fixture 1.2.0]", versions(load(address)));
        Files.walk(folder.resolve("data/packs")).filter(file -> file.toString().endsWith(".jar")).toList().getFirst()
                .toFile().delete();
        var altered = load(address);
        assertEquals("[]", versions(altered));
        assertTrue(altered.left().getFirst().findings().getFirst().read().startsWith("SHA-512 "), altered.left() + "");
        files.put(path, sound);
        assertEquals("[fixture 1.2.0]", versions(load(address)));
        for (var url : List.of("../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x.jar")) {
            files.put("/packs/plugins.json", ("[{\"id\":\"x\",\"releases\":[{\"version\":\"1\",\"url\":\"" + url
                    + "\",\"sha512sum\":\"00\"}]}]").getBytes());
            assertEquals("a path that leads out of the repository: " + url,
                    load(address).left().getFirst().findings().getFirst().read());
        }
        files.put("/packs/plugins.json", "{}".getBytes());
        assertEquals("[fixture 1.2.0]", versions(load(address)), "an index that is none is a repository out of order");
    }
}
