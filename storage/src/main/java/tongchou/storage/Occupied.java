package tongchou.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// That one server serves the book in a file (占用): a lock on a file beside it, held by the operating system until the
/// process ends, also when it is killed.
///
/// The file names who holds it and stays when it is released. Commands that open the book for a moment do not take it.
public final class Occupied implements AutoCloseable {

    /// Far behind what the file says, so that it can be read while it is held, on every system.
    private static final long PLACE = Long.MAX_VALUE - 1;

    /// All that are not closed: a channel that nobody refers to any more is closed when memory is collected, and its
    /// lock goes with it.
    private static final Set<Occupied> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;

    private Occupied(FileChannel channel) {
        this.channel = channel;
    }

    /// That another server serves it.
    public static final class Taken extends IOException {

        private static final long serialVersionUID = 1L;

        private final String file;
        private final String process;
        private final String since;

        Taken(Path file, String process, String since) {
            super(file + " is served by process " + process);
            this.file = file.toString();
            this.process = process;
            this.since = since;
        }

        /// The file of the book.
        public String file() {
            return file;
        }

        /// Who serves it, as far as is known.
        public String holder(boolean chinese) {
            return process.isEmpty() ? chinese ? "进程不明" : "the process is not known"
                    : (chinese ? "进程 " : "process ") + process
                    + (since.isEmpty() ? "" : (chinese ? "，启动于 " : ", started at ") + since);
        }
    }

    /// Takes the book in a file for this process.
    ///
    /// @param book the file of the book, whose folder is there
    /// @throws Taken when another process, or this one, holds it
    /// @throws IOException when the file beside it cannot be written
    public static Occupied take(Path book) throws IOException {
        var folder = book.toAbsolutePath().getParent().toRealPath();
        var file = folder.resolve(book.getFileName() + ".server");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(PLACE, 1, false) == null) {
                channel.close();
                throw taken(book, file);
            }
            var self = ProcessHandle.current();
            var text = self.pid() + "\n" + self.info().startInstant().map(Object::toString).orElse("") + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            var occupied = new Occupied(channel);
            HELD.add(occupied);
            return occupied;
        } catch (OverlappingFileLockException here) {
            channel.close();
            throw taken(book, file);
        }
    }

    private static Taken taken(Path book, Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return new Taken(book.toAbsolutePath(), lines.isEmpty() ? "" : lines.getFirst(),
                lines.size() < 2 ? "" : lines.get(1));
    }

    /// Gives it up.
    @Override
    public void close() {
        HELD.remove(this);
        try {
            channel.close();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
