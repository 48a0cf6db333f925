package tongchou.server.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tongchou.api.http.Json;
import tongchou.api.http.Refused;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Explanation;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.packs.Packs;
import tongchou.storage.Inputs;

/// Settles again what was booked, from what it was decided on (重演), by the version of the pack that settled it, also
/// where another has taken its area over since.
public final class Repetition {

    private final Packs packs;

    /// A repetition by the packs of an installation, former versions included.
    public Repetition(Packs packs) {
        this.packs = packs;
    }

    /// What comes of settling again.
    public sealed interface Result {

        /// It was settled; whether as before is for the reader to compare.
        record Again(SettlementRequest request, Settled settled, Settlement settlement) implements Result {

            /// Its explanation, sentence by sentence.
            ///
            /// @param chinese in Chinese, else in English
            public List<String> told(boolean chinese) {
                var steps = Explanation.of(settlement,
                        chinese ? Explanation.Language.CHINESE : Explanation.Language.ENGLISH).sentences();
                return Stream.concat(steps.stream(), settled.told(chinese).stream()).toList();
            }
        }

        /// The pack that settled it is not loaded.
        ///
        /// @param pack as `pack version hash`
        record Missing(String pack) implements Result {
        }

        /// It cannot be settled now.
        record Not(String why) implements Result {
        }
    }

    /// Settles it again.
    public Result of(Inputs inputs) {
        var pack = pack(inputs.stored().reply());
        var by = pack.flatMap(one -> packs.version(one.id(), one.hash()));
        if (by.isEmpty()) {
            return new Result.Missing(pack.map(Version::toString).orElse("a pack that is not named"));
        }
        try {
            var request = RequestReader.body(inputs.request(), SettlementRequest.class);
            var institution = inputs.institutions().apply(inputs.stored().institution(), Intake.lastDay(request));
            if (institution.isEmpty()) {
                return new Result.Not("its institution is not in the book on that day");
            }
            var settled = new Intake(by.get(), pack.get().id(), Pricing.AS_CHARGED).settle(request, inputs.person(),
                    institution.get(), inputs.stored().institution() + "/" + inputs.stored().key(),
                    inputs.yearToDate());
            return switch (settled.outcome()) {
                case Settlement settlement -> new Result.Again(request, settled, settlement);
                case Refusal refusal -> new Result.Not("the rules refuse it now: " + refusal.code() + " "
                        + refusal.field());
            };
        } catch (Refused refused) {
            return new Result.Not("its request is not accepted now: " + refused.faults().getFirst().code() + " "
                    + refused.faults().getFirst().field());
        }
    }

    private record Version(String id, String version, String hash) {
        @Override
        public String toString() {
            return id + " " + version + " " + hash;
        }
    }

    private static Optional<Version> pack(byte[] reply) {
        return Json.parse(reply, new ArrayList<>()) instanceof Json.Members(var fields)
                && fields.get("pack") instanceof Json.Members(var pack)
                && pack.get("id") instanceof Json.Text(var id) && pack.get("version") instanceof Json.Text(var version)
                && pack.get("hash") instanceof Json.Text(var hash)
                ? Optional.of(new Version(id, version, hash)) : Optional.empty();
    }
}
