package tongchou.server.resettlement;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.BookException;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Resettlement;

/// Works re-settlements through (重算执行), a few members at a time, each in a thread of its own.
///
/// What it did is in the book after every step: another process goes on where this one ended.
public final class Resettler {

    private static final System.Logger LOG = System.getLogger(Resettler.class.getName());
    private static final int MEMBERS = 20;
    private static final String ITSELF = "tongchou";

    private final Book book;
    private final Supplier<Packs> packs;
    private final String version;
    private final Clock clock;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /// One for a book and the packs by which it is settled, asked for before every step.
    ///
    /// @param version the version of this Tongchou
    public Resettler(Book book, Supplier<Packs> packs, String version, Clock clock) {
        this.book = book;
        this.packs = packs;
        this.version = version;
        this.clock = clock;
    }

    /// Takes the next step at once and leaves the others to a thread.
    ///
    /// @return where it stands after that step
    public Resettlement goOn(Resettlement work) {
        var next = step(work);
        if (next.state().isRunning()) {
            inBackground(next);
        }
        return next;
    }

    /// Works to the end of what is to be done, in this thread.
    ///
    /// @param progress is told where it stands after every step
    public Resettlement run(Resettlement work, Consumer<Resettlement> progress) {
        var at = work;
        progress.accept(at);
        while (at.state().isRunning()) {
            at = step(at);
            progress.accept(at);
        }
        return at;
    }

    /// Goes on with everything that was being worked on when another process ended.
    public void resume() {
        var before = Long.MAX_VALUE;
        for (var page = book.resettlements().page(before, 100); !page.isEmpty();
                page = book.resettlements().page(before, 100)) {
            for (var work : page) {
                before = work.number();
                if (work.state().isRunning()) {
                    inBackground(work);
                }
            }
        }
    }

    private Resettlement step(Resettlement work) {
        return book.resettlements().step(work.id(), MEMBERS, new Recomputation(packs.get(), work.cause(), version),
                clock.instant());
    }

    private void inBackground(Resettlement work) {
        if (running.add(work.id())) {
            Thread.ofPlatform().daemon().name("resettlement-" + work.id()).start(() -> {
                try {
                    run(work, at -> { });
                } catch (RuntimeException failed) {
                    stop(work.id(), failed);
                } finally {
                    running.remove(work.id());
                }
            });
        }
    }

    /// What cannot go on is stopped, so that a person can resume it; a closed book keeps it for the next start.
    private void stop(String id, RuntimeException failed) {
        LOG.log(failed instanceof BookException ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                "re-settlement " + id + " cannot go on", failed);
        try {
            book.resettlements().move(id,
                    new Order(Move.STOP, 0, ITSELF, String.valueOf(failed.getMessage()), clock.instant()));
        } catch (RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "re-settlement " + id + " goes on at the next start", closed);
        }
    }
}
