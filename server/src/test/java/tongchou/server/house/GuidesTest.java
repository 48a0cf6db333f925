package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern CURL = Pattern.compile(
            "(?s)curl -s([^\\n]*?)\"?http://127\\.0\\.0\\.1:8080(/[^\\s\"$]*)\"?(?: -H '[^']*')*(?: -d '(.*?)')?(?=\\s|$)");

    @ParameterizedTest
    @CsvSource({"README.md, 2", "docs/guide/county.md, 9", "docs/guide/county.zh.md, 9", "docs/guide/integrator.md, 6",
        "docs/guide/integrator.zh.md, 6"})
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
