package tongchou.server.http;

import java.util.ArrayList;
import tongchou.api.http.Fault;
import tongchou.api.http.Json;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.SettlementRequest;
import tongchou.server.intake.FirstDifference;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Records;
import tongchou.server.intake.Replies;
import tongchou.storage.Book;

/// What the book says no to, in the words of the interface (账簿拒绝).
final class Outcomes {

    private final Book book;
    private final Meters meters;

    Outcomes(Book book, Meters meters) {
        this.book = book;
        this.meters = meters;
    }

    /// Why a claim was not booked.
    Refused notBooked(Book.Booked booked, SettlementRequest request, byte[] content) {
        return switch (booked) {
            case Book.Booked.Refused(var refusal) -> {
                meters.refused(refusal.code().name());
                yield new Refused(Replies.fault(refusal));
            }
            case Book.Booked.KeyTaken(var first, var earlier) -> taken(first.key(), first.id(), earlier, content);
            case Book.Booked.Parked(var member, var reason) -> parked(member);
            case Book.Booked.UnknownMember(var unknown) -> new Refused(Intake.unknownMember(unknown, 422, "member"));
            case Book.Booked.UnknownInstitution(var unknown) -> new Refused(
                    Intake.unknownInstitution(unknown, Intake.lastDay(request), Records.of(book)));
            case Book.Booked.Done done -> throw new IllegalArgumentException("booked: " + done.stored().id());
        };
    }

    /// Why a settlement was not taken back.
    Refused notReversed(Book.Reversed reversed, byte[] content) {
        return switch (reversed) {
            case Book.Reversed.UnknownSettlement(var id) -> unknown(ProblemCode.UNKNOWN_SETTLEMENT, "id", id);
            case Book.Reversed.KeyTaken(var first, var earlier) -> taken(first.key(), first.id(), earlier, content);
            case Book.Reversed.Parked(var member, var reason) -> parked(member);
            case Book.Reversed.Done(var reversal, var repeated) -> new Refused(Fault.of(ProblemCode.ALREADY_REVERSED,
                    "id", reversal.settlement(), "未冲正的结算；已由冲正 " + reversal.id() + " 冲正",
                    "a settlement that stands; reversal " + reversal.id() + " took it back"));
        };
    }

    private static Refused parked(String member) {
        return new Refused(Fault.of(ProblemCode.MEMBER_PARKED, "member", member, "已解除挂起的参保人",
                "a member that is not parked"));
    }

    /// The fault of what is not in the book, or out of reach.
    static Refused unknown(ProblemCode code, String field, String read) {
        return code == ProblemCode.UNKNOWN_REVERSAL
                ? new Refused(Fault.of(code, field, read, "一笔已入账的冲正", "a booked reversal"))
                : new Refused(Fault.of(code, field, read, "一笔已入账的结算", "a booked settlement"));
    }

    private static Refused taken(String key, String id, byte[] earlier, byte[] content) {
        var difference = FirstDifference.of(Json.parse(earlier, new ArrayList<>()),
                Json.parse(content, new ArrayList<>()));
        var before = difference == null ? "" : difference.before();
        return new Refused(Fault.of(ProblemCode.KEY_TAKEN, difference == null ? "key" : difference.field(),
                difference == null ? key : difference.now(),
                "与首次请求相同：" + before + "（" + id + "）；新业务请用新的幂等键",
                "the same as at first: " + before + " (" + id + "); use a new key for new content"));
    }
}
