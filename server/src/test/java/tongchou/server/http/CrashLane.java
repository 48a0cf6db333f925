package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Books;
import tongchou.storage.Inspection;

/// A server that is killed again and again over a folder of its own (断电演练).
///
/// Four clients settle, two of them with the same keys at the same moment; a fifth registers referrals, changes the
/// list of an alliance and has money allotted to a budget; now and then `import` takes in a catalogue beside them and
/// is killed as well. After a kill everything that was sent since the one before is looked at and sent again; before a
/// folder is left, everything that was ever acknowledged in it is read. In between, verification and the number of
/// settlements say that nothing older is gone.
final class CrashLane {

    private static final int SETTLING = 4;

    /// After so many kills a new book is begun, so that verifying all of it stays quick.
    private static final int KILLS_OF_A_BOOK = 10;

    /// Every so many kills a catalogue is imported.
    private static final int KILLS_OF_AN_IMPORT = 4;

    /// Rows of a catalogue: more than one transaction takes.
    private static final int ROWS = 2_500;

    private static final List<String> MEMBERS = List.of("demo-resident-adult", "demo-resident-pupil",
            "demo-resident-elderly", "demo-resident-student", "demo-resident-low-income");

    private final Launch launch;
    private final Path folder;
    private final Random random;
    private final Count count;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private final Map<String, String> sentSince = new ConcurrentHashMap<>();
    private final Queue<Deed> deeds = new ConcurrentLinkedQueue<>();
    private final Queue<Deed> deedsSince = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();

    /// What was done, by all lanes together.
    static final class Count {

        /// After how many kills it says how far it is.
        private static final int TOLD = 20;

        private final int wanted;
        private final long begun = System.nanoTime();
        private final AtomicInteger kills = new AtomicInteger();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();
        private final AtomicInteger unanswered = new AtomicInteger();
        private final AtomicInteger imports = new AtomicInteger();
        private final AtomicInteger broughtIn = new AtomicInteger();

        Count(int wanted) {
            this.wanted = wanted;
        }

        private void killed() {
            var done = kills.incrementAndGet();
            if (done % TOLD == 0) {
                var millis = (System.nanoTime() - begun) / 1_000_000 / done;
                System.out.println("server kills: " + this + "; " + millis + " ms a kill, "
                        + millis * (wanted - done) / 60_000 + " minutes left; to go on after a stop: -Dcrash.kills="
                        + (wanted - done));
            }
        }

        /// Whether requests were without an answer, and enough had one.
        boolean saysSomething() {
            return unanswered.get() > 0 && settled.get() > wanted && others.get() > 0;
        }

        @Override
        public String toString() {
            return kills + " of " + wanted + " kills, " + requests + " answers, " + settled + " settlements, " + others
                    + " referrals, listings and allotments, " + unanswered + " requests without an answer, " + imports
                    + " imports of which " + broughtIn + " came in";
        }
    }

    CrashLane(Launch launch, Path folder, Random random, Count count) {
        this.launch = launch;
        this.folder = folder;
        this.random = random;
        this.count = count;
    }

    void kill(int times) throws Exception {
        Files.createDirectories(folder);
        for (var done = 0; done < times;) {
            var data = folder.resolve("data" + done);
            List.of(acknowledged, sent, sentSince).forEach(Map::clear);
            List.of(deeds, deedsSince).forEach(Queue::clear);
            var server = new ServerProcess(launch, data);
            var desk = open(server);
            try {
                for (var end = Math.min(times, done + KILLS_OF_A_BOOK); done < end; done++) {
                    var importing = done % KILLS_OF_AN_IMPORT == 1 ? new Importing(data, done) : null;
                    loadUntilKilled(desk, done, importing);
                    addsUp(data);
                    server = new ServerProcess(launch, data);
                    desk = new Deed.Desk(server, desk.hospital(), desk.clerk(), desk.supervisor());
                    nothingIsLostOrDoubled(desk);
                    if (importing != null) {
                        importing.allOrNothing(desk);
                    }
                    count.killed();
                }
                everythingStays(desk);
            } finally {
                server.kill();
            }
            addsUp(data);
            count.settled.addAndGet(acknowledged.size());
            count.others.addAndGet(deeds.size());
            delete(data);
        }
    }

