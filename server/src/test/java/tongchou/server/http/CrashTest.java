package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Books;
import tongchou.storage.Inspection;

/// A server process under load, killed at any moment and started again: what it acknowledged is there, byte for byte,
/// once; what it did not answer can be asked again; everything in the book adds up.
class CrashTest {

    private static final int CLIENTS = 6;

    /// After so many kills a new book is begun, so that verifying all of it stays quick.
    private static final int KILLS_OF_A_BOOK = 20;

    private static final List<String> MEMBERS = List.of("demo-resident-adult", "demo-resident-pupil",
            "demo-resident-elderly", "demo-resident-student", "demo-resident-low-income");
    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
    private int requests;
    private int unanswered;

    @Test
    void nothingAcknowledgedIsLostOrDoubledInFiveKills() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostOrDoubledInAThousandKills() throws Exception {
        kill(Integer.getInteger("crash.kills", 1_000));
    }

    private void kill(int times) throws Exception {
        var seed = Long.getLong("crash.seed", new Random().nextLong());
        System.out.println("server kills: " + times + ", -Dcrash.seed=" + seed);
        var random = new Random(seed);
        var settled = 0;
        for (var done = 0; done < times;) {
            var data = folder.resolve("data" + done);
            acknowledged.clear();
            sent.clear();
            var server = new ServerProcess(data);
            var key = server.key();
            try {
                for (var end = Math.min(times, done + KILLS_OF_A_BOOK); done < end; done++) {
                    loadUntilKilled(server, key, random, done);
                    addsUp(data);
                    server = new ServerProcess(data);
                    nothingIsLostOrDoubled(server, key);
                    if ((done + 1) % 20 == 0) {
                        System.out.println("server kills so far: " + (done + 1));
                    }
                }
            } finally {
                server.kill();
            }
            addsUp(data);
            settled += acknowledged.size();
            delete(data);
        }
        System.out.println("server kills: " + times + ", " + requests + " requests, " + settled + " settlements, "
                + unanswered + " requests without an answer");
        assertTrue(unanswered > 0 && settled > times, "the load was too light to say anything");
    }

    /// Clients ask until nobody answers any more; which moment that is, chance decides.
    private void loadUntilKilled(ServerProcess server, String key, Random random, int round)
            throws InterruptedException {
        var killed = new AtomicBoolean();
        var answered = new AtomicInteger();
        var enough = 1 + random.nextInt(60);
        var reached = new CountDownLatch(1);
        var clients = new ArrayList<Thread>();
        for (var client = 0; client < CLIENTS; client++) {
            var name = round + "-" + client / 2;
            var choices = new Random(random.nextLong());
            clients.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, failed) -> {
                broken.add(failed);
                reached.countDown();
            }).start(() -> {
                for (var i = 0; !killed.get(); i++) {
                    ask(server, key, name + "-" + i, choices, killed);
                    if (answered.incrementAndGet() == enough) {
                        reached.countDown();
                    }
                }
                reached.countDown();
            }));
        }
        reached.await();
        Thread.sleep(random.nextInt(5));
        killed.set(true);
        server.kill();
        for (var client : clients) {
            client.join();
        }
        assertEquals(List.of(), List.copyOf(broken));
        requests += answered.get();
    }

    /// Two clients share every key, so that many requests are sent twice at once; now and then one from before is
    /// repeated.
    private void ask(ServerProcess server, String caller, String name, Random choices, AtomicBoolean killed) {
        var key = choices.nextInt(8) == 0 && !acknowledged.isEmpty() ? acknowledged.keySet().iterator().next() : name;
        var body = sent.computeIfAbsent(key, CrashTest::body);
        try {
            var reply = server.send(caller, "POST", "/v1/settlements", body);
            while (reply.status() == 409 && reply.body().contains("\"KEY_RUNNING\"")) {
                reply = server.send(caller, "POST", "/v1/settlements", body); // the other client's is not done yet
            }
            var last = reply;
            assertTrue(reply.status() == 201 || reply.status() == 200, last::toString);
            var before = acknowledged.put(key, last.body());
            assertTrue(before == null || before.equals(last.body()), () -> key + " was answered twice, differently");
        } catch (IOException noAnswer) {
            assertTrue(killed.get(), noAnswer::toString);
        }
    }

    private static String body(String key) {
        var fen = 1_000 + Math.floorMod(key.hashCode(), 90_000);
        return SettlementsTest.STAY.formatted(key).replace("demo-resident-adult",
                MEMBERS.get(Math.floorMod(key.hashCode(), MEMBERS.size())))
                .replace("500000", Integer.toString(fen)).replace("600000", Integer.toString(fen + 100_000));
    }

    /// The file as the dead process left it, before anybody else has it open: no more settlements than were asked for,
    /// and no fewer than were acknowledged.
    private void addsUp(Path data) throws IOException {
        var bookings = new AtomicLong();
        assertEquals(List.of(), Books.verify(data.resolve("tongchou.db"), Inspection.FIRST_DIFFERENCE.atMost(10)
                .telling((check, done, all) -> bookings.set(check.equals("bookings") ? all : bookings.get()))));
        assertTrue(acknowledged.size() <= bookings.get() && bookings.get() <= sent.size(),
                () -> acknowledged.size() + " acknowledged, " + bookings + " booked, " + sent.size() + " sent");
    }

    private void nothingIsLostOrDoubled(ServerProcess server, String caller) throws IOException {
        for (var one : List.copyOf(acknowledged.entrySet())) {
            assertEquals(new ServerProcess.Reply(200, one.getValue()), server.send(caller, "GET",
                    "/v1/settlements?institution=" + DemoCounty.COUNTY_HOSPITAL + "&key=" + one.getKey(), null));
        }
        for (var one : sent.entrySet()) {
            var known = acknowledged.get(one.getKey());
            unanswered += known == null ? 1 : 0;
            var again = server.send(caller, "POST", "/v1/settlements", one.getValue());
            assertTrue(again.status() == 200 || known == null && again.status() == 201, again::toString);
            assertTrue(known == null || known.equals(again.body()), again::toString);
            acknowledged.put(one.getKey(), again.body());
        }
    }

    private static void delete(Path data) throws IOException {
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
