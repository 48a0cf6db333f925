package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;

/// Requests are read the same however their bytes arrive.
class ConnectionsTest {

    private static final String FIRST = "POST /v1/settlements HTTP/1.1\r\nHost: county\r\n"
            + "Authorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
            + "{\"key\": \"一\"}";
    private static final String SECOND = "GET /v1/packs HTTP/1.1\r\nHost: county\r\n\r\n";
    private static final String LAST = "GET /v1/packs HTTP/1.1\r\nHost: county\r\nConnection: close\r\n\r\n";

    @Test
    void requestsInPiecesAndInOneAreAnsweredAlike(@TempDir Path directory) throws IOException {
        try (var site = new TestSite(directory)) {
            var all = (FIRST.formatted(site.key(Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL)) + SECOND + LAST)
                    .getBytes(StandardCharsets.UTF_8);
            var whole = statuses(site, all, all.length);
            assertEquals(List.of("HTTP/1.1 400", "HTTP/1.1 401", "HTTP/1.1 401"), whole);
            for (var size : List.of(1, 2, 3, 7, 64, 100, 260, 300)) {
                assertEquals(whole, statuses(site, all, size), () -> "pieces of " + size + " bytes");
            }
        }
    }

    /// Kept connections that ask nothing more do not keep others waiting: of 20 callers who do not hang up, all are
    /// answered by a server of 16 places, which otherwise ends what is idle after two minutes.
    @Test
    void whoKeepsAConnectionWithoutUsingItGivesItToTheNext(@TempDir Path directory) throws IOException {
        try (var site = new TestSite(directory)) {
            var server = site.site.start("127.0.0.1", 0, null, 16, none -> { });
            var callers = new ArrayList<Socket>();
            try {
                for (var caller = 1; caller <= 20; caller++) {
                    var socket = new Socket("127.0.0.1", server.port());
                    callers.add(socket);
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream().write(SECOND.getBytes(StandardCharsets.UTF_8));
                    var head = new byte["HTTP/1.1 401".length()];
                    assertEquals(head.length, socket.getInputStream().readNBytes(head, 0, head.length));
                    assertEquals("HTTP/1.1 401", new String(head, StandardCharsets.UTF_8), "caller " + caller);
                }
            } finally {
                for (var socket : callers) {
                    socket.close();
                }
                server.stop();
            }
        }
    }

    /// Nor do connections that are used all the time: of 20 callers who ask again as soon as they are answered, all are
    /// answered by a server of 16 places.
    @Test
    void whoUsesAConnectionAllTheTimeGivesItToTheNext(@TempDir Path directory) throws Exception {
        try (var site = new TestSite(directory); var callers = Executors.newFixedThreadPool(20)) {
            var server = site.site.start("127.0.0.1", 0, null, 16, none -> { });
            var waiting = new CountDownLatch(20);
            try {
                for (var caller : callers.invokeAll(Collections.nCopies(20, () -> ask(server.port(), waiting)),
                        20, TimeUnit.SECONDS)) {
                    assertEquals("HTTP/1.1 401", caller.get());
                }
            } finally {
                server.stop();
            }
        }
    }

    /// Asks until all callers have been answered, over a connection that is kept as long as the server keeps it.
    ///
    /// @return how the first answer begins
    private static String ask(int port, CountDownLatch waiting) throws IOException {
        var first = "";
        while (waiting.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20_000);
                var head = "";
                while (waiting.getCount() > 0 && !Thread.currentThread().isInterrupted()
                        && !head.contains("Connection: close")) {
                    socket.getOutputStream().write(SECOND.getBytes(StandardCharsets.UTF_8));
                    head = head(socket.getInputStream());
                    if (first.isEmpty()) {
                        first = head.substring(0, "HTTP/1.1 401".length());
                        waiting.countDown();
                    }
                }
            }
        }
        return first;
    }

    /// Reads an answer and gives its head.
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) next);
        }
        var length = Pattern.compile("Content-Length: (\\d+)").matcher(head);
        in.skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head.toString();
    }

    /// The statuses of what is answered to bytes that are sent in pieces, until the server ends the connection.
    private static List<String> statuses(TestSite site, byte[] all, int size) throws IOException {
        try (var socket = new Socket("127.0.0.1", site.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(4_000);
            for (var from = 0; from < all.length; from += size) {
                socket.getOutputStream().write(all, from, Math.min(size, all.length - from));
            }
            var answers = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answers);
            return Pattern.compile("HTTP/1.1 \\d{3}").matcher(answers.toString(StandardCharsets.UTF_8)).results()
                    .map(MatchResult::group).toList();
        }
    }

    @ParameterizedTest(name = "read in pieces of {0}")
    @CsvSource({"1", "2", "5", "11", "40"})
    void aReaderThatForgetsReadsWhatTheOtherReads(int size) {
        var text = "first line\r\nsecond\r\n0123456789 to the end".getBytes(StandardCharsets.US_ASCII);
        var forgetting = new ForgettingReader(pieces(text, size)::poll);
        var usual = new DataReader(pieces(text, size)::poll);
        for (var reader : List.of(forgetting, usual)) {
            assertEquals(10, reader.findNewLine(100));
            assertEquals("first", reader.readAsciiString(5));
            assertEquals((byte) ' ', reader.lookup());
            reader.skip(1);
            assertEquals("line", reader.readLazyString(StandardCharsets.US_ASCII, 4).toString());
            assertEquals(true, reader.startsWithNewLine());
            reader.skip(2);
            assertEquals(true, reader.startsWith("sec".getBytes(StandardCharsets.US_ASCII)));
            assertEquals("second", reader.readLine());
            assertEquals("01234", reader.getBuffer(5).readString(5));
            assertEquals("01234", new String(reader.readBytes(5), StandardCharsets.US_ASCII));
            assertEquals("56789", reader.readBuffer(5).readString(5));
            assertEquals((byte) ' ', reader.read());
            assertEquals("to the end", reader.readAsciiString(10));
            assertEquals(0, reader.available());
        }
    }

    private static ArrayDeque<byte[]> pieces(byte[] text, int size) {
        var pieces = new ArrayDeque<byte[]>();
        for (var from = 0; from < text.length; from += size) {
            pieces.add(Arrays.copyOfRange(text, from, Math.min(text.length, from + size)));
        }
        return pieces;
    }
}
