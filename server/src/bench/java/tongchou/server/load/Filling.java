package tongchou.server.load;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Settlement;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.OrderedIds;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PackHost;
import tongchou.storage.Book;
import tongchou.storage.Books;

/// Fills a book before it is measured (预置数据): people, and settlements of earlier years of the population, booked as
/// the server books them but without a network between.
final class Filling {

    private static final int AT_ONCE = 256;

    private final OrderedIds ids = new OrderedIds(Clock.systemUTC(), new SecureRandom());
    private final Path file;
    private final Intake intake;
    private final Population population;

    Filling(Path file, Path packs, Population population) throws IOException {
        this.file = file;
        this.intake = new Intake(PackHost.load(packs, java.util.List.of(), "0.1.0"));
        this.population = population;
    }

    /// Registers copies of the population, from a first one on.
    static void register(Path file, Population population, int first, int copies) throws Exception {
        try (var book = Books.sqlite(file)) {
            new DemoCounty().seed(book);
            run("people registered", copies * population.people(), AT_ONCE, number -> () -> book.register(
                    population.person(first + number / population.people(), number % population.people())));
        }
    }

    /// Opens the book.
    Book open() {
        return Books.sqlite(file);
    }

    /// Books a number of settlements.
    void to(int first, int count) throws Exception {
        try (var book = open()) {
            book(book, first * population.visits(), count, AT_ONCE);
        }
    }

    /// Books settlements from one of the population on, so many at once.
    void book(Book book, int from, int count, int atOnce) throws Exception {
        run("settlements stored", count, atOnce, number -> {
            var claim = population.claim((from + number) / population.visits(), (from + number) % population.visits());
            return () -> book(book, RequestReader.body(claim.body(), SettlementRequest.class));
        });
    }

    private Book.Booked book(Book book, SettlementRequest request) {
        var submission = new Book.Submission(ids.get(),
                Objects.requireNonNull(request.institution()), Objects.requireNonNull(request.key()),
                ReplyWriter.canonical(request), Objects.requireNonNull(request.member()), Intake.lastDay(request),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
        return book.settle(submission, situation -> {
            var institution = situation.institution().orElseThrow();
            var settled = intake.settle(request, situation.person(), institution,
                    institution.code() + "/" + submission.key(), situation.yearToDate());
            var settlement = (Settlement) settled.outcome();
            var booking = new Replies.Booking(submission.id(), submission.key(), submission.now().toString(), null);
            return new Book.Decision.Settle(settlement, ReplyWriter.bytes(settled.tell(Replies.of(
                    settlement, "booked", booking, request.member(), request.lines(), "0.1.0", true))));
        });
    }

    /// What is done with a number.
    private interface Task {
        Callable<?> of(int number);
    }

    private static void run(String what, int count, int most, Task task) throws Exception {
        var start = Instant.now();
        var atOnce = new Semaphore(most);
        Future<?> last = null;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < count; i++) {
                var one = task.of(i);
                atOnce.acquire();
                last = callers.submit(() -> {
                    try {
                        return one.call();
                    } finally {
                        atOnce.release();
                    }
                });
                if (i % 250_000 == 249_999) {
                    System.out.printf("%d %s after %d s%n", i + 1, what, start.until(Instant.now()).toSeconds());
                }
            }
        }
        if (last != null) {
            last.get();
        }
        System.out.printf("%d %s in %d s%n", count, what, start.until(Instant.now()).toSeconds());
    }
}
