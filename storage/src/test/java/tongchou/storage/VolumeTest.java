package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.fund.Budget;
import tongchou.core.ledger.Account;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Settlement;

/// How fast a book in a file grows, and how large it becomes.
@Tag("long")
class VolumeTest {

    private static final int MEMBERS = 2_000;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void settlementsPerSecondAndBytesPerSettlement() throws Exception {
        var file = folder.resolve("book.db");
        try (var book = Books.sqlite(file)) {
            book.register(County.hospital());
            for (var i = 0; i < MEMBERS; i++) {
                book.register(County.person("P%08d".formatted(i), 100, 50));
            }
            rate(book, 0, 1, 2_000);
            compact(file);
            var before = Files.size(file);
            var booked = 0;
            for (var round = 1; round <= 2; round++) {
                for (var threads : new int[] {1, 8, 64}) {
                    var each = 8_000 / threads;
                    System.out.printf("%d threads: %.0f settlements/s%n",
                            threads, rate(book, round * 100 + threads, threads, each));
                    booked += threads * each;
                }
            }
            compact(file);
            var bytes = (Files.size(file) - before) / booked;
            System.out.println("bytes per settlement of ten lines: " + bytes);
            assertEquals(booked + 2_000, book.settlements());
            assertTrue(bytes <= 2_048, () -> "bytes per settlement: " + bytes);
            budgets(book.oversight().budgets());
        }
    }

    /// The first look at a budget adds up the whole book, the next ones what was booked since.
    private static void budgets(Budgets budgets) {
        var budget = new Budget("B1", new Budget.Holder.OfInstitution(County.HOSPITAL), "330199", 2026,
                Account.Kind.funds());
        budgets.allot(new Budgets.Order("a1", budget, true, Fen.of(100), "d", "r", "a", "b", Instant.EPOCH));
        for (var look : List.of("the first", "the next")) {
            var start = System.nanoTime();
            var paid = budgets.position("B1").orElseThrow().paid();
            System.out.println(look + " look at a budget: " + (System.nanoTime() - start) / 1_000_000 + " ms");
            assertTrue(paid.compareTo(Fen.ZERO) > 0, paid::toString);
        }
    }

    private static void compact(Path file) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    private static double rate(Book book, int run, int threads, int each) throws Exception {
        var start = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<?>>();
            for (var t = 0; t < threads; t++) {
                var thread = t;
                running.add(pool.submit(() -> {
                    var random = new Random(run * 1_000L + thread);
                    for (var i = 0; i < each; i++) {
                        var member = "P%08d".formatted(random.nextInt(MEMBERS));
                        var key = "330102-20260302-%03d%03d%06d".formatted(run, thread, i);
                        var lines = new ArrayList<ChargeLine>();
                        for (var n = 1; n <= 10; n++) {
                            lines.add(ChargeLine.of(n, "XA%02dBC%06d".formatted(n, random.nextInt(300)),
                                    Fen.of(1 + random.nextInt(20_000)),
                                    random.nextInt(5) == 0 ? PayClass.B : PayClass.A));
                        }
                        var submission = new Book.Submission("S%016x".formatted(random.nextLong()),
                                County.HOSPITAL, key, content(member, key, lines), member, County.DAY, Instant.EPOCH);
                        book.settle(submission, situation -> switch (County.settle(key, lines).on(situation)) {
                            case Book.Decision.Settle(var settlement, var reply) ->
                                    new Book.Decision.Settle(settlement, reply(submission.id(), settlement));
                            case Book.Decision.Refuse refuse -> refuse;
                        });
                    }
                }));
            }
            for (var future : running) {
                future.get();
            }
        }
        return threads * each / ((System.nanoTime() - start) / 1e9);
    }

    /// A request as the HTTP interface would receive it.
    private static byte[] content(String member, String key, Iterable<ChargeLine> lines) {
        var json = new StringBuilder("{\"key\":\"%s\",\"member\":\"%s\",\"institution\":\"%s\",\"encounter\":{\"kind\":"
                .formatted(key, member, County.HOSPITAL))
                .append("\"visit\",\"care\":\"outpatient\",\"day\":\"2026-03-02\",\"place\":\"local\"},\"lines\":[");
        lines.forEach(line -> json.append("{\"number\":%d,\"item\":\"%s\",\"amount_fen\":%d,\"pay_class\":\"%s\"},"
                .formatted(line.number(), line.item(), line.amount().value(), line.payClass())));
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A reply as the HTTP interface would give it: amounts, postings, every line and every step with its source.
    private static byte[] reply(String id, Settlement settlement) {
        var json = new StringBuilder(("{\"id\":\"%s\",\"pack\":{\"id\":\"demo-county\","
                + "\"version\":\"1.0.0\",\"hash\":\"%s\"},").formatted(id, "0123456789abcdef".repeat(4)))
                .append("\"engine\":\"0.1.0\",\"known_on\":\"2026-03-02\",")
                .append("\"amounts\":\"").append(settlement.amounts()).append("\",\"lines\":[");
        settlement.lines().forEach(judged -> json.append(("{\"number\":%d,\"item\":\"%s\",\"amount_fen\":%d,"
                + "\"full_self_pay_fen\":%d,\"over_limit_fen\":%d,\"pre_pay_fen\":%d,\"in_scope_fen\":%d},").formatted(
                        judged.line().number(), judged.line().item(), judged.line().amount().value(),
                        judged.fullSelfPay().value(), judged.overLimit().value(), judged.prePay().value(),
                        judged.inScope().value())));
        json.append("],\"postings\":[");
        settlement.postings().forEach(posting -> json.append("{\"payer\":\"%s\",\"amount_fen\":%d,\"layer\":\"%s\"},"
                .formatted(posting.payer().word(), posting.amount().value(),
                        posting.layer() == null ? "" : posting.layer().name())));
        json.append("],\"steps\":[");
        settlement.steps().forEach(step -> json.append(("{\"step\":\"%s\",\"amount_fen\":%d,\"of_fen\":%d,"
                + "\"ratio_bp\":%d,\"source\":{\"document\":\"%s\",\"article\":\"%s\"}},").formatted(
                        step.kind(), step.amount(), step.of(), step.ratio() / 100,
                        step.row() == null ? "" : step.row().citation().document().title(),
                        step.row() == null ? "" : step.row().citation().article())));
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
