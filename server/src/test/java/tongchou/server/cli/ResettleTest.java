package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Settlement;
import tongchou.server.demo.DemoCounty;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PackHost;
import tongchou.storage.Book;
import tongchou.storage.Books;

/// `resettle` on the file of a book: lists, books, goes on, and says what it cannot do.
class ResettleTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");
    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");

    private final AtomicLong ids = new AtomicLong();

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
    }

    private Run run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var all = new ArrayList<>(List.of("resettle", "--data", folder.toString(), "--packs",
                folder.resolve("none").toString(), "--pack", FIXTURE.toString()));
        all.addAll(List.of(arguments));
        var exit = Tongchou.run(new Surroundings(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]),
                Clock.fixed(NOW, ZoneOffset.UTC), () -> "w-" + ids.incrementAndGet(), new SecureRandom(), "0.1.0",
                Path.of("target/no-home"), Locale.ENGLISH, Map.of()), all.toArray(String[]::new));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Run export(Path file, String from, String to) {
        var out = new ByteArrayOutputStream();
        var exit = Tongchou.run(new Surroundings(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]),
                Clock.fixed(NOW, ZoneOffset.UTC), () -> "x", new SecureRandom(), "0.1.0", Path.of("target/no-home"),
                Locale.ENGLISH, Map.of()), "export", file.toString(), "--kind", "amounts-due", "--from", from,
                "--to", to, "--data", folder.toString());
        return new Run(exit, out.toString(StandardCharsets.UTF_8), "");
    }

    private void settle(Book book, String key, LocalDate day, long fen) {
        var intake = new Intake(PackHost.load(null, List.of(FIXTURE), "0.1.0"));
        var request = RequestReader.body("""
                {"key": "%s", "member": "demo-resident-adult", "institution": "H99990100001", "total_fen": %d,
                 "encounter": {"care": "inpatient", "from": "%s", "to": "%s"},
                 "lines": [{"item": "care", "amount_fen": %d, "class": "a"}]}""".formatted(key, fen, day, day, fen)
                .getBytes(StandardCharsets.UTF_8), SettlementRequest.class);
        var booked = book.settle(new Book.Submission(key, DemoCounty.COUNTY_HOSPITAL, key,
                ReplyWriter.canonical(request), "demo-resident-adult", day, NOW), situation -> {
                    var settled = intake.settle(request, situation.person(),
                            situation.institution().orElseThrow(), DemoCounty.COUNTY_HOSPITAL + "/" + key,
                            situation.yearToDate());
                    var settlement = (Settlement) settled.outcome();
                    return new Book.Decision.Settle(settlement, ReplyWriter.bytes(settled.tell(Replies.of(settlement,
                            "booked", new Replies.Booking(key, key, NOW.toString(), null), "demo-resident-adult",
                            request.lines(), "0.1.0", true))));
                });
        assertTrue(booked instanceof Book.Booked.Done, booked::toString);
    }

    @Test
    void whatIsStaleIsListedThenBooked() throws Exception {
        assertEquals(1, run("--by", "王").exit, "there is no book");
        try (var book = Books.sqlite(folder.resolve("tongchou.db"))) {
            new DemoCounty().seed(book);
            // As over HTTP: the late stay bears 1,300 of the catastrophic deductible and loses 780, the other gains it.
            settle(book, "k1", LocalDate.of(2026, 2, 20), 6_000_000);
            settle(book, "k2", LocalDate.of(2026, 1, 9), 400_000);
        }
        var listed = run("--by", "王");
        assertEquals(0, listed.exit, listed.err);
        assertTrue(listed.out.contains("catastrophic 780.00 → 0.00, cash 520.00 → 1300.00, still to pay 780.00"),
                listed.out);
        assertTrue(listed.out.contains("gets back 780.00"), listed.out);
        assertTrue(listed.err.contains("computed 1 of 1 members"), listed.err);
        assertTrue(listed.err.contains("resettle --id w-1 --by NAME --confirm"), listed.err);
        var csv = run("--by", "王", "--id", "w-1", "--csv");
        assertTrue(csv.out.contains("demo-resident-adult,k1,H99990100001,2026-02-20,fixture,1.0.0,,catastrophic,18000,"
                + "96000,78000,78000,\n"), csv.out);
        // 780 less and 780 more of fund money.
        var alone = run("--by", "李", "--id", "w-1", "--confirm", "--approve-over", "1559.99");
        assertEquals(1, alone.exit);
        assertTrue(alone.err.contains("move 1560.00 yuan of fund money, over 1559.99"), alone.err);
        assertEquals(1, run("--by", "李", "--second", " 李", "--id", "w-1", "--confirm", "--approve-over", "0").exit);
        var booked = run("--by", "李", "--second", "王", "--id", "w-1", "--confirm", "--approve-over", "0",
                "--lang", "zh");
        assertEquals(0, booked.exit, booked.err);
        assertTrue(booked.err.contains("重算 w-1 已完成：1 人。"), booked.err);
        try (var book = Books.sqlite(folder.resolve("tongchou.db"))) {
            assertEquals(List.of(), book.staleMembers("", 9));
            assertEquals("k1-c1", book.resettlements().corrections("k1").getFirst().id());
            assertEquals("李 + 王", book.resettlements().find("w-1").orElseThrow().events().get(2).who());
        }
        var file = folder.resolve("due.csv");
        assertEquals("2 exported.\n", export(file, "2026-03-10", "2026-03-10").out);
        assertEquals(List.of("\uFEFFinstitution,settlement,correction,member,booked-at,from-funds-fen,"
                + "from-accounts-fen,to-persons-fen",
                "H99990100001,k2,k2-c1,demo-resident-adult,2026-03-10T02:00:00Z,-78000,0,-78000",
                "H99990100001,k1,k1-c1,demo-resident-adult,2026-03-10T02:00:00Z,78000,0,78000"),
                java.nio.file.Files.readAllLines(file));
        assertEquals(2, export(file, "2026-03-10", "2026-03-09").exit);
        assertEquals(1, run("--by", "李", "--id", "w-9").exit);
        assertEquals(1, run("--by", "李", "--hash", "abc").exit);
        assertEquals(2, run("--by", "李", "--from", "2026-01-01").exit);
        assertEquals(2, run("--by", " ").exit);
        assertEquals(2, run().exit);
    }
}
