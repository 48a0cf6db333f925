package tongchou.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// How long a start takes (启动耗时) as its user sees it: from `bin/tongchou serve` until the request that it prints is
/// answered, on an empty folder and on the book that is there then.
///
/// Arguments: how many starts of either kind, then the folders of distributions, which take turns. Every one makes its
/// start-up cache first.
final class StartBenchmark {

    private static final Pattern CURL =
            Pattern.compile("curl -s (\\S+) -H \"Authorization: Bearer (\\S+)\" .* -d '(.*)'");

    private final Path distribution;
    private final List<Taken> onNothing = new ArrayList<>();
    private final List<Taken> onABook = new ArrayList<>();

    private StartBenchmark(Path distribution) {
        this.distribution = distribution;
    }

    /// What a start took until the first answer.
    private record Taken(Duration time, Duration processor) {
    }

    /// Prints a line for each kind of start of each distribution.
    public static void main(String[] arguments) throws Exception {
        var all = Arrays.stream(arguments).skip(1).map(folder -> new StartBenchmark(Path.of(folder))).toList();
        for (var one : all) {
            one.command("prepare").inheritIO().start().waitFor();
        }
        for (var turn = 0; turn < Integer.parseInt(arguments[0]); turn++) {
            for (var one : all) {
                one.start();
            }
        }
        all.forEach(StartBenchmark::tell);
    }

    private ProcessBuilder command(String... words) {
        var command = new ArrayList<>(List.of(distribution.resolve("bin").resolve("tongchou").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private void start() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("tongchou-start");
        try {
            var key = serve(data, "", onNothing);
            serve(data, key, onABook);
        } finally {
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Starts it, settles and stops it.
    ///
    /// @param known the key that an earlier start printed; empty for none
    /// @return the key that was used
    private String serve(Path data, String known, List<Taken> taken) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var server = command("serve", "--lang", "en", "--host", "127.0.0.1", "--port", "0", "--data", data.toString())
                .redirectErrorStream(true).start();
        try (var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                var curl = CURL.matcher(line);
                if (curl.matches()) {
                    var key = known.isEmpty() ? curl.group(2) : known;
                    // With another idempotency key: it is to be settled, not looked up.
                    settle(curl.group(1), key, curl.group(3).replace("\"demo-20", "\"start-" + taken.size() + "-20"));
                    taken.add(new Taken(Duration.ofNanos(System.nanoTime() - began),
                            server.info().totalCpuDuration().orElse(Duration.ZERO)));
                    return key;
                }
            }
        } finally {
            server.toHandle().destroy();
            server.waitFor();
        }
        throw new IOException(distribution + " printed no request");
    }

    private static void settle(String address, String key, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + key);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IOException(connection.getResponseCode() + " to " + body);
        }
        try (var in = connection.getInputStream()) {
            in.readAllBytes();
        }
    }

    private void tell() {
        tell("on an empty folder", onNothing);
        tell("on a book that is there", onABook);
    }

    private void tell(String what, List<Taken> taken) {
        var times = taken.stream().map(one -> one.time().toMillis()).toList();
        System.out.printf("START %s %s %s ms, median %d ms, of the processors %d ms%n", distribution, what, times,
                median(times), median(taken.stream().map(one -> one.processor().toMillis()).toList()));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
