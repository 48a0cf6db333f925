package tongchou.storage;

import java.nio.file.Path;

/// A process that books a re-settlement, one member after the other, until it is killed.
final class ResettlementVictim {

    private ResettlementVictim() {
    }

    public static void main(String[] given) {
        try (var book = Books.sqlite(Path.of(given[0]))) {
            var at = book.resettlements().find("w").orElseThrow();
            while (at.state().isRunning()) {
                at = book.resettlements().step("w", 1, ResettlementContract.again(), ResettlementContract.NOW);
                System.out.print("ACK " + at.progress().booked() + ".\n");
                System.out.flush();
            }
        }
    }
}
