package tongchou.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.Field;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.ReversalContent;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.alliance.Prescriptions;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Quote;
import tongchou.server.intake.Replies;
import tongchou.server.intake.ReplyLayout;
import tongchou.server.intake.ReversalReplies;
import tongchou.storage.Book;
import tongchou.storage.Turns;

/// Where settlements are booked, taken back and replaced (入账与冲正): the one place, whoever asks and by whichever way.
///
/// A request whose key is at work already is turned away with [ProblemCode#KEY_RUNNING]; whether the
/// caller may do it is decided before.
public final class Bookings {

    /// How many claims are being booked at once, and how long more may wait.
    private static final int PLACES = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Installation here;
    private final Room room = new Room(PLACES, PATIENCE);
    private final Intake intake;
    private final ReplyLayout layout;

    /// Bookings in the book of an installation.
    public Bookings(Installation here) {
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
        this.layout = new ReplyLayout(here.version());
    }

    /// An order to take a settlement back.
    ///
    /// @param settlement id of the settlement
    /// @param sender to whom the key is scoped: code of the institution, or `@` and the division of the bureau
    /// @param who on whose behalf, for the audit log
    public record Order(String settlement, String sender, String key, String reason, String who) {

        /// `institution` or `bureau`.
        String by() {
            return sender.startsWith("@") ? "bureau" : "institution";
        }
    }

    /// Books a claim that was checked.
    ///
    /// @param who on whose behalf, for the audit log
    Book.Booked book(SettlementRequest request, String who) {
        return room.within(() -> settle(request, submission(request), who));
    }

    private Book.Booked settle(SettlementRequest request, Book.Submission submission, String who) {
        try (var _ = turn("settlement " + submission.institution(), submission.key());
                var _ = dispensing(request)) {
            Prescriptions.require(here.book(), request, "");
            return here.book().acting(who, submission.now()).settle(submission, decide(request, submission, null));
        }
    }

    private Book.Submission submission(SettlementRequest request) {
        return new Book.Submission(here.ids().get(), Objects.requireNonNull(request.institution()),
                Objects.requireNonNull(request.key()), content(request),
                Objects.requireNonNull(request.member()), Intake.lastDay(request), now());
    }

    private Instant now() {
        return here.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Book.Decide decide(SettlementRequest request, Book.Submission submission, @Nullable String replaces) {
        return situation -> {
            var institution = situation.institution().orElseThrow();
            var name = institution.code() + "/" + submission.key();
            var settled = intake.settle(request, situation.person(), institution, name, situation.yearToDate());
            return switch (settled.outcome()) {
                case Settlement settlement -> {
                    requireActivated(settlement);
                    requireQuoted(request, settlement);
                    var booking = new Replies.Booking(submission.id(), submission.key(), submission.now().toString(),
                            replaces);
                    yield new Book.Decision.Settle(settlement,
                            layout.of(settled, settlement, booking, request.member(), request.lines()));
                }
                case Refusal refusal -> new Book.Decision.Refuse(refusal);
            };
        };
    }

    /// @throws Refused when no two persons have put this version of the pack in force, and they have to
    private void requireActivated(Settlement settlement) {
        var policy = settlement.waterfall().policy();
        if (!here.packSwitch().books(policy)) {
            throw new Refused(Fault.of(ProblemCode.PACK_NOT_ACTIVATED, "pack", policy.pack() + " " + policy.version(),
                    "经两人启用的版本：POST /v1/packs/" + policy.pack() + "/activation",
                    "an activated version: POST /v1/packs/" + policy.pack() + "/activation"));
        }
    }

    /// @throws Refused when the claim is bound to a preview, and something has changed since
    private static void requireQuoted(SettlementRequest request, Settlement settlement) {
        if (request.quote() == null) {
            return;
        }
        var quote = Quote.read(request.quote()).orElseThrow(() -> new Refused(Fault.of(ProblemCode.TEXT_NOT_ALLOWED,
                "quote", request.quote(), Field.Form.QUOTE.expected(true), Field.Form.QUOTE.expected(false))));
        var changes = quote.changes(Quote.of(settlement, request));
        if (!changes.isEmpty()) {
            throw new Refused(changes);
        }
    }

    /// Takes a settlement back, once; a later order gives the first one's reply.
    public Book.Reversed reverse(Order order) {
        var request = reversing(order);
        try (var _ = turn("reversal " + order.sender(), order.key())) {
            return here.book().acting(order.who(), request.now()).reverse(request,
                    undone -> ReplyWriter.bytes(ReversalReplies.of(request, order.by(), null, undone)));
        }
    }

    /// Takes a settlement back and books a checked claim of the same member in its place, both or neither.
    public Book.Replaced replace(Order order, SettlementRequest claim) {
        var request = reversing(order);
        var submission = submission(claim);
        try (var _ = turn("reversal " + order.sender(), order.key());
                var _ = turn("settlement " + submission.institution(), submission.key());
                var _ = dispensing(claim)) {
            Prescriptions.require(here.book(), claim, order.settlement());
            return here.book().acting(order.who(), request.now()).replace(request,
                    undone -> ReplyWriter.bytes(ReversalReplies.of(request, order.by(), submission.id(), undone)),
                    submission, decide(claim, submission, order.settlement()));
        }
    }

    /// The settlement is part of what is compared when a key comes again.
    private Book.Reversing reversing(Order order) {
        return new Book.Reversing(here.ids().get(), order.sender(), order.key(), content(order), order.settlement(),
                order.reason(), now());
    }

    /// What a claim is recognised by. The quote is a condition of the first booking, not part of what is booked.
    static byte[] content(SettlementRequest claim) {
        return ReplyWriter.canonical(new SettlementRequest(claim.key(), claim.member(), claim.person(),
                claim.institution(), claim.institutionFacts(), claim.encounter(), claim.totalFen(), claim.lines(),
                claim.account(), claim.knownOn(), claim.yearToDate(), null));
    }

    /// What an order is recognised by.
    static byte[] content(Order order) {
        return ReplyWriter.canonical(new ReversalContent(order.key(), order.reason(), order.settlement()));
    }

    /// Keeps two claims from dispensing the prescription of one referral at the same time.
    private Turns.@Nullable Turn dispensing(SettlementRequest request) {
        var referral = Prescriptions.referral(request);
        return referral == null ? null : turn("referral", referral);
    }

    private Turns.Turn turn(String owner, String key) {
        return here.book().turns().take(owner, key).orElseThrow(() -> running(key));
    }

    /// The fault of a key whose request has no answer yet.
    static Refused running(String key) {
        return new Refused(Fault.of(ProblemCode.KEY_RUNNING, "key", key, "稍后用同一幂等键重试或查询",
                "the same request or a look-up with the same key, in a moment"));
    }
}
