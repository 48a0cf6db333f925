package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Settlement;
import tongchou.storage.Book.Booked;
import tongchou.storage.Book.Replaced;
import tongchou.storage.Book.Reversed;

/// One request of a client, as the book is asked and as the model answers; both answers are the same words.
///
/// @param again the same request once more, with another id
record Step(String name, Function<Book, String> ask, Function<Model, String> expect, IntFunction<Step> again) {

    /// Whether a repetition is recognised.
    boolean hasKey() {
        return !name.matches("(note|park|release) .*");
    }

    static Step settle(Model.Bill bill) {
        return new Step("settle " + bill, book -> words(book.settle(submission(bill), decide(bill))),
                model -> model.settle(bill), times -> settle(bill.asked(times)));
    }

    static Step reverse(Model.Back back) {
        return new Step("reverse " + back, book -> words(book.reverse(reversing(back), Step::answer)),
                model -> model.reverse(back), times -> reverse(back.asked(times)));
    }

    static Step replace(Model.Back back, Model.Bill bill) {
        return new Step("replace " + back + " by " + bill, book -> words(book.replace(
                reversing(back), Step::answer, submission(bill), decide(bill))),
                model -> model.replace(back, bill), times -> replace(back.asked(times), bill.asked(times)));
    }

    static Step park(String member) {
        return new Step("park " + member, book -> Boolean.toString(
                book.parkings().park(member, null, "查", "王", County.reversing("", "x").now())),
                model -> model.park(member),
                times -> park(member));
    }

    static Step release(String member) {
        return new Step("release " + member, book -> Boolean.toString(
                book.parkings().release(member, null, "查过", "李", County.reversing("", "x").now())),
                model -> model.release(member),
                times -> release(member));
    }

    static Step note(String member) {
        return new Step("note " + member, book -> {
            book.note("look", member, "核对");
            return "noted";
        }, Model::note, times -> note(member));
    }

    static Step adjust(Model.Adjustment given) {
        return new Step("adjust " + given, book -> switch (book.oversight().adjustments().book(new Adjustments.Order(
                given.id(), given.member(), "330199", new Adjustments.Change(Fen.of(given.currentYear()),
                        Fen.of(given.earlierYears()), null, 0), given.takesBack(), "更正", "文〔2026〕1号", "王",
                ResettlementContract.NOW))) {
            case Adjustments.Adjusted.Done(var done, var repeated) -> (repeated ? "again " : "done ") + done.id();
            case Adjustments.Adjusted.Not(var field, var why) -> "not " + field;
        }, model -> model.adjust(given), times -> adjust(given));
    }

    static Step ask(Decisions.Wish wish) {
        var now = ResettlementContract.NOW;
        return new Step("ask " + wish, book -> switch (book.oversight().approvals().ask(new Approvals.Request(wish.id(),
                Approvals.Kind.REVERSAL, "H", wish.key(), "x", wish.content().getBytes(StandardCharsets.UTF_8), "复核",
                somebody(wish.by()), now, now.plusSeconds(604_800)))) {
            case Approvals.Asked.Kept(var kept, var repeated) -> (repeated ? "again " : "done ") + kept.id();
            case Approvals.Asked.KeyTaken(var first) -> "key of " + first.id();
        }, model -> model.decisions().ask(wish), times -> ask(wish));
    }

    private static Approvals.Somebody somebody(String name) {
        return new Approvals.Somebody("key " + name, name);
    }

    static Step decide(String id, boolean confirm, String by) {
        return new Step("decide " + id + " " + confirm + " " + by, book -> switch (book.oversight().approvals().decide(
                id, confirm ? Approvals.Decision.CONFIRMED : Approvals.Decision.DECLINED, somebody(by), "",
                ResettlementContract.NOW)) {
            case Approvals.Decided.Done(var approval, var repeated) -> "decided " + approval.state();
            case Approvals.Decided.NotNow(var approval) -> "not now " + approval.state();
            case Approvals.Decided.SamePerson same -> "same person";
            case Approvals.Decided.Unknown unknown -> unknown.toString();
        }, model -> model.decisions().decide(id, confirm, by), times -> decide(id, confirm, by));
    }

    static Step finish(String id) {
        return new Step("finish " + id, book -> book.oversight().approvals().finish(id, true, new byte[] {1},
                ResettlementContract.NOW).state().name(), model -> model.decisions().finish(id), times -> finish(id));
    }

    /// Has everything of a member computed again and books the differences, in as many transactions as that takes.
    static Step resettle(String id, String member, Map<String, Model.Bill> bills) {
        return new Step("resettle " + id + " " + member, book -> resettle(book.resettlements(), id, member, bills),
                model -> model.resettle(member), times -> resettle(id, member, bills));
    }

