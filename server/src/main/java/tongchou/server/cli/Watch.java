package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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

    private void register(WatchService service) throws IOException {
        try (var folders = Files.walk(place)) {
            for (var folder : folders.filter(Files::isDirectory).toList()) {
                folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        }
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
