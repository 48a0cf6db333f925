package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackChecker;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackLibrary;
import tongchou.api.http.Role;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.access.Pace;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.Installation;
import tongchou.server.http.Site;
import tongchou.server.http.TwoPersons;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.PackSwitch;
import tongchou.storage.Books;

/// Whoever follows a guide word by word gets where it says (指南照做可行).
class GuidesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T02:00:00Z"), ZoneOffset.UTC);
    private static final Pattern NAMED = Pattern.compile("^`my-county/([\\w./-]+)`.*");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern CURL = Pattern.compile(
            "(?s)curl -s([^\\n]*?)\"?http://127\\.0\\.0\\.1:8080(/[^\\s\"$]*)\"?(?: -H '[^']*')*(?: -d '(.*?)')?(?=\\s|$)");

    @ParameterizedTest
    @CsvSource({"docs/guide/pack-author.md, false", "docs/guide/pack-author.zh.md, true"})
    void the_pack_that_the_guide_writes_is_checked_as_it_says(String page, boolean chinese) throws IOException {
        var text = House.text(House.ROOT.resolve(page));
        var files = files(text);
        assertEquals(List.of("areas/lakeside/area.yaml", "areas/lakeside/benefits/resident-inpatient.yaml",
                "cases/inpatient.yaml", "changes.md", "coverage.yaml", "groups.yaml", "pack.yaml", "readings.md",
                "sources.yaml"), List.copyOf(files.keySet()));
        var library = PackLibrary.of(List.of(PackFiles.of(House.ROOT.resolve("policy-packs/national"))));

        var first = PackChecker.check(new PackFiles("guide", files), library).findings().stream()
                .map(finding -> finding.line(chinese)).toList();
        assertEquals(1, first.size(), first.toString());
        assertTrue(text.contains("\n" + first.getFirst() + "\n"), "the page does not show: " + first.getFirst());

        files.computeIfPresent("areas/lakeside/benefits/resident-inpatient.yaml", (name, bytes) -> new String(
                bytes, StandardCharsets.UTF_8).replace("ratio: 0.85", "ratio: \"85%\"")
                .getBytes(StandardCharsets.UTF_8));
        var mended = PackChecker.check(new PackFiles("guide", files), library);
        assertEquals(List.of(), mended.findings().stream().map(Finding::expectedEn).toList());
        assertEquals("1 of 1", mended.passed() + " of " + mended.cases());
    }

    /// The files that a page writes: a line that begins with the name, then a block with the content.
    private static SortedMap<String, byte[]> files(String page) {
        var files = new TreeMap<String, byte[]>();
        var name = "";
        var content = new StringBuilder();
        var inside = false;
        for (var line : page.lines().toList()) {
            var named = NAMED.matcher(line);
            if (inside && line.equals("```")) {
                inside = false;
                files.put(name, content.toString().getBytes(StandardCharsets.UTF_8));
                name = "";
            } else if (inside) {
                content.append(line).append('\n');
            } else if (named.matches()) {
                name = named.group(1);
            } else if (!name.isEmpty() && line.matches("```(yaml|markdown)")) {
                inside = true;
                content.setLength(0);
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"README.md, 2", "docs/guide/county.md, 9", "docs/guide/county.zh.md, 9", "docs/guide/integrator.md, 3",
        "docs/guide/integrator.zh.md, 3"})
    void every_curl_of_a_page_gets_its_answer(String page, int curls, @TempDir Path directory) throws IOException {
        var packs = PackHost.load(null, packs(), "0.1.0");
        var ids = new AtomicLong();
        try (var book = Books.sqlite(directory.resolve("book.db"))) {
            new DemoCounty().seed(book);
            var ring = new Keyring(book.keys(), CLOCK, new Random(1));
            var keys = Map.of("$TONGCHOU_KEY", key(ring, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL),
                    "$TONGCHOU_CLERK", key(ring, Role.BUREAU_CLERK, DemoCounty.DIVISION));
            var server = new Site(new Installation(packs, book,
                    CLOCK,
                    () -> "s-" + ids.incrementAndGet(), "0.1.0", new Admission(ring, null, new Pace(CLOCK, 0)), null,
                    TwoPersons.USUAL, new PackSwitch(book.oversight().activations(), CLOCK, false)))
                    .start("127.0.0.1", 0);
            try {
                var answered = new ArrayList<String>();
                for (var curl : curls(House.text(House.ROOT.resolve(page)))) {
                    answered.add(send(server.port(), curl, keys));
                }
                assertEquals(curls, answered.size(), page + " shows " + answered);
                assertEquals(List.of(), answered.stream().filter(line -> !line.startsWith("20")).toList());
            } finally {
                server.stop();
            }
        }
    }

    private static String key(Keyring ring, Role role, String scope) {
        return ring.issue(new Keyring.Grant(role, scope, "guide", ring.today(), ring.today(), "test")).text();
    }

    private static List<Path> packs() throws IOException {
        try (var folders = Files.list(House.ROOT.resolve("policy-packs"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("data/pack.yaml"))).sorted().toList();
        }
    }

    /// A request of a page.
    ///
    /// @param body empty for GET
    /// @param options what stands before the address
    private record Curl(String options, String path, String body) {
    }

    private static List<Curl> curls(String page) {
        return BLOCK.matcher(page).results().flatMap(block -> CURL.matcher(block.group(1)).results())
                .flatMap(found -> found.group(2).endsWith("/") && found.group(2).length() > 1
                        ? Stream.<Curl>empty() // goes on with what an earlier reply said
                        : Stream.of(new Curl(found.group(1), found.group(2),
                                found.group(3) == null ? "" : found.group(3)))).toList();
    }

    /// Sends a request and gives status, path and, where it failed, the answer.
    private static String send(int port, Curl curl, Map<String, String> keys) throws IOException {
        var url = URI.create("http://127.0.0.1:" + port + curl.path()).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        keys.forEach((name, key) -> {
            if (curl.options().contains("Bearer " + name + "\"")) {
                connection.setRequestProperty("Authorization", "Bearer " + key);
            }
        });
        if (!curl.body().isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(curl.body().getBytes(StandardCharsets.UTF_8));
        }
        var status = connection.getResponseCode();
        if (status < 400) {
            return status + " " + curl.path();
        }
        try (var in = connection.getErrorStream()) {
            return status + " " + curl.path() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