    private static String resettle(Resettlements work, String id, String member, Map<String, Model.Bill> bills) {
        var now = ResettlementContract.NOW;
        Resettlements.Again again = (prior, situation) -> {
            var bill = Objects.requireNonNull(bills.get(prior.stored().id()));
            return County.settle(bill.key(), bill.day(), bill.fen()).on(situation)
                    instanceof Book.Decision.Settle(var settlement, var said)
                    ? new Resettlements.Recounted.Settled(settlement, reply(bill.key(), settlement))
                    : new Resettlements.Recounted.Not("refused");
        };
        var at = work.start(new Resettlements.Request(id, new Resettlements.Cause.OneMember(member), "", "复核", "王",
                now));
        while (at.state().isRunning()) {
            at = work.step(id, 20, again, now);
        }
        var said = new StringBuilder("again:");
        for (var difference : work.differences(id, 0, 5_000)) {
            said.append(' ').append(difference.settlement()).append(" fund ").append(after(difference, Payer.POOLED))
                    .append(" cash ").append(after(difference, Payer.CASH));
        }
        if (at.state() == Resettlements.State.READY) {
            work.move(id, new Resettlements.Order(Resettlements.Move.CONFIRM, at.revision(), "李", "", now));
            at = work.step(id, 20, again, now);
            while (at.state().isRunning()) {
                at = work.step(id, 20, again, now);
            }
        }
        return at.state() == Resettlements.State.DONE ? said.toString() : at.toString();
    }

    private static long after(Resettlements.Difference difference, Payer payer) {
        var change = difference.payers().get(payer);
        return change == null ? 0 : change.after().value();
    }

    private static Book.Submission submission(Model.Bill bill) {
        var like = County.submission(bill.member(), bill.key(), bill.content());
        return new Book.Submission(bill.id(), like.institution(), bill.key(), like.content(), bill.member(),
                County.DAY, like.now());
    }

    private static Book.Decide decide(Model.Bill bill) {
        return bill.refuse()
                ? situation -> new Book.Decision.Refuse(new Refusal(RefusalCode.NOT_INSURED, "", "", "", ""))
                : situation -> switch (County.settle(bill.key(), bill.day(), bill.fen()).on(situation)) {
                    case Book.Decision.Settle(var settlement, var reply)
                            when bill.quote() == null || bill.quote().equals(text(reply(bill.key(), settlement))) ->
                        new Book.Decision.Settle(settlement, reply(bill.key(), settlement));
                    case Book.Decision.Settle other -> new Book.Decision.Refuse(
                            new Refusal(RefusalCode.NOT_INSURED, "quote", "", "", ""));
                    case Book.Decision.Refuse refuse -> refuse;
                };
    }

    private static byte[] reply(String key, Settlement settlement) {
        var amounts = settlement.amounts();
        return (key + " deductible " + amounts.deductible().value() + " fund " + amounts.fund().value() + " account "
                + amounts.account().value() + " cash " + amounts.cash().value()).getBytes(StandardCharsets.UTF_8);
    }

    private static Book.Reversing reversing(Model.Back back) {
        var like = County.reversing(back.settlement(), back.key());
        return new Book.Reversing(back.id(), like.sender(), back.key(), back.content().getBytes(StandardCharsets.UTF_8),
                back.settlement(), like.reason(), like.now());
    }

    private static byte[] answer(Undone undone) {
        return ("reversed " + undone.settlement().id()).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] reply) {
        return new String(reply, StandardCharsets.UTF_8);
    }

    static String words(Booked booked) {
        return switch (booked) {
            case Booked.Done(var stored, var repeated) ->
                (repeated ? "again " : "done ") + stored.id() + " " + text(stored.reply());
            case Booked.Refused refused -> "refused";
            case Booked.KeyTaken(var first, var content) -> "key of " + first.id();
            case Booked.UnknownMember(var token) -> "unknown member " + token;
            case Booked.UnknownInstitution(var code) -> "unknown institution " + code;
            case Booked.Parked(var token, var reason) -> "parked " + token;
        };
    }

    static String words(Reversed reversed) {
        return switch (reversed) {
            case Reversed.Done(var reversal, var repeated) ->
                (repeated ? "again " : "done ") + reversal.id() + " " + text(reversal.reply());
            case Reversed.UnknownSettlement(var id) -> "unknown settlement " + id;
            case Reversed.KeyTaken(var first, var content) -> "key of " + first.id();
            case Reversed.Parked(var token, var reason) -> "parked " + token;
        };
    }

    static String words(Replaced replaced) {
        return switch (replaced) {
            case Replaced.Done(var reversal, var stored, var repeated) -> (repeated ? "again " : "done ")
                    + reversal.id() + " " + text(reversal.reply()) + ", " + stored.id() + " " + text(stored.reply());
            case Replaced.NotReversed(var why) -> "not reversed: " + words(why);
            case Replaced.NotBooked(var why) -> "not booked: " + words(why);
        };
    }
}