    /// Who asks, and the budget to which money is allotted.
    private static Deed.Desk open(ServerProcess server) throws IOException {
        var clerk = server.key("TONGCHOU_CLERK");
        var desk = new Deed.Desk(server, server.key("TONGCHOU_KEY"), clerk, "");
        var supervisor = desk.at(server.key("administrator"), "POST", "/v1/keys", """
                {"role": "bureau-supervisor", "scope": "999901", "holder": "复核"}""", "key");
        assertTrue(supervisor.startsWith("201 tck_"), supervisor);
        var both = new Deed.Desk(server, desk.hospital(), clerk, supervisor.substring(4));
        var asked = both.at(clerk, "POST", "/v1/budgets", """
                {"key": "open", "code": "%s", "alliance": "A99990100001", "year": 2026, "funds": ["pooled-resident"],
                 "amount_fen": 1000000, "document": "年初", "reason": "年初"}""".formatted(Deed.BUDGET), "id");
        assertEquals("200 done", both.at(both.supervisor(), "POST", "/v1/approvals/" + asked.substring(4) + "/confirm",
                "{}", "state"));
        return both;
    }

    /// Clients ask until nobody answers any more; which moment that is, chance decides.
    private void loadUntilKilled(Deed.Desk desk, int round, @Nullable Importing importing)
            throws InterruptedException, IOException {
        var killed = new AtomicBoolean();
        var answered = new AtomicInteger();
        var enough = 1 + random.nextInt(60);
        var reached = new CountDownLatch(1);
        var clients = new ArrayList<Thread>();
        for (var client = 0; client <= SETTLING; client++) {
            var name = round + "-" + client / 2;
            var choices = new Random(random.nextLong());
            var settling = client < SETTLING;
            clients.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, failed) -> {
                broken.add(failed);
                reached.countDown();
            }).start(() -> {
                for (var i = 0; !killed.get(); i++) {
                    if (settling) {
                        settle(desk, name + "-" + i, choices, killed);
                    } else {
                        deed(desk, Deed.of(name + "-" + i, i), killed);
                    }
                    if (answered.incrementAndGet() >= enough) {
                        reached.countDown();
                    }
                }
                reached.countDown();
            }));
        }
        if (importing != null) {
            importing.startAndEnd(random);
        }
        reached.await();
        Thread.sleep(random.nextInt(5));
        killed.set(true);
        desk.server().kill();
        for (var client : clients) {
            client.join();
        }
        assertEquals(List.of(), List.copyOf(broken));
        count.requests.addAndGet(answered.get());
    }

    /// Two clients share every key, so that many requests are sent twice at once; now and then one from before is
    /// repeated.
    private void settle(Deed.Desk desk, String name, Random choices, AtomicBoolean killed) {
        var key = choices.nextInt(8) == 0 && !acknowledged.isEmpty() ? acknowledged.keySet().iterator().next() : name;
        var body = sent.computeIfAbsent(key, CrashLane::body);
        sentSince.put(key, body);
        try {
            var reply = desk.server().send(desk.hospital(), "POST", "/v1/settlements", body);
            while (reply.status() == 409 && reply.body().contains("\"KEY_RUNNING\"")) {
                // The other client's is not done yet.
                reply = desk.server().send(desk.hospital(), "POST", "/v1/settlements", body);
            }
            var last = reply;
            assertTrue(reply.status() == 201 || reply.status() == 200, last::toString);
            var before = acknowledged.put(key, last.body());
            assertTrue(before == null || before.equals(last.body()), () -> key + " was answered twice, differently");
        } catch (IOException noAnswer) {
            assertTrue(killed.get(), noAnswer::toString);
        }
    }

    private void deed(Deed.Desk desk, Deed deed, AtomicBoolean killed) {
        deeds.add(deed);
        deedsSince.add(deed);
        try {
            deed.ask(desk);
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
    private void addsUp(Path data) {
        var bookings = new AtomicLong();
        assertEquals(List.of(), Books.verify(data.resolve("tongchou.db"), Inspection.FIRST_DIFFERENCE.atMost(10)
                .telling((check, done, all) -> bookings.set(check.equals("bookings") ? all : bookings.get()))));
        assertTrue(acknowledged.size() <= bookings.get() && bookings.get() <= sent.size(),
                () -> acknowledged.size() + " acknowledged, " + bookings + " booked, " + sent.size() + " sent");
    }

    private void nothingIsLostOrDoubled(Deed.Desk desk) throws IOException {
        for (var one : sentSince.entrySet()) {
            var known = acknowledged.get(one.getKey());
            if (known != null) {
                isThere(desk, one.getKey(), known);
            } else {
                count.unanswered.incrementAndGet();
            }
            var again = desk.server().send(desk.hospital(), "POST", "/v1/settlements", one.getValue());
            assertTrue(again.status() == 200 || known == null && again.status() == 201, again::toString);
            assertTrue(known == null || known.equals(again.body()), again::toString);
            acknowledged.put(one.getKey(), again.body());
        }
        for (var deed : deedsSince) {
            count.unanswered.addAndGet(deed.isAcknowledged() ? 0 : 1);
            deed.holds(desk);
        }
        sentSince.clear();
        deedsSince.clear();
    }

    private static void isThere(Deed.Desk desk, String key, String reply) throws IOException {
        assertEquals(new ServerProcess.Reply(200, reply), desk.server().send(desk.hospital(), "GET",
                "/v1/settlements?institution=" + DemoCounty.COUNTY_HOSPITAL + "&key=" + key, null));
    }

    /// What the kills of this folder left of all that was ever acknowledged in it.
    private void everythingStays(Deed.Desk desk) throws IOException {
        for (var one : acknowledged.entrySet()) {
            isThere(desk, one.getKey(), one.getValue());
        }
        for (var deed : deeds) {
            deed.stays(desk);
        }
    }

    private static void delete(Path data) throws IOException {
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /// A catalogue that is imported into the book beside the server, and a process that may not come to its end.
    private final class Importing {

        private final Path list;
        private final Path data;
        private final String code;
        private boolean acknowledged;

        Importing(Path data, int round) throws IOException {
            this.data = data;
            this.code = "C" + round + "-";
            this.list = folder.resolve("list" + round + ".csv");
            Files.write(list, Stream.concat(Stream.of("编码,药品名称,甲乙类,开始日期"),
                    IntStream.range(0, ROWS).mapToObj(row -> code + row + ",阿莫西林" + row + ",甲,2025-01-01")).toList());
        }

        /// Chance decides whether it comes to an end of its own.
        void startAndEnd(Random random) throws IOException, InterruptedException {
            count.imports.incrementAndGet();
            var process = launch.command("import", list.toString(), "--kind", "drug", "--data", data.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(random.nextInt(3) == 0 ? 30_000 : 700 + random.nextInt(2_500),
                    TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
            }
            acknowledged = process.waitFor() == 0;
        }

        /// The first row, the last and those where a transaction ends and another begins: all of them or none.
        void allOrNothing(Deed.Desk desk) throws IOException {
            var there = 0;
            var rows = List.of(0, 1_999, 2_000, ROWS - 1);
            for (var row : rows) {
                there += desk.server().send(desk.clerk(), "GET", "/v1/catalogue/drugs?in=imports&date=2026-03-01&code="
                        + code + row, null).body().contains("\"" + code + row + "\"") ? 1 : 0;
            }
            var found = there;
            assertTrue(there == rows.size() || there == 0 && !acknowledged, () -> found + " of " + rows.size()
                    + " rows of " + list + " are there, " + (acknowledged ? "acknowledged" : "not acknowledged"));
            count.broughtIn.addAndGet(there == 0 ? 0 : 1);
            Files.delete(list);
        }
    }
}
