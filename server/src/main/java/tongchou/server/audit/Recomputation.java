package tongchou.server.audit;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Json;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.SettlementReply;
import tongchou.core.settlement.Settlement;
import tongchou.server.intake.FirstDifference;
import tongchou.server.intake.Repetition;
import tongchou.server.intake.Replies;
import tongchou.server.packs.Packs;
import tongchou.storage.Finding;
import tongchou.storage.Inputs;
import tongchou.storage.Inspection;

/// Settles again what was settled (复算), and compares the reply byte by byte with the one that was stored (I10); then
/// once more with a larger bill, which must not lower what the funds pay (I12).
///
/// What was settled by a version of a pack that is not loaded, or by another engine, cannot be compared: it is counted.
public final class Recomputation implements Inspection.Recompute {

    private final Repetition repetition;
    private final String version;
    private final Set<String> missing = new TreeSet<>();
    private long compared;
    private long left;
    private final LargerBill larger = new LargerBill();
    private @Nullable Settlement settlement;

    /// A recomputation by the packs that are loaded.
    ///
    /// @param version the version of this Tongchou
    public Recomputation(Packs packs, String version) {
        this.repetition = new Repetition(packs);
        this.version = version;
    }

    /// How many replies were compared.
    public long compared() {
        return compared;
    }

    /// How many could not be compared.
    public long left() {
        return left;
    }

    /// The versions that are missing, as `pack version hash`.
    public String missing() {
        return missing.stream().collect(Collectors.joining(", "));
    }

    @Override
    public Optional<Finding> differs(Inputs inputs) {
        settlement = null;
        var again = again(inputs).map(what -> new Finding("I10", inputs.stored().id(), what));
        return again.isPresent() || settlement == null ? again
                : larger.lowers(settlement).map(what -> new Finding("I12", inputs.stored().id(), what));
    }

    private Optional<String> again(Inputs inputs) {
        if (!(Json.parse(inputs.stored().reply(), new ArrayList<>()) instanceof Json.Members stored)) {
            return Optional.of("the stored reply is not a JSON object");
        }
        if (!text(stored, "engine_version").equals(version)) {
            return leave("Tongchou " + text(stored, "engine_version"));
        }
        if (!stored.fields().containsKey("clauses")) {
            return leave("Tongchou " + version + ", a form of replies before clauses had numbers");
        }
        return switch (repetition.of(inputs)) {
            case Repetition.Result.Missing(var pack) -> leave(pack);
            case Repetition.Result.Not(var why) -> {
                compared++;
                yield Optional.of(why);
            }
            case Repetition.Result.Again again -> {
                compared++;
                settlement = again.settlement();
                var reply = Replies.of(again.settlement(), "booked", booking(inputs, stored),
                        again.request().member(), again.request().lines(), version, true);
                yield compare(inputs, stored, again.settled().tell(reply));
            }
        };
    }

    /// @param settledBy the pack or engine that settled it, which is not here
    private Optional<String> leave(String settledBy) {
        missing.add(settledBy);
        left++;
        return Optional.empty();
    }

    private static String text(Json.Members members, String name) {
        return members.fields().get(name) instanceof Json.Text(var text) ? text : "";
    }

    private static Replies.Booking booking(Inputs inputs, Json.Members stored) {
        var replaces = text(stored, "replaces");
        return new Replies.Booking(inputs.stored().id(), inputs.stored().key(), inputs.stored().bookedAt().toString(),
                replaces.isEmpty() ? null : replaces);
    }

    private static Optional<String> compare(Inputs inputs, Json.Members stored, SettlementReply reply) {
        var again = ReplyWriter.bytes(reply);
        if (java.util.Arrays.equals(again, inputs.stored().reply())) {
            return Optional.empty();
        }
        var difference = FirstDifference.of(stored, Json.parse(again, new ArrayList<>()));
        return Optional.of(difference == null ? "its reply is written otherwise now" : difference.field() + " was "
                + difference.before() + ", pack and inputs give " + difference.now());
    }
}
