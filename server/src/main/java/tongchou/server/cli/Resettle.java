package tongchou.server.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tongchou.core.money.Fen;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.packs.Packs;
import tongchou.server.resettlement.Resettler;
import tongchou.storage.Book;
import tongchou.storage.BookException;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Move;
import tongchou.storage.Resettlements.Moved;
import tongchou.storage.Resettlements.Order;
import tongchou.storage.Resettlements.Request;
import tongchou.storage.Resettlements.Resettlement;
import tongchou.storage.Resettlements.State;

/// `resettle`: computes settlements again on the book itself, lists the differences, books them (离线重算).
@Command(name = "resettle", mixinStandardHelpOptions = true, sortOptions = false)
final class Resettle implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces packs = new PackPlaces();

    @Option(names = "--hash", paramLabel = "HASH")
    private @Nullable String hash;

    @Option(names = "--from", paramLabel = "DAY")
    private @Nullable LocalDate from;

    @Option(names = "--known-on", paramLabel = "DAY")
    private @Nullable LocalDate knownOn;

    @Option(names = "--member", paramLabel = "TOKEN")
    private @Nullable String member;

    @Option(names = "--id", paramLabel = "ID")
    private @Nullable String id;

    @Option(names = "--by", required = true, paramLabel = "NAME")
    private String by = "";

    @Option(names = "--reason", defaultValue = "resettle", paramLabel = "TEXT")
    private String reason = "";

    @Option(names = "--csv")
    private boolean csv;

    @Option(names = "--confirm")
    private boolean confirm;

    @Option(names = "--second", paramLabel = "NAME")
    private @Nullable String second;

    @Option(names = "--approve-over", defaultValue = "10000.00", paramLabel = "YUAN")
    private String over = "";

    @Option(names = "--dismiss")
    private boolean dismiss;

    Resettle(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (hash != null && member != null || (from != null || knownOn != null) && hash == null || by.isBlank()
                || reason.isBlank() || confirm && dismiss || !over.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
            surroundings.err().println(texts.say(
                    "--hash 与 --member 只能给一个，--from、--known-on 随 --hash 给出，--confirm 与 --dismiss 只能给一个。",
                    "Either --hash or --member; --from and --known-on only with --hash; --confirm or --dismiss."));
            return Tongchou.USAGE;
        }
        if (!place.exists()) {
            return complain("目录 %s 中没有账簿。", "There is no book in %s.", place.data());
        }
        var loaded = packs.load(surroundings);
        try (Book book = place.open(surroundings)) {
            return work(book, loaded);
        } catch (BookException failed) {
            return complain("账簿读写失败：%s（%s）", "The book cannot be read or written: %s (%s)", failed.getMessage(),
                    Serve.innermost(failed));
        }
    }

    private int work(Book book, Packs loaded) {
        var resettler = new Resettler(book, () -> loaded, surroundings.version(), surroundings.clock());
        Resettlement present;
        if (id != null) {
            var found = book.resettlements().find(id);
            if (found.isEmpty()) {
                return complain("没有编号为 %s 的重算任务。", "There is no re-settlement %s.", id);
            }
            present = found.get();
        } else {
            var cause = cause(loaded);
            if (cause == null) {
                return complain("没有加载哈希为 %s 的政策包。", "No loaded pack has the hash %s.", String.valueOf(hash));
            }
            present = book.resettlements().start(
                    new Request(surroundings.ids().get(), cause, "", reason, by, surroundings.clock().instant()));
        }
        if (present.state() == State.STOPPED && !dismiss
                && move(book, present, Move.RESUME) instanceof Moved.Done done) {
            present = done.now();
        }
        present = resettler.run(present, this::tell);
        surroundings.err().println();
        new DifferenceTable(surroundings.out(), texts, csv).print(book.resettlements(), present.id());
        if (confirm && needsSecond(book.resettlements().fundsMoved(present.id()))) {
            return complain("差额涉及基金 %s 元，超过 %s 元：须由第二人复核，用 --second 姓名，或在服务上由两人确认。",
                    "The differences move %s yuan of fund money, over %s: a second person confirms, named with --second, or two "
                            + "do so on the server.", book.resettlements().fundsMoved(present.id()).yuan(), over);
        }
        if (confirm || dismiss) {
            if (!(move(book, present, confirm ? Move.CONFIRM : Move.DISMISS) instanceof Moved.Done done)) {
                return complain("状态 %s 下不能这样操作。", "This cannot be done in the state %s.", present.state().name());
            }
            present = resettler.run(done.now(), this::tell);
            surroundings.err().println();
        }
        return end(book, present);
    }

    /// Whether nobody else is named where the differences move too much money for one person.
    private boolean needsSecond(Fen moved) {
        return moved.compareTo(Fen.ofYuan(over)) > 0 && (second == null || second.isBlank()
                || second.strip().equalsIgnoreCase(by.strip()));
    }

    private @Nullable Cause cause(Packs loaded) {
        if (hash == null) {
            return member == null ? new Cause.StaleSums() : new Cause.OneMember(member);
        }
        return loaded.library().policies().stream().map(Waterfalls::policy)
                .filter(policy -> policy.hash().equals(hash)).findFirst()
                .map(policy -> new Cause.NewRules(policy.pack(), policy.version(), policy.hash(), knownOn,
                        Objects.requireNonNullElse(from, policy.cover().from()))).orElse(null);
    }

    private Moved move(Book book, Resettlement present, Move move) {
        return book.resettlements().move(present.id(),
                new Order(move, present.revision(), move == Move.CONFIRM && second != null ? by + " + " + second : by,
                        reason, surroundings.clock().instant()));
    }

    /// One line that is written over as the work goes on.
    private void tell(Resettlement at) {
        var progress = at.progress();
        var done = at.state() == State.BOOKING || at.state() == State.DONE ? progress.booked() : progress.computed();
        var all = Math.max(1, progress.members());
        var filled = (int) (done * 30 / all);
        surroundings.err().print("\r[" + "#".repeat(filled) + ".".repeat(30 - filled) + "] " + texts.say(
                at.state() == State.BOOKING || at.state() == State.DONE ? "入账 %d / %d 人" : "计算 %d / %d 人",
                at.state() == State.BOOKING || at.state() == State.DONE ? "booked %d of %d members"
                        : "computed %d of %d members", done, progress.members()));
        surroundings.err().flush();
    }

    private int end(Book book, Resettlement present) {
        List.copyOf(book.resettlements().obstacles(present.id(), "", 100)).forEach(obstacle ->
                surroundings.err().println(texts.say("未能重算：%s %s %s", "Not booked: %s %s %s", obstacle.member(),
                        obstacle.settlement(), obstacle.why())));
        surroundings.err().println(switch (present.state()) {
            case READY -> texts.say("重算 %s 待确认：resettle --id %s --by 姓名 --confirm",
                    "Re-settlement %s waits: resettle --id %s --by NAME --confirm", present.id(), present.id());
            case DONE -> texts.say("重算 %s 已完成：%d 人。", "Re-settlement %s is done: %d members.", present.id(),
                    present.progress().booked());
            case DISMISSED -> texts.say("重算 %s 已放弃。", "Re-settlement %s is dismissed.", present.id());
            case COMPUTING, BOOKING, STOPPED -> texts.say("重算 %s 已暂停。", "Re-settlement %s is stopped.", present.id());
        });
        return present.progress().blocked() > 0 || present.progress().changed() > 0 ? Tongchou.REFUSED : Tongchou.DONE;
    }

    private int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }
}
