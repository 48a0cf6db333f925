package tongchou.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `prepare`: makes the start-up cache after installing, so that already the first start is fast (准备快速启动).
@Command(name = "prepare", mixinStandardHelpOptions = true, sortOptions = false)
final class Prepare implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    Prepare(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var cache = StartCache.of(surroundings);
        if (cache.isEmpty()) {
            return cannot(texts.say("启动脚本没有指定缓存", "the launcher names no cache"));
        }
        var file = cache.get().file();
        if (cache.get().isThere()) {
            surroundings.out().println(texts.say("已经准备好：%s", "Prepared already: %s", file));
            return Tongchou.DONE;
        }
        surroundings.out().println(texts.say("正在为本机的 Java 预演一次启动，约十秒……",
                "Rehearsing a start on this Java, about ten seconds..."));
        try {
            cache.get().make(new PackPlaces().all(surroundings));
        } catch (IOException impossible) {
            return cannot(String.valueOf(impossible.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Tongchou.REFUSED;
        }
        surroundings.out().println(texts.say("完成，以后启动会更快：%s", "Done, starts are faster from now on: %s", file));
        return Tongchou.DONE;
    }

    private int cannot(String why) {
        surroundings.err().println(texts.say("没有做成启动缓存（%s）；不影响使用，只是启动较慢。",
                "No start-up cache was made (%s); everything works, starts only take longer.", why));
        return Tongchou.REFUSED;
    }
}
