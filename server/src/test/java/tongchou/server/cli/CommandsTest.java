package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.ReplyWriter;
import tongchou.api.pack.KeptTrees;
import tongchou.server.demo.DemoCounty;
import tongchou.server.packs.PackHost;

/// The commands: what they print in both languages, and their exit codes.
class CommandsTest {

    private static final String FIXTURE = "src/test/resources/packs/fixture";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TONGCHOU_HOST", "no.such.host.invalid", "TONGCHOU_PORT", "");

    private record Run(int exit, String out, String err) {
    }

    private static Run run(String in, String... arguments) {
        return run(Map.of(), in, arguments);
    }

    private static Run run(Map<String, String> environment, String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC), () -> "id", new SecureRandom(),
                "0.1.0", Path.of("target/no-home"), Locale.ENGLISH, environment);
        var exit = Tongchou.run(surroundings, arguments);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String claim() {
        return new String(ReplyWriter.bytes(DemoCounty.example(LocalDate.of(2026, 3, 9))), StandardCharsets.UTF_8);
    }

    @Test
    void versionAndHelpInBothLanguages() {
        assertEquals(new Run(0, "tongchou 0.1.0\n", ""), run("", "version"));
        assertTrue(run("", "--help").out.contains("Exit codes: 0 done"));
        var help = run("", "--lang", "zh", "--help");
        assertEquals(0, help.exit);
        assertTrue(help.out.contains("退出码：0 完成"), help.out);
        for (var command : commands()) {
            var zh = run("", command, "--lang=zh", "--help");
            assertTrue(zh.exit == 0 && zh.out.startsWith("用法：tongchou " + command), zh.toString());
            var en = run("", command, "--help");
            assertTrue(en.exit == 0 && en.out.startsWith("Usage: tongchou " + command), en.toString());
        }
    }

    @Test
    void theReadmeNamesEveryCommand() throws IOException {
        var readme = Files.readString(Path.of("../README.md"));
        assertEquals(List.of(), commands().stream().filter(name -> !readme.contains("`" + name + "`")).toList());
    }

    /// The commands that the help lists, at least the twenty-one there are today.
    private static List<String> commands() {
        var help = run("", "--help").out;
        var below = help.substring(help.indexOf("Commands:"));
        var listed = Pattern.compile("(?m)^  ([a-z]+(?:-[a-z]+)*)\\s").matcher(below)
                .results().map(found -> found.group(1)).toList();
        assertTrue(listed.size() >= 21, listed.toString());
        return listed;
    }

    @Test
    void withoutAStartCacheEverythingWorksAndNothingIsLeftBehind(@TempDir Path folder) {
        var named = run("", "prepare");
        assertEquals(1, named.exit);
        assertTrue(named.err.contains("the launcher names no cache"), named.err);

        // A home without a launcher: the rehearsal cannot begin.
        var cache = folder.resolve("cache");
        var tried = run(Map.of("TONGCHOU_START_CACHE", cache.resolve("start.aot").toString()), "", "prepare");
        assertEquals(1, tried.exit);
        assertTrue(tried.err.startsWith("No start-up cache was made ("), tried.err);
        assertArrayEquals(new String[0], cache.toFile().list());

        var unwritable = run(Map.of("TONGCHOU_START_CACHE", "/proc/nowhere/start.aot"), "", "prepare");
        assertEquals(1, unwritable.exit);
        assertTrue(unwritable.err.startsWith("No start-up cache was made ("), unwritable.err);
    }

    @Test
    void wrongUsageLeavesWithTwo() {
        assertEquals(2, run("").exit);
        var unknown = run("", "serve", "--nonsense");
        assertEquals(2, unknown.exit);
        assertTrue(unknown.err.contains("Unknown arguments: --nonsense"), unknown.err);
        assertTrue(run("", "--lang=zh", "settle").err.contains("缺少参数：FILE"));
        assertTrue(run("", "price-effect").err.contains("Missing: --area CODE --from DAY --to DAY"));
        var day = new String[] {"price-effect", "--area", "370923", "--from", "2025-02-30", "--to", "2025-12-31"};
        assertTrue(run("", day).err.contains(
                "This will not do: --from 2025-02-30, a day such as 2026-01-01 is wanted"));
        assertEquals(2, run("", "settle", "no-such-file.json").exit);
        assertEquals(2, run("", "--lang", "fr", "version").exit);
    }

    @Test
    void settleExplainsInTheLanguageAskedFor(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("claim.json"), claim());
        var zh = run("", "settle", "--lang", "zh", "--pack", FIXTURE, file.toString());
        assertEquals(0, zh.exit, zh.err);
        assertTrue(zh.out.startsWith("医保结算明白纸\n") && zh.out.endsWith("合计：7,500.00 元\n"), zh.out);
        var en = run(claim(), "settle", "--pack", FIXTURE, "-");
        assertTrue(en.exit == 0 && en.out.endsWith("together: 7,500.00 yuan\n"), en.toString());
        var json = run(claim(), "settle", "--json", "--pack", FIXTURE, "-");
        assertTrue(json.exit == 0 && json.out.contains("\"fund_fen\" : 537120"), json.out);
    }

    /// Words of the kept trees are altered together with their checksum, as nobody does, to show who reads them.
    @Test
    void whatThePacksWereParsedToBeforeIsReadInThePlaceOfTheirFiles(@TempDir Path folder) throws IOException {
        var trees = folder.resolve("start.trees");
        var environment = Map.of("TONGCHOU_START_CACHE", folder.resolve("start.aot").toString());
        var settle = new String[] {"settle", "--lang", "zh", "--pack", FIXTURE, "-"};
        KeptTrees.keep(PackHost.read(Path.of(FIXTURE), new ArrayList<>()).stream(), trees);
        assertEquals(run(claim(), settle), run(environment, claim(), settle));

        var kept = Files.readAllBytes(trees);
        var written = "样例县城乡居民基本医疗保险办法";
        var altered = "样例县居民城乡医疗保险基本办法";
        var at = new String(kept, StandardCharsets.ISO_8859_1).indexOf(
                new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        ByteBuffer.wrap(kept).put(at, altered.getBytes(StandardCharsets.UTF_8));
        var checksum = new CRC32();
        checksum.update(kept, 2 * Integer.BYTES, kept.length - 2 * Integer.BYTES);
        Files.write(trees, ByteBuffer.wrap(kept).putInt(Integer.BYTES, (int) checksum.getValue()).array());
        assertEquals(run(claim(), settle).out.replace(written, altered), run(environment, claim(), settle).out);
        assertTrue(run(environment, claim(), settle).out.contains(altered));
    }

    @Test
    void theEnvironmentStandsInForHostAndPort() {
        assertTrue(run(ENVIRONMENT, "", "serve").err.contains("There is no address no.such.host.invalid"));
        assertTrue(run(ENVIRONMENT, "", "--lang=zh", "serve", "--port", "abc").err.contains("--port 不能是“abc”"));
    }

    @Test
    void withoutACommandTheUsageIsShownInTheLanguageAskedFor() {
        var run = run("", "--lang", "zh");
        assertTrue(run.exit == 2 && run.err.contains("check-pack") && run.err.contains("退出码"), run.toString());
        assertEquals("tongchou 0.1.0\n", run("", "serve", "--version").out);
    }

    @Test
    void settleWithABookThatIsNotThereLeavesNoTrace(@TempDir Path directory) throws IOException {
        var run = run(claim(), "settle", "--data", directory.toString(), "-");
        assertTrue(run.exit == 2 && run.err.contains("There is no book"), run.toString());
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
        Files.writeString(directory.resolve("tongchou.db"), "this is not a database ".repeat(100));
        var broken = run(claim(), "settle", "--data", directory.toString(), "-");
        assertTrue(broken.exit == 1 && broken.err.startsWith("The book cannot be opened"), broken.toString());
        assertEquals(0, run("\uFEFF" + claim(), "settle", "--pack", FIXTURE, "-").exit);
    }

    @Test
    void settleRefusesWithOneAndTheSameCodes() {
        var wrong = run("{\"total_fen\": 1.5}", "settle", "--pack", FIXTURE, "-");
        assertEquals(1, wrong.exit);
        assertTrue(wrong.err.contains("refused NOT_WHOLE_FEN") && wrong.err.contains("refused MISSING_FIELD"),
                wrong.err);
        var none = run(claim(), "settle", "--lang=zh", "-");
        assertEquals(1, none.exit);
        assertTrue(none.err.contains("拒绝 UNKNOWN_AREA（参保地无政策包）"), none.err);
        var json = run("[]", "settle", "--json", "-");
        assertTrue(json.exit == 1 && json.out.contains("\"code\" : \"WRONG_TYPE\""), json.toString());
    }

    @Test
    void checkPackReportsFindingsAndCases(@TempDir Path directory) throws IOException {
        var good = run("", "check-pack", FIXTURE);
        assertEquals("pack fixture: 0 errors, 0 warnings; 1 cases, 1 passed.\n", good.out);
        assertEquals(0, good.exit);
        var bad = run("", "check-pack", "--lang=zh", "src/test/resources/packs/broken");
        assertEquals(1, bad.exit);
        assertTrue(bad.out.contains("错误 pack.yaml:4") && bad.out.contains("错误 pack.yaml:5")
                && bad.out.contains("政策包 broken：错误 2 个"), bad.out);
        assertEquals(1, run("", "check-pack", directory.toString()).exit);
        var notAJar = Files.writeString(directory.resolve("x.jar"), "not a jar");
        assertEquals(1, run("", "check-pack", notAJar.toString()).exit);
        assertEquals(1, run("", "check-pack", directory.resolve("nothing").toString()).exit);
    }

    @Test
    void serveSaysWhyItCannotStart(@TempDir Path directory) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var run = run("", "serve", "--host=127.0.0.1", "--port", "" + taken.getLocalPort(), "--data",
                    directory.resolve("d").toString(), "--pack", FIXTURE);
            assertEquals(1, run.exit);
            assertTrue(run.err.contains("127.0.0.1:" + taken.getLocalPort() + " is taken"), run.err);
        }
        var file = Files.writeString(directory.resolve("file"), "in the way");
        var unwritable = run("", "serve", "--lang=zh", "--host=127.0.0.1", "--port", "0", "--data", file.toString());
        assertEquals(1, unwritable.exit);
        assertTrue(unwritable.err.contains("不可写"), unwritable.err);
        assertEquals(1, run("", "serve", "--host=127.0.0.1", "--port", "70000").exit);
        assertEquals(1, run("", "serve", "--host=127.0.0.1", "--packs", directory.resolve("nowhere").toString()).exit);
        assertEquals(1, run("", "serve", "--host=127.0.0.1", "--port", "0", "--data",
                directory.resolve("e").toString(), "--postgres", "jdbc:postgresql://127.0.0.1:1/none").exit);
    }

    @Test
    void keysAreGivenOutListedAndRevokedOnTheMachineItself(@TempDir Path directory) {
        var data = directory.toString();
        assertEquals(1, run("", "key", "list", "--data", data).exit);
        tongchou.storage.Books.sqlite(directory.resolve("tongchou.db")).close();
        var made = run("", "key", "new", "--data", data, "--role", "bureau-clerk", "--scope", "999901", "--holder",
                "somebody");
        assertTrue(made.exit == 0 && made.out.matches("tck_[a-z2-7]{12}_[A-Za-z0-9_-]{43}\n"), made.toString());
        var id = made.out.substring(4, 16);
        assertEquals(id + "\tbureau-clerk\t999901\t2026-03-10..2027-03-10\t\tsomebody\n",
                run("", "key", "list", "--data", data).out);
        assertEquals(0, run("", "key", "revoke", id, "--reason", "lost", "--data", data).exit);
        assertTrue(run("", "key", "list", "--data", data).out.contains("\trevoked\t"));
        assertEquals(1, run("", "key", "revoke", "nothing", "--reason", "lost", "--data", data).exit);
        assertEquals(1, run("", "key", "new", "--data", data, "--role", "bureau-clerk", "--holder", "somebody").exit);
        assertEquals(2, run("", "key", "new", "--data", data).exit);
        assertEquals(2, run("", "key").exit);
    }

    @Test
    void plainHttpStaysOnThisMachine(@TempDir Path directory) throws Exception {
        var data = directory.resolve("d").toString();
        var refused = run("", "serve", "--host", "0.0.0.0", "--port", "0", "--data", data, "--pack", FIXTURE);
        assertTrue(refused.exit == 1 && refused.err.contains("--tls-keystore"), refused.toString());
        var told = run("", "serve", "--host", "0.0.0.0", "--port", "0", "--data", data, "--pack", FIXTURE,
                "--insecure-http");
        assertTrue(told.exit == Tongchou.SERVING && told.out.contains("Bearer $TONGCHOU_KEY"), told.toString());
        assertEquals(1, run("", "serve", "--port", "0", "--data", data, "--tls-keystore", "no-such-file").exit);
        assertEquals(1, run("", "serve", "--port", "0", "--data", data, "--oidc-issuer", "https://x.test").exit);
        assertEquals(1, run("", "serve", "--port", "0", "--data", data, "--oidc-issuer", "https://x.test",
                "--oidc-audience", "t",
                "--oidc-keys", "https://x.test/keys").exit);
        assertEquals(1, run("", "serve", "--port", "0", "--data", data, "--rate", "-1").exit);
    }

    @Test
    void aKeyStoreServesTls(@TempDir Path directory) throws Exception {
        var file = directory.resolve("server.p12");
        var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias",
                "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext",
                "san=ip:127.0.0.1", "-storetype",
                "PKCS12", "-keystore", file.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        assertEquals(0, made.waitFor());
        var wrong = run("", "serve", "--port", "0", "--data", directory.resolve("d").toString(), "--tls-keystore",
                file.toString());
        assertTrue(wrong.exit == 1 && wrong.err.contains("TONGCHOU_TLS_PASSWORD"), wrong.toString());
        var right = run(Map.of("TONGCHOU_TLS_PASSWORD", "changeit"), "", "serve", "--port", "0", "--data",
                directory.resolve("d").toString(), "--pack", FIXTURE, "--tls-keystore", file.toString());
        assertEquals(Tongchou.SERVING, right.exit, right.err);
        var address = right.out.lines().findFirst().orElseThrow().replaceAll(".*(https://\\S+)/ .*", "$1");
        var trusted = java.security.KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        var managers = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        var context = javax.net.ssl.SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        var connection = (javax.net.ssl.HttpsURLConnection) java.net.URI.create(address + "/openapi").toURL()
                .openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        assertEquals(200, connection.getResponseCode());
        assertEquals("max-age=31536000", connection.getHeaderField("Strict-Transport-Security"));
    }

    @Test
    void serveSeedsTheCountyAndPrintsARequestThatSettles(@TempDir Path directory) throws IOException {
        var run = run("", "serve", "--lang=zh", "--host=127.0.0.1", "--port", "0", "--data", directory.toString(),
                "--pack", FIXTURE);
        assertEquals(Tongchou.SERVING, run.exit, run.err);
        assertTrue(run.out.contains("已写入示例县") && run.out.contains("/observe/health"), run.out);
        assertEquals(1, run.out.lines().filter(line -> line.matches("    tck_[a-z2-7]{12}_[A-Za-z0-9_-]{43}")).count(),
                run.out);
        var taken = run("", "serve", "--lang=zh", "--port", "0", "--data", directory.toString(), "--pack", FIXTURE);
        assertTrue(taken.exit == 1 && taken.err.contains("正由另一个服务使用"), taken.err);
        var copy = Files.createDirectory(directory.resolve("copy"));
        for (var ending : List.of("", "-wal")) {
            Files.copy(directory.resolve("tongchou.db" + ending), copy.resolve("tongchou.db" + ending));
        }
        var again = run("", "serve", "--lang=zh", "--port", "0", "--data", copy.toString(), "--pack", FIXTURE);
        assertTrue(!again.out.contains("tck_") && again.out.contains("Bearer $TONGCHOU_KEY"), again.out);
        var curl = run.out.lines().filter(line -> line.startsWith("curl ")).findFirst().orElseThrow();
        var parts = curl.split("'");
        var address = parts[0].replaceAll("curl -s (\\S+) .*", "$1").strip();
        var key = parts[0].replaceAll(".*(Bearer tck_[^\"]+)\".*", "$1").strip();
        var connection = (java.net.HttpURLConnection) java.net.URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Authorization", key);
        connection.getOutputStream().write(parts[3].getBytes(StandardCharsets.UTF_8));
        assertEquals(201, connection.getResponseCode());
    }
}
