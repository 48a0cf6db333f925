package tongchou.server.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.server.cli.Shell;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.server.packs.VersionOrder;
import tongchou.storage.Books;
import tongchou.storage.PackLoads;

/// In production only what a trusted key signed and nobody changed is served; each reason to refuse is told by name.
class SigningTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();
    private Path packs = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        packs = Files.createDirectory(folder.resolve("packs"));
        sound("county", "2026.2.0", "999901");
    }

    /// A pack whose values have documents, as a folder.
    private Path sound(String id, String version, String division) throws IOException {
        var to = folder.resolve(id);
        try (var files = Files.walk(FIXTURE)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = to.resolve(FIXTURE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace("demonstration: true", "demonstration: false")
                        .replace("grade: demonstration", "grade: official").replace("999901", division)
                        .replaceFirst("(?m)^pack: .*", "pack: " + id)
                        .replaceFirst("(?m)^version: .*", "version: " + version));
            }
        }
        return to;
    }

    private Path sign(String pack, String key, String... more) {
        var arguments = new java.util.ArrayList<>(List.of("sign-pack", folder.resolve(pack).toString(), "--key",
                folder.resolve(key).toString(), "--to", packs.toString(), "--unchecked"));
        arguments.addAll(List.of(more));
        assertEquals(0, shell.run(arguments.toArray(String[]::new)), shell.printed());
        return packs.resolve(shell.printed().lines().findFirst().orElseThrow().replaceAll(": pack .*", ""));
    }

    private void trust(String key, String name, String... more) {
        var arguments = new java.util.ArrayList<>(List.of("trust", "add", folder.resolve(key + ".pub").toString(),
                "--name", name, "--trust", folder.resolve("trust").toString()));
        arguments.addAll(List.of(more));
        assertEquals(0, shell.run(arguments.toArray(String[]::new)), shell.printed());
    }

    private PackHost.Places places(Path... folders) {
        return new PackHost.Places(packs, List.of(folders), List.of(), Fetched.NOTHING);
    }

    private Packs production() {
        return PackHost.load(places(), "0.1.0",
                new SignatureCheck(new TrustStore(folder.resolve("trust")), true));
    }

    private static String reason(Packs packs) {
        assertEquals(List.of(), packs.loaded());
        return packs.left().getFirst().findings().stream().map(one -> one.line(false)).toList().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "sm2"})
    void whatATrustedKeySignedIsServed(String algorithm) throws IOException {
        var jar = sign("county", "bureau.key", "--signature", algorithm);
        trust("bureau.key", "某市医疗保障局", "--areas", "9999");
        var read = production();
        assertEquals(List.of(), read.left());
        assertEquals("county", read.loaded().getFirst().pack().id());
        // What settles is named by the same hash whether it is signed or not.
        assertEquals(PackHost.load(null, List.of(folder.resolve("county")), "0.1.0").loaded().getFirst().pack().hash(),
                read.loaded().getFirst().pack().hash());
        var list = new String(PackContents.of(jar).files().get(FileList.PLACE), StandardCharsets.UTF_8);
        assertTrue(list.contains("\npack: county\n") && list.contains("\nversion: 2026.2.0\n")
                && list.contains("\ndivisions: 999901\n")
                && list.contains("\nsignature: " + (algorithm.equals("sm2") ? "SM3withSM2" : "Ed25519") + "\n"), list);
        // A private key stays with who signs, although the public one could be had from it.
        assertEquals(1, shell.run("trust", "add", folder.resolve("bureau.key").toString(), "--name", "甲", "--trust",
                folder.resolve("trust").toString()), shell.printed());
        // One key file, one algorithm, whatever is asked for the second time.
        sign("county", "bureau.key");
        assertEquals(List.of(), production().left());
        assertEquals(0, shell.run("trust", "list", "--trust", folder.resolve("trust").toString()));
        assertTrue(shell.printed().endsWith("\t9999\t2026-03-10\t某市医疗保障局\n"), shell.printed());
        var id = shell.printed().substring(0, shell.printed().indexOf('\t'));
        assertEquals(0, shell.run("trust", "remove", id, "--trust", folder.resolve("trust").toString()));
        assertEquals(1, shell.run("trust", "remove", id, "--trust", folder.resolve("trust").toString()));
        assertTrue(reason(production()).contains("key  read \"" + id + "\"  expected: a key of the trust store"));
    }

    @Test
    void everythingElseIsRefusedByNameWhileTheOthersLoad() throws IOException {
        sign("county", "bureau.key");
        trust("bureau.key", "某市医疗保障局", "--areas", "9999");
        // Signed by somebody unknown; for an area that is not the signer's; with demonstration values; not signed.
        sound("stranger", "1.0.0", "999902");
        sign("stranger", "other.key");
        sound("elsewhere", "1.0.0", "440100");
        sign("elsewhere", "bureau.key");
        demonstration();
        sign("copy", "bureau.key");
        var unsigned = PackContents.ofFolder(tongchou.api.pack.PackFiles.of(sound("plain", "1.0.0", "999904")), "plain",
                "1.0.0", ">=0.1.0");
        unsigned.write(packs.resolve("plain.jar"));
        var read = PackHost.load(places(folder.resolve("county")), "0.1.0",
                new SignatureCheck(new TrustStore(folder.resolve("trust")), true));
        assertEquals(List.of("county"), read.loaded().stream().map(one -> one.pack().id()).toList());
        var reasons = new TreeMap<String, String>();
        read.left().forEach(left -> reasons.put(left.id().replaceFirst("^pack-", "").replaceFirst("-[0-9.]+jar$", ""),
                left.findings().stream().map(one -> one.file() + " " + one.key() + " " + one.read()).toList()
                        .toString()));
        assertEquals("[META-INF/TONGCHOU-PACK.LST divisions 440100]", reasons.get("elsewhere"));
        assertEquals("[META-INF/TONGCHOU-PACK.LST  ]", reasons.get("plain.jar"));
        assertEquals("[META-INF/TONGCHOU-PACK.LST key " + keyOf("other.key") + "]", reasons.get("stranger"));
        assertTrue(reasons.values().stream().anyMatch("[data/pack.yaml demonstration true]"::equals), "" + reasons);
        assertEquals(5, reasons.size(), "" + reasons);
    }

    private void demonstration() throws IOException {
        var copy = sound("copy", "1.0.0", "999903");
        var yaml = copy.resolve("pack.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("demonstration: false", "demonstration: true"));
    }

    private String keyOf(String file) throws IOException {
        return PackSigner.key(folder.resolve(file), tongchou.server.audit.SigningKey.Kind.ED25519).keyId();
    }

    @Test
    void aChangedFileAnAddedOneAMissingOneAndACutSignatureAreTold() throws IOException {
        var jar = sign("county", "bureau.key");
        trust("bureau.key", "局");
        var sound = PackContents.of(jar);
        var benefit = "data/areas/sample/benefits/resident-inpatient.yaml";
        var more = new TreeMap<>(Map.of(benefit, "altered".getBytes(StandardCharsets.UTF_8)));
        sound.with(more).write(jar);
        assertTrue(reason(production()).contains(benefit + "    read \"被改动 altered: "), reason(production()));

        sound.with(new TreeMap<>(Map.of("data/areas/sample/benefits/more.yaml", new byte[0]))).write(jar);
        assertTrue(reason(production()).contains("more.yaml    read \"未签名的文件 not signed\""));
        sound.with(new TreeMap<>(Map.of("tongchou/Evil.class", new byte[4]))).write(jar);
        assertTrue(reason(production()).contains("Evil.class    read \"程序 code\""));

        var fewer = new TreeMap<>(sound.files());
        fewer.remove(benefit);
        new PackContents(jar, fewer).write(jar);
        assertTrue(reason(production()).contains(benefit + "    read \"缺失 missing\""));
        var unsigned = new TreeMap<>(sound.files());
        unsigned.remove(FileList.SIGNATURE);
        new PackContents(jar, unsigned).write(jar);
        assertTrue(reason(production()).contains(FileList.SIGNATURE));
        // The list itself rewritten to fit the altered file.
        var forged = new String(sound.files().get(FileList.PLACE), StandardCharsets.UTF_8)
                .replace("version: 2026.2.0", "version: 2027.1.0");
        sound.with(new TreeMap<>(Map.of(FileList.PLACE, forged.getBytes(StandardCharsets.UTF_8)))).write(jar);
        assertTrue(reason(production()).contains("expected: the signature of 局 on the list"));
        Files.writeString(jar, "garbage");
        assertTrue(reason(production()).contains("expected: an intact jar"));
        sound.write(jar);
        assertEquals(1, production().loaded().size());
    }

    @Test
    void aLowerVersionNeedsForceAndTheAuditLogSaysSo() throws IOException {
        var clock = Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC);
        try (var book = Books.sqlite(folder.resolve("book.db"))) {
            var loads = book.oversight().loads();
            var county = folder.resolve("county");
            var order = new VersionOrder(loads, clock, List.of());
            var first = PackHost.load(null, List.of(county), "0.1.0");
            assertEquals(Map.of(), order.lower(first));
            order.record(first, Guard.OPEN, "t");
            order.record(first, Guard.OPEN, "t");
            sound("county", "2026.1.9", "999901");
            var lower = order.lower(PackHost.load(null, List.of(county), "0.1.0"));
            assertEquals(Map.of("county", "2026.2.0"), lower);
            var refused = PackHost.load(places(county), "0.1.0",
                    VersionOrder.without(lower, Guard.OPEN));
            assertTrue(reason(refused).contains("version  read \"2026.1.9\"  expected: not lower than 2026.2.0"));
            var forcing = new VersionOrder(loads, clock, List.of("county"));
            var forced = PackHost.load(null, List.of(county), "0.1.0");
            assertEquals(Map.of(), forcing.lower(forced));
            forcing.record(forced, Guard.OPEN, "t");
            assertEquals(List.of("2026.2.0 false", "2026.1.9 true"), loads.all().stream()
                    .map(load -> load.version() + " " + load.forced()).toList());
            assertEquals(List.of("pack-load", "pack-load"), book.auditTrail().page(0, 10).stream()
                    .map(row -> row.kind()).toList());
            assertEquals("2026.1.9", loads.latest("county").map(PackLoads.Load::version).orElseThrow());
        }
    }

    /// What commands change and what somebody puts into the folder by hand both stand in the audit log of the book.
    @Test
    void theAuditLogTellsWhoIsTrusted() throws IOException {
        sign("county", "bureau.key");
        var data = folder.resolve("data");
        Files.createDirectories(data);
        Books.sqlite(data.resolve("tongchou.db")).close();
        var key = folder.resolve("bureau.key.pub").toString();
        assertEquals(0, shell.run("trust", "add", key, "--name", "甲局", "--data", data.toString()), shell.printed());
        var id = shell.printed().substring(0, shell.printed().indexOf('\t'));
        assertEquals(0, shell.run("trust", "add", key, "--name", "甲局", "--data", data.toString()));
        assertEquals(0, shell.run("trust", "add", key, "--name", "甲局", "--areas", "9999", "--data",
                data.toString()));
        assertEquals(0, shell.run("trust", "remove", id, "--data", data.toString()));
        var file = data.resolve("trust").resolve(id);
        trust("bureau.key", "乙局", "--areas", "34");
        Files.copy(folder.resolve("trust").resolve(id), file);
        try (var book = Books.sqlite(data.resolve("tongchou.db"))) {
            var clock = Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC);
            var store = new TrustStore(data.resolve("trust"));
            assertEquals(1, TrustLog.record(store, book.oversight().trust(), clock, "serve").size());
            assertEquals(List.of(), TrustLog.record(store, book.oversight().trust(), clock, "serve"));
            Files.delete(file);
            TrustLog.record(store, book.oversight().trust(), clock, "serve");
            assertEquals(List.of("command-line trust-add 甲局 ", "command-line trust-add 甲局 9999",
                    "command-line trust-remove 甲局 9999", "serve trust-add 乙局 34", "serve trust-remove 乙局 34"),
                    book.auditTrail().page(0, 10).stream().map(row -> row.who() + " " + row.kind() + " "
                            + row.facts().get(1).substring(5) + " " + row.facts().get(2).substring(6)).toList());
        }
    }

    @Test
    void wrongKeysAndPacksAreRefusedWithoutATrace() throws IOException {
        assertEquals(1, shell.run("trust", "add", folder.resolve("county/pack.yaml").toString(), "--name", "x",
                "--trust", folder.resolve("trust").toString()));
        assertEquals(1, shell.run("trust", "add", folder.resolve("county/pack.yaml").toString(), "--name", "x",
                "--areas", "县", "--trust", folder.resolve("trust").toString()));
        assertTrue(Files.notExists(folder.resolve("trust")));
        assertEquals(1, shell.run("sign-pack", folder.resolve("nothing").toString(), "--key",
                folder.resolve("k").toString()));
        // A pack with errors is not signed unless somebody insists.
        Files.writeString(folder.resolve("county/groups.yaml"), "groups: 1\n");
        assertEquals(1, shell.run("sign-pack", folder.resolve("county").toString(), "--key",
                folder.resolve("k").toString(), "--packs", packs.toString()), shell.printed());
        assertTrue(Files.notExists(folder.resolve("k")), shell.printed());
        assertEquals(1, shell.run("sign-pack", folder.resolve("county").toString(), "--key",
                folder.resolve("county/pack.yaml").toString(), "--unchecked"));
    }
}
