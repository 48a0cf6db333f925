package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A book under many clients and many accidents, decided by one seed, beside the [Model].
///
/// Time goes in rounds. In a round up to eight clients ask at once: the first change is held until the others stand in
/// the queue, so that they share a transaction and their order is the seed's. In some rounds a call fails, a commit
/// fails before or after it happened, or the process dies while the log is being written: the files as they were then,
/// the log cut anywhere within the commit, are all that the next process finds. Whoever got no answer asks again.
final class Simulation {

    private static final int MOST_CLIENTS = 8;

    private final Path folder;
    private final Random random;
    private final Requests requests;
    private final Model model;
    private final List<Step> history = new ArrayList<>();
    private final Tally tally;
    private Path file;
    private Gate gate = new Gate();
    private OneWriter writer;
    private Book book;
    private int processes;

    /// What happened, over all seeds.
    static final class Tally {
        int operations;
        int crashes;
        int torn;
        int failures;
        int unanswered;
        int resettlements;
        int differences;

        synchronized void add(Tally other) {
            operations += other.operations;
            crashes += other.crashes;
            torn += other.torn;
            failures += other.failures;
            unanswered += other.unanswered;
            resettlements += other.resettlements;
            differences += other.differences;
        }

        @Override
        public synchronized String toString() {
            return operations + " operations, " + crashes + " crashes (" + torn + " tore a commit), " + failures
                    + " failing calls, " + unanswered + " requests without an answer, " + resettlements
                    + " re-settlements with " + differences + " differences";
        }
    }

