package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.IntFunction;
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

    private static Book.Submission submission(Model.Bill bill) {
        var like = County.submission(bill.member(), bill.key(), bill.content());
        return new Book.Submission(bill.id(), like.institution(), bill.key(), like.content(), bill.member(),
                County.DAY, like.now());
    }

    private static Book.Decide decide(Model.Bill bill) {
        return bill.refuse()
                ? situation -> new Book.Decision.Refuse(new Refusal(RefusalCode.NOT_INSURED, "", "", "", ""))
                : situation -> switch (County.settle(bill.key(), bill.day(), bill.fen()).on(situation)) {
                    case Book.Decision.Settle(var settlement, var reply) ->
                        new Book.Decision.Settle(settlement, reply(bill.key(), settlement));
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
