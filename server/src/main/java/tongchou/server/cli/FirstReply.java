package tongchou.server.cli;

import java.time.LocalDate;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.Site;
import tongchou.storage.StoreLibrary;

/// What the first reply needs whatever is asked (首次应答的准备), made ready while the command line and the packs are read,
/// so that nobody waits for it afterwards.
final class FirstReply {

    private static final LocalDate ANY_DAY = LocalDate.of(2026, 1, 1);

    private FirstReply() {
    }

    /// Makes it ready in a thread of its own. What fails here fails again where it is needed, and is told there.
    static void makeReady() {
        Thread.ofPlatform().name("first-reply").daemon().uncaughtExceptionHandler((thread, failed) ->
                log().log(System.Logger.Level.DEBUG, "not made ready", failed)).start(() -> {
            // The first logger of a process looks through all modules for who may provide it.
            log();
            StoreLibrary.load();
            Site.makeReady();
            var example = DemoCounty.example(ANY_DAY);
            ReplyWriter.canonical(example);
            RequestReader.body(ReplyWriter.bytes(example), SettlementRequest.class);
        });
    }

    private static System.Logger log() {
        return System.getLogger(FirstReply.class.getName());
    }
}
