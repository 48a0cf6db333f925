package tongchou.server.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What the one thread that writes spends on a settlement (写入者耗用), booked as the server books it, without HTTP.
///
/// Prints, for each round of so many settlements, the processor time of the writer, of the thread that carries the log
/// and of the whole process, what the writer allocates, and what both write to the disk. Processor time is hardly
/// disturbed by other programs; bytes and calls are not at all.
final class WriterBenchmark {

    private static final int AT_ONCE = 48;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int count;

    private WriterBenchmark(int count) {
        this.count = count;
    }

    /// Arguments: the directory of packs, the settlements of a round, and how many rounds; the first ones warm up.
    public static void main(String[] arguments) throws Exception {
        var place = Files.createTempDirectory("tongchou-writer");
        var file = place.resolve("tongchou.db");
        try {
            var population = Population.of(null, 1);
            var count = Integer.parseInt(arguments[1]);
            var rounds = Integer.parseInt(arguments[2]);
            Filling.register(file, population, 0, rounds * count / population.visits() + 1);
            var filling = new Filling(file, Path.of(arguments[0]), population);
            new WriterBenchmark(count).run(filling, file, rounds);
        } finally {
            for (var end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(place.resolve("tongchou.db" + end));
            }
            Files.delete(place);
        }
    }

    private void run(Filling filling, Path file, int rounds) throws Exception {
        try (var open = filling.open()) {
            for (var round = 0; round < rounds; round++) {
                var from = round * count;
                var before = now(file);
                filling.book(open, from, count, AT_ONCE);
                var after = now(file);
                System.out.printf("settlements %d-%d: writer %d us and %d bytes allocated, log %d us, process %d us; "
                        + "writer wrote %d bytes in %d calls, log %d bytes%n", from, from + count,
                        each(after.writer() - before.writer()) / 1000, each(after.allocated() - before.allocated()),
                        each(after.log() - before.log()) / 1000, each(after.process() - before.process()) / 1000,
                        each(after.written() - before.written()), each(after.calls() - before.calls()),
                        each(after.carried() - before.carried()));
            }
        }
        System.out.printf("book %d bytes a settlement, people and all%n", Files.size(file) / (count * rounds));
    }

    private long each(long all) {
        return all / count;
    }

    /// Where the threads are: nanoseconds, bytes, calls.
    private record Spent(long writer, long log, long process, long allocated, long written, long calls, long carried) {
    }

    private Spent now(Path file) throws IOException {
        var writer = thread("book-writer");
        var log = thread("book-log");
        return new Spent(threads.getThreadCpuTime(writer), threads.getThreadCpuTime(log), system.getProcessCpuTime(),
                threads.getThreadAllocatedBytes(writer), disk("book-writer", "wchar"), disk("book-writer", "syscw"),
                disk("book-log", "wchar"));
    }

    private long thread(String name) {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(name)).findFirst().orElseThrow()
                .getThreadId();
    }

    /// What a thread has written, as Linux counts it; 0 elsewhere.
    private static long disk(String name, String what) throws IOException {
        var tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        try (var all = Files.list(tasks)) {
            for (var task : all.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals(name)) {
                    return Files.readAllLines(task.resolve("io")).stream().filter(line -> line.startsWith(what + ":"))
                            .mapToLong(line -> Long.parseLong(line.substring(what.length() + 2))).sum();
                }
            }
        }
        return 0;
    }
}
