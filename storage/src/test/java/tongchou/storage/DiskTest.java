package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import tongchou.storage.Book.Booked;

/// What a book in a file does when the disk is full or fails.
class DiskTest {

    private static final Inspection ALL = Inspection.FIRST_DIFFERENCE.atMost(10);
    /// As many commits, and so flushes, as the longest trial counts, and some more.
    private static final int SETTLEMENTS = 65;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    // Full disk ------------------------------------------------------------------------------------------------------

    @Test
    void aFullDiskIsAnErrorAndNothingMore() throws Exception {
        var file = folder.resolve("book.db");
        var pages = new int[1];
        try (var book = Books.sqlite(file)) {
            SurvivalTest.found(book);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var sql = connection.createStatement(); var count = sql.executeQuery("pragma page_count")) {
            pages[0] = (int) count.getLong(1) + 8;
        }
        var booked = 0;
        try (var book = Books.sqlite(file, Writer.Commit.ORDINARY, "pragma max_page_count = " + pages[0])) {
            while (true) {
                var key = "k" + booked;
                try {
                    book.settle(County.submission("P1", key), County.settle(key, County.bill(9_000, 20)));
                    booked++;
                } catch (BookException full) {
                    assertFalse(full.isOutcomeUnknown());
                    break;
                }
            }
            assertEquals(booked, book.settlements());
            assertEquals(List.of(), book.verify(ALL));
            var key = "k" + booked;
            assertThrows(BookException.class,
                    () -> book.settle(County.submission("P1", key), County.settle(key, County.bill(9_000, 20))));
        }
        try (var book = Books.sqlite(file)) {
            assertEquals(booked, book.settlements());
            var key = "k" + booked;
            assertInstanceOf(Booked.Done.class,
                    book.settle(County.submission("P1", key), County.settle(key, County.bill(9_000, 20))));
            assertEquals(List.of(), book.verify(ALL));
        }
    }

    @Test
    void aSmallFileSystemThatFillsUpIsAnErrorAndNothingMore() throws Exception {
        var small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small.toString()),
                () -> said("a small file system cannot be mounted here, so none was filled"));
        try {
            var file = small.resolve("book.db");
            var booked = 0;
            try (var book = Books.sqlite(file)) {
                SurvivalTest.found(book);
                for (var failed = false; !failed;) {
                    var key = "k" + booked;
                    try {
                        book.settle(County.submission("P1", key), County.settle(key, County.bill(9_000, 20)));
                        booked++;
                    } catch (BookException full) {
                        failed = true;
                        assertTrue(causes(full).contains("SQLITE_FULL"), () -> causes(full));
                    }
                }
                assertEquals(List.of(), book.verify(ALL));
                assertTrue(book.settlements() - booked <= 1, () -> "settlements " + book.settlements());
            }
            assertTrue(run("mount", "-o", "remount,size=30m", small.toString()));
            try (var book = Books.sqlite(file)) {
                var key = "k" + booked;
                assertInstanceOf(Booked.Done.class,
                        book.settle(County.submission("P1", key), County.settle(key, County.bill(9_000, 20))));
                assertEquals(booked + 1, book.settlements());
                assertEquals(List.of(), book.verify(ALL));
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static String causes(Throwable failed) {
        var causes = new StringBuilder();
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            causes.append(cause).append('\n');
        }
        return causes.toString();
    }

    // Failing system calls -------------------------------------------------------------------------------------------

    @Test
    void aSystemCallThatFailsIsAnErrorAndNothingMore() throws Exception {
        var launch = Launch.asBuilt(folder);
        System.out.println(inject(launch, "fsync", "EIO", "9"));
        System.out.println(inject(launch, "pwrite64", "ENOSPC", "40"));
        System.out.println(inject(launch, "pwrite64", "EIO", "30+"));
    }

    /// 480 trials, two at a time; `-Ddisk.from=N` goes on with the n-th of them, `-Ddisk.to=N` ends there.
    @Test
    @Tag("long")
    void anySystemCallMayFailOnceOrForGood() throws Exception {
        var trials = new ArrayList<Callable<String>>();
        var launch = Launch.rehearsed(folder);
        for (var call : List.of("pwrite64", "fsync")) {
            for (var error : List.of("EIO", "ENOSPC")) {
                for (var nth = 1; nth <= 60; nth++) {
                    for (var when : List.of(Integer.toString(nth), nth + "+")) {
                        trials.add(() -> inject(launch, call, error, when));
                    }
                }
            }
        }
        var first = Integer.getInteger("disk.from", 1);
        var last = Integer.getInteger("disk.to", trials.size());
        var progress = new Progress("system calls", 1 + last - first, 20);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var running = trials.subList(first - 1, last).stream().map(threads::submit).toList();
            for (var i = 0; i < running.size(); i++) {
                System.out.println("trial " + (first + i) + " of " + trials.size() + ": " + running.get(i).get());
                progress.done(left -> "-Ddisk.from=" + (1 + last - left) + " -Ddisk.to=" + last);
            }
        }
    }

    /// Settles in a process whose n-th such call on the book fails, or every one from there; then asks everything
    /// again.
    ///
    /// @return what was answered
    private String inject(Launch launch, String call, String error, String nth) throws Exception {
        assumeTrue(run("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "true"),
                () -> said("strace is not here or may not trace, so no system call was made to fail"));
        var place = Files.createDirectory(folder.resolve(call + error + nth));
        var file = place.resolve("book.db");
        try (var book = Books.sqlite(file)) {
            SurvivalTest.found(book);
        }
        var answers = place.resolve("answers");
        var command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", place.resolve("calls").toString(),
                "--seccomp-bpf", "-P", file.toString(), "-P", file + "-wal", "-e", "trace=" + call,
                "-e", "inject=" + call + ":error=" + error + ":when=" + nth));
        command.addAll(launch.command(Victim.class, file.toString(), "0", Integer.toString(SETTLEMENTS)));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(answers.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the process does not end");
        var what = call + " " + error + " " + nth;
        var injected = Files.readString(place.resolve("calls")).contains("INJECTED");
        var said = Files.readAllLines(answers, StandardCharsets.UTF_8);
        try (var book = Books.sqlite(file)) {
            assertEquals(List.of(), book.verify(ALL), what);
            for (var line : said) {
                if (line.startsWith("ACK ")) {
                    assertTrue(book.settlement(County.HOSPITAL, line.substring(4, line.length() - 1)).isPresent(),
                            () -> what + ": " + line);
                }
            }
            for (var i = 0; i < SETTLEMENTS; i++) {
                var key = "k" + i;
                assertInstanceOf(Booked.Done.class, book.settle(County.submission("P" + i % 5, key),
                        County.settle(key, 1_000)), what);
            }
            assertEquals(SETTLEMENTS, book.settlements(), what);
            assertEquals(List.of(), book.verify(ALL), what);
        }
        Gate.delete(file);
        return "system call " + what + (injected ? "" : " (never reached)") + ": "
                + said.stream().filter(line -> line.startsWith("ACK")).count() + " acknowledged, "
                + said.stream().filter(line -> line.startsWith("ERR")).toList();
    }

    private static String said(String why) {
        System.out.println("SKIPPED: " + why);
        return why;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notHere) {
            return false;
        }
    }
}
