package tongchou.storage;

import java.nio.file.Path;

/// A process that settles until it is killed, and says what was booked.
final class Victim {

    private Victim() {
    }

    public static void main(String[] given) {
        var round = given[1];
        try (var book = Books.sqlite(Path.of(given[0]))) {
            for (var thread = 0; thread < 3; thread++) {
                var name = thread;
                Thread.ofPlatform().daemon().start(() -> settle(book, round + "-" + name));
            }
            settle(book, round + "-3");
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
