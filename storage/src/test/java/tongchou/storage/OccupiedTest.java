package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That one server serves a book, and no other until it gives it up.
class OccupiedTest {

    @Test
    void aBookIsGivenUpOnlyWhenItIsClosed(@TempDir Path directory) throws IOException {
        var book = directory.resolve("tongchou.db");
        var held = Occupied.take(book);
        var taken = assertThrows(Occupied.Taken.class, () -> Occupied.take(book));
        assertEquals("process " + ProcessHandle.current().pid(), taken.holder(false).replaceAll(",.*", ""));
        held.close();
        Occupied.take(book).close();
    }

    @Test
    void whoForgetsThatHeHoldsABookHoldsIt(@TempDir Path directory) throws Exception {
        var book = directory.resolve("tongchou.db");
        Occupied.take(book);
        var seen = new WeakReference<>(new Object());
        for (var turn = 0; turn < 50 && seen.get() != null; turn++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(seen.get(), "memory was collected");
        Thread.sleep(200);
        assertThrows(Occupied.Taken.class, () -> Occupied.take(book));
    }
}
