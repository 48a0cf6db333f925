package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `watch`: checks a pack again, with its worked examples, whenever a file of it is saved (边改边查).
@Command(name = "watch", mixinStandardHelpOptions = true, sortOptions = false)
final class Watch implements Callable<Integer> {

    /// Editors save in several steps; what comes within this time is one save.
    private static final long SETTLED_MILLISECONDS = 200;

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "DIR")
    private Path place = Path.of("");

    @Mixin
    private final PackPlaces places = new PackPlaces();

    Watch(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(place)) {
            surroundings.err().println(texts.say("%s 不是文件夹。", "%s is no folder.", place));
            return Tongchou.USAGE;
        }
        var check = new CheckPack(surroundings, texts, place, places);
        try (var service = FileSystems.getDefault().newWatchService()) {
            register(service);
            check.call();
            while (!Thread.currentThread().isInterrupted()) {
                awaitSave(service);
                if (!Files.isDirectory(place)) {
                    surroundings.err().println(texts.say("文件夹 %s 已不在，不再检查。",
                            "The folder %s is no longer there; nothing more is checked.", place));
                    return Tongchou.REFUSED;
                }
                register(service);
                surroundings.out().println("--- " + LocalTime.now(surroundings.clock()
                        .withZone(ZoneId.of("Asia/Shanghai"))).truncatedTo(ChronoUnit.SECONDS));
                check.call();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Tongchou.DONE;
    }

    /// Looks at every folder of the pack; one that goes away meanwhile comes as a change of the folder that held it.
    private void register(WatchService service) throws IOException {
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                try {
                    folder.register(service, StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
                } catch (NoSuchFileException gone) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException why) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Waits for a save and until nothing more comes.
    private static void awaitSave(WatchService service) throws InterruptedException {
        var key = service.take();
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll(SETTLED_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }
}