    /// @param template a book in which [Model#found] was registered
    Simulation(Path template, Path folder, long seed, Tally tally) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.tally = tally;
        this.file = folder.resolve("book0.db");
        Files.copy(template, file);
        open();
        this.model = new Model(book.auditSize());
        this.requests = new Requests(random, model);
    }

    /// Opens the file as a process does, but without flushes: nothing here outlives the machine anyway.
    private void open() {
        gate = new Gate();
        var url = "jdbc:sqlite:" + file;
        // Which steps share a transaction, the gate decides and not the time that they take.
        writer = new OneWriter(gate.whileAlive(() -> Books.writer(url, "pragma synchronous = off",
                "pragma wal_autocheckpoint = 300")), gate, null, Duration.ZERO);
        book = new SqlBook(Dialect.SQLITE, writer, Books.readers(url), null, Fingerprint.SHA_256);
    }

    void run(int operations) throws Exception {
        for (var compared = 0; tally.operations < operations;) {
            var round = new ArrayList<Step>();
            for (var i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--) {
                round.add(requests.next(round));
            }
            tally.operations += round.size();
            round(round);
            if (random.nextInt(40) == 0) {
                requests.resettlement().ifPresent(this::alone);
            }
            if (tally.operations - compared >= 100) {
                compared = tally.operations;
                assertEquals(model.state(), Model.state(book));
            }
        }
        assertEquals(model.state(), Model.state(book));
        assertEquals(List.of(), book.verify(Inspection.FIRST_DIFFERENCE));
    }

    /// What takes many transactions is asked by itself, between two rounds, without an accident.
    private void alone(Step step) {
        tally.operations++;
        tally.resettlements++;
        var said = step.expect().apply(model);
        assertEquals(said, step.ask().apply(book), step::name);
        tally.differences += said.split(" fund ").length - 1;
        model.auditRows(book.auditSize());
        history.add(step);
    }

    /// Asks everything that had an effect again, of an empty book: the same answers, and the same audit log.
    void replay(Path template) throws IOException {
        var before = model.state();
        var log = book.auditSize();
        var root = root();
        close();
        file = folder.resolve("replay.db");
        Files.copy(template, file);
        open();
        var again = new Model(book.auditSize());
        for (var step : history) {
            assertEquals(step.expect().apply(again), step.ask().apply(book), step::name);
        }
        assertEquals(before, Model.state(book));
        assertEquals(log, book.auditSize());
        assertEquals(root, root(), "the root of the audit log");
    }

    private String root() throws IOException {
        var place = folder.resolve("checkpoints" + processes++);
        return java.util.HexFormat.of().formatHex(book.checkpoint(SimulationTest.seal(place),
                County.submission("", "").now()).root());
    }

    /// Also in the middle of a round, where the writer is held at the gate.
    void close() throws IOException {
        gate.letGo();
        book.close();
        Gate.delete(file);
    }

    // Rounds ---------------------------------------------------------------------------------------------------------

    private void round(List<Step> steps) throws Exception {
        var accident = random.nextInt(100);
        if (accident < 8) {
            gate.failAt(1 + random.nextInt(60), random.nextBoolean());
        } else if (accident < 11) {
            gate.failCommit(random.nextInt(steps.size() == 1 ? 1 : 2), random.nextBoolean());
        } else if (accident < 13) {
            gate.crashAt(random.nextInt(steps.size() == 1 ? 1 : 2), file, folder.resolve("crash.db"), random);
        } else if (accident == 13) {
            book.close();
            open();
        }
        var answers = ask(steps);
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).handle((all, failed) -> "")
                .get(60, TimeUnit.SECONDS);
        var accidents = gate.toString();
        try {
            var waiting = new ArrayList<Step>();
            for (var next : order(answers)) {
                judge(steps.get(next), answers.get(next), next == 0 ? 0 : 1, waiting);
            }
            tally.failures += gate.hasHappened() || gate.commitFailed() ? 1 : 0;
            tally.unanswered += waiting.size();
            if (gate.isDead()) {
                restart();
            }
            gate.heal();
            askAgain(waiting);
        } catch (AssertionError differs) {
            throw new AssertionError("in a round with " + accidents + ":\n" + told(steps, answers), differs);
        }
    }

    /// The order in which what was asked took effect. Whoever is told something though the commit failed is told what
    /// his key finds afterwards; unless that is his own doing, somebody else's came before it: in his transaction or,
    /// for the first of a round, in the next.
    private List<Integer> order(List<CompletableFuture<String>> answers) {
        var order = new ArrayList<Integer>();
        var told = new ArrayList<Integer>();
        for (var i = 0; i < answers.size(); i++) {
            var first = i == 0;
            var found = gate.isInDoubt(first ? 0 : 1) && answers.get(i).handle((words, failed) -> words != null
                    && (words.startsWith("again ") || words.startsWith("key of ")
                    || !first && words.startsWith("not "))).join();
            (found ? told : order).add(i);
        }
        order.addAll(told);
        return order;
    }

    /// Whoever has no answer asks again. Where the log is longer than the model's, requests were booked before their
    /// answers were lost: what has a key is found by it, as all that were booked have left it; what had no effect, or
    /// has no key, is over.
    private void askAgain(List<Step> waiting) {
        var booked = new ArrayList<Step>();
        var next = 0;
        while (next < waiting.size() && book.auditSize() > model.auditRows()) {
            var step = waiting.get(next++);
            var before = model.auditRows();
            expect(step);
            if (model.auditRows() > before && step.hasKey()) {
                booked.add(step);
            }
        }
        booked.forEach(step -> askAgain(step, step.expect().apply(model)));
        waiting.subList(next, waiting.size()).forEach(step -> askAgain(step, expect(step)));
    }

    private void askAgain(Step step, String expected) {
        assertEquals(expected.replaceFirst("^again ", "done "),
                step.ask().apply(book).replaceFirst("^again ", "done "), () -> "asked again: " + step.name());
    }

    private static String told(List<Step> steps, List<CompletableFuture<String>> answers) {
        var told = new StringBuilder();
        for (var i = 0; i < steps.size(); i++) {
            told.append(steps.get(i).name()).append("\n    ")
                    .append(answers.get(i).handle((words, failed) -> words == null ? String.valueOf(failed) : words)
                            .getNow("nothing yet")).append('\n');
        }
        return told.toString();
    }

    /// Every step at once; each answer is words or the failure.
    private List<CompletableFuture<String>> ask(List<Step> steps) throws InterruptedException {
        var answers = new ArrayList<CompletableFuture<String>>();
        gate.begin(steps.size() > 1);
        for (var step : steps) {
            var answer = new CompletableFuture<String>();
            var target = book;
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(step.ask().apply(target));
                } catch (RuntimeException | Error failed) {
                    answer.completeExceptionally(failed);
                }
            });
            answers.add(answer);
            if (steps.size() > 1) {
                await(answers.size() - 1);
            }
        }
        gate.letGo();
        return answers;
    }

    private void await(int backlog) throws InterruptedException {
        if (backlog == 0) {
            gate.awaitArrival();
        }
        for (var spins = 0; writer.backlog() < backlog; spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.sleep(0, 20_000);
            }
        }
    }

    /// @param batch which transaction of the round it was in
    private void judge(Step step, CompletableFuture<String> asked, int batch, List<Step> waiting)
            throws InterruptedException {
        String answer;
        try {
            answer = asked.get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof BookException doubt)) {
                throw new AssertionError(step.name(), failed.getCause());
            }
            answer = null;
            if (!gate.isDead() && doubt.isOutcomeUnknown() && gate.wasCommitted(batch)) {
                expect(step);
                return;
            }
        }
        if (answer == null || gate.isDead() && batch >= gate.crashedBatch()) {
            waiting.add(step);
        } else {
            assertEquals(expect(step), answer, step::name);
        }
    }

    private String expect(Step step) {
        var before = model.auditRows();
        var words = step.expect().apply(model);
        if (model.auditRows() != before) {
            history.add(step);
        }
        return words;
    }

    /// The next process finds what the dead one left.
    private void restart() throws IOException {
        tally.crashes++;
        tally.torn += gate.tore() ? 1 : 0;
        book.close();
        Gate.delete(file);
        file = folder.resolve("book" + ++processes + ".db");
        Files.move(folder.resolve("crash.db"), file);
        Files.move(folder.resolve("crash.db-wal"), folder.resolve("book" + processes + ".db-wal"));
        open();
    }
}
