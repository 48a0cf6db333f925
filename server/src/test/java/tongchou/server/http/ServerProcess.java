package tongchou.server.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `tongchou serve` as a process of its own, over a folder that outlives it, the fixture pack and the demonstration
/// county.
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern KEY = Pattern.compile("(?:export (TONGCHOU_\\w+)=|    )(tck_\\S+)");

    private final Process process;
    private final int port;
    private final Map<String, String> keys = new HashMap<>();

    /// What came back.
    record Reply(int status, String body) {
    }

    /// Starts a server and waits until it listens.
    ServerProcess(Launch launch, Path data) throws IOException {
        process = launch.command("serve", "--lang", "en", "--port", "0", "--rate", "0", "--data", data.toString(),
                "--pack", TestSite.FIXTURE.toString()).start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        var listening = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            var address = ADDRESS.matcher(line);
            if (listening == 0 && address.find()) {
                listening = Integer.parseInt(address.group(1));
            }
            var given = KEY.matcher(line);
            if (given.find()) {
                keys.put(given.group(1) == null ? "administrator" : given.group(1), given.group(2));
            }
            if (line.startsWith("Ctrl-C")) {
                break;
            }
        }
        if (listening == 0 || !process.isAlive()) {
            process.destroyForcibly();
            throw new IOException("the server did not start:\n" + said);
        }
        port = listening;
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> { }));
    }

    /// A key that only the first start over a folder prints: that of the `administrator`, or a variable of the guides.
    String key(String name) {
        return java.util.Objects.requireNonNull(keys.get(name), "only the first start prints the key of " + name);
    }

    /// Asks.
    ///
    /// @throws IOException when no whole answer came back
    Reply send(String caller, String method, String path, @Nullable String body) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(30_000);
        connection.setRequestProperty("Authorization", "Bearer " + caller);
        if (body != null) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            connection.getOutputStream().write(bytes);
        }
        var status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// Ends it as a power cut of the process would: SIGKILL, at once.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        Launch.ended(process);
    }

    /// Asks it to end, and waits until it has said its last.
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        Launch.ended(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
