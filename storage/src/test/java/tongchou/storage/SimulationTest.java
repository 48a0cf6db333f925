package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Reversed;

/// A book in a file against a naive model, step by step from a seed that is printed.
class SimulationTest {

    private static final int SEEDS = 4;
    private static final int STEPS = 500;

    @TempDir
    private Path folder;

    @Test
    void theBookDoesWhatTheModelDoes() throws Exception {
        simulate(SEEDS, STEPS);
    }

    @Test
    @Tag("long")
    void theBookDoesWhatTheModelDoesForTenThousandSeeds() throws Exception {
        simulate(10_000, 2_000);
    }

    private void simulate(int seeds, int steps) throws Exception {
        var first = new Random().nextLong();
        System.out.println("simulation: " + seeds + " seeds from " + first + ", " + steps + " steps each");
        for (var i = 0; i < seeds; i++) {
            var seed = first + i;
            var file = folder.resolve("book" + i + ".db");
            try {
                new Simulation(file, new Random(seed)).run(steps);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed, failed);
            }
            for (var ending : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(folder.resolve("book" + i + ".db" + ending));
            }
        }
    }

    /// One run: what was booked, and what everybody has.
    private static final class Simulation {

        private final Path file;
        private final Random random;
        private final Map<String, long[]> accounts = new HashMap<>();
        private final Map<String, List<String>> sharers = Map.of("P0", List.of(), "P1", List.of("P0"),
                "P2", List.of("P1", "P0"), "P3", List.of());
        private final Map<String, Long> deductibles = new HashMap<>();
        private final Map<String, Long> funds = new HashMap<>();
        private final List<Visit> visits = new ArrayList<>();
        private Book book;

        private static final class Visit {
            private final String key;
            private final String member;
            private final LocalDate day;
            private final long bill;
            private final Map<String, long[]> taken = new HashMap<>();
            private long deductible;
            private long fund;
            private byte[] reply = {};
            private byte[] reversal;

            Visit(String key, String member, LocalDate day, long bill) {
                this.key = key;
                this.member = member;
                this.day = day;
                this.bill = bill;
            }

            private String year() {
                return member + " " + day.getYear();
            }

            private String id() {
                return "S-" + member + "-" + key;
            }
        }

        Simulation(Path file, Random random) {
            this.file = file;
            this.random = random;
            this.book = Books.sqlite(file);
            book.register(County.hospital());
            for (var i = 0; i < 4; i++) {
                accounts.put("P" + i, new long[] {i * 20_000L, 7_000});
                book.register(County.person("P" + i, i * 200L, 70, sharers.get("P" + i).toArray(String[]::new)));
            }
        }

        void run(int steps) {
            for (var step = 0; step < steps; step++) {
                var some = visits.isEmpty() ? null : visits.get(random.nextInt(visits.size()));
                var what = some == null ? 0 : random.nextInt(100);
                if (what < 50) {
                    settle(new Visit("k" + step, "P" + random.nextInt(4),
                            County.DAY.plusDays(random.nextInt(400) - 200), 1 + random.nextInt(40_000)));
                } else if (what < 65) {
                    var again = assertInstanceOf(Booked.Done.class, book.settle(
                            County.submission(some.member, some.key), County.settle(some.key, some.day, some.bill)));
                    assertEquals(true, again.repeated());
                    assertArrayEquals(some.reply, again.stored().reply());
                } else if (what < 70) {
                    assertInstanceOf(Booked.KeyTaken.class, book.settle(
                            County.submission(some.member, some.key, "other"), County.settle(some.key, 1)));
                } else if (what < 97) {
                    reverse(some, "r" + step);
                } else {
                    book.close();
                    book = Books.sqlite(file);
                }
                if (step % 50 == 0) {
                    compare();
                }
            }
            compare();
            assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
            book.close();
        }

        private void settle(Visit visit) {
            var done = assertInstanceOf(Booked.Done.class, book.settle(County.submission(visit.member, visit.key),
                    County.settle(visit.key, visit.day, visit.bill)));
            assertEquals(false, done.repeated());
            visit.reply = done.stored().reply();
            visit.deductible = Math.min(visit.bill, 10_000 - deductibles.getOrDefault(visit.year(), 0L));
            visit.fund = Math.min((visit.bill - visit.deductible + 1) / 2,
                    100_000 - funds.getOrDefault(visit.year(), 0L));
            var rest = visit.bill - visit.fund;
            rest -= take(visit, visit.member, 0, Math.min(rest, visit.deductible));
            for (var place = 0; place < 2; place++) {
                rest -= take(visit, visit.member, place, rest);
            }
            for (var sharer : sharers.get(visit.member)) {
                rest -= take(visit, sharer, 0, rest);
                rest -= take(visit, sharer, 1, rest);
            }
            deductibles.merge(visit.year(), visit.deductible, Long::sum);
            funds.merge(visit.year(), visit.fund, Long::sum);
            visits.add(visit);
        }

        private long take(Visit visit, String member, int place, long wanted) {
            var account = accounts.get(member);
            var taken = Math.min(wanted, account[place]);
            account[place] -= taken;
            visit.taken.computeIfAbsent(member, token -> new long[2])[place] += taken;
            return taken;
        }

        private void reverse(Visit visit, String key) {
            var done = assertInstanceOf(Reversed.Done.class,
                    book.reverse(County.reversing(visit.id(), key), County::answer));
            assertEquals(visit.reversal != null, done.repeated());
            if (visit.reversal == null) {
                visit.reversal = done.reversal().reply();
                deductibles.merge(visit.year(), -visit.deductible, Long::sum);
                funds.merge(visit.year(), -visit.fund, Long::sum);
                visit.taken.forEach((member, money) -> {
                    accounts.get(member)[0] += money[0];
                    accounts.get(member)[1] += money[1];
                });
            }
            assertArrayEquals(visit.reversal, done.reversal().reply());
        }

        private void compare() {
            accounts.forEach((member, money) -> {
                var purse = book.person(member).orElseThrow().purse();
                assertEquals(List.of(money[0], money[1]),
                        List.of(purse.currentYear().value(), purse.earlierYears().value()), member);
                var sums = new HashMap<String, Long>();
                book.yearToDate(member).sums().forEach((key, sum) ->
                        sums.put(key.name() + " " + key.periodKey().substring(0, 4), sum));
                var expected = new HashMap<String, Long>();
                for (var year : List.of("2025", "2026", "2027")) {
                    expected.put("年度起付线 " + year, deductibles.getOrDefault(member + " " + year, 0L));
                    expected.put("年度封顶线 " + year, funds.getOrDefault(member + " " + year, 0L));
                }
                expected.values().removeIf(sum -> sum == 0);
                assertEquals(expected, sums, member);
            });
            assertEquals(visits.size(), book.settlements());
        }
    }
}
