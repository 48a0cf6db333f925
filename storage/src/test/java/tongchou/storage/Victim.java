package tongchou.storage;

import java.nio.file.Path;

/// A process that settles until it is killed, or so many times, and says what was booked.
final class Victim {

    private Victim() {
    }

    public static void main(String[] given) {
        var round = given[1];
        if (given.length > 2) {
            settleAll(Path.of(given[0]), Integer.parseInt(given[2]));
            return;
        }
        try (var book = Books.sqlite(Path.of(given[0]))) {
            for (var thread = 0; thread < 3; thread++) {
                var name = thread;
                Thread.ofPlatform().daemon().start(() -> settle(book, round + "-" + name));
            }
            settle(book, round + "-3");
        }
    }

    /// One after the other, whatever fails.
    private static void settleAll(Path file, int times) {
        try (var book = Books.sqlite(file)) {
            for (var i = 0; i < times; i++) {
                var key = "k" + i;
                try {
                    book.settle(County.submission("P" + i % 5, key), County.settle(key, 1_000));
                    System.out.print("ACK " + key + ".\n");
                } catch (BookException failed) {
                    System.out.print("ERR " + key + (failed.isOutcomeUnknown() ? " unknown" : "") + ".\n");
                }
                System.out.flush();
            }
        }
    }

    private static void settle(Book book, String name) {
        for (var i = 0;; i++) {
            var key = name + "-" + i;
            var member = "P" + Math.floorMod(key.hashCode(), 5);
            if (book.settle(County.submission(member, key), County.settle(key, 1_000)) instanceof Book.Booked.Done) {
                synchronized (Victim.class) {
                    System.out.print("ACK " + key + ".\n");
                    System.out.flush();
                }
            }
        }
    }
}
