package tongchou.server.resettlement;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Json;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Pricing;
import tongchou.server.intake.Replies;
import tongchou.server.intake.Settled;
import tongchou.server.intake.StoredReply;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Prior;
import tongchou.storage.Resettlements.Recounted;

/// Settles what was booked again (复算), from its stored request and the packs of this installation.
///
/// A settlement keeps the version and the known-on day of its rules unless another version is to be applied to it. A
/// version that is no longer loaded can be stood in for by a later one, read as known on the day of booking, but only
/// where that gives exactly what was booked.
public final class Recomputation implements Again {

    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    private final Packs packs;
    private final Cause cause;
    private final String version;
    private final Pricing pricing;

    /// A recomputation for a cause.
    ///
    /// @param version the version of this Tongchou
    public Recomputation(Packs packs, Cause cause, String version) {
        this(packs, cause, version, Pricing.AS_CHARGED);
    }

    /// A recomputation at other prices.
    ///
    /// @param version the version of this Tongchou
    public Recomputation(Packs packs, Cause cause, String version, Pricing pricing) {
        this.pricing = pricing;
        this.packs = packs;
        this.cause = cause;
        this.version = version;
    }

    /// The packs to settle by, that one of them whose rules count, and as of when they are read.
    private record Chosen(Packs packs, String pack, @Nullable LocalDate knownOn) {
    }

    @Override
    public Recounted settle(Prior prior, Book.Situation situation) {
        if (situation.institution().isEmpty()) {
            return new Recounted.Not("INSTITUTION_NOT_IN_FORCE institution " + prior.stored().institution());
        }
        try {
            var request = RequestReader.body(prior.content(), SettlementRequest.class);
            var chosen = chosen(request, prior, situation);
            if (chosen.isEmpty()) {
                return new Recounted.Not("PACK_VERSION_NOT_LOADED " + prior.rules().pack() + " "
                        + prior.rules().version() + " " + prior.rules().hash());
            }
            var settled = settle(request, chosen.get(), prior, situation, pricing);
            return switch (settled.outcome()) {
                case Settlement settlement ->
                    new Recounted.Settled(settlement, reply(settled, settlement, request, prior));
                case Refusal refusal -> new Recounted.Not((refusal.code() + " " + refusal.field() + " "
                        + refusal.read()).strip());
            };
        } catch (Refused refused) {
            var fault = refused.faults().getFirst();
            return new Recounted.Not((fault.code() + " " + fault.field() + " " + fault.read()).strip());
        }
    }

    private Optional<Chosen> chosen(SettlementRequest request, Prior prior, Book.Situation situation) {
        if (cause instanceof Cause.NewRules rules && rules.pack().equals(prior.rules().pack())
                && !prior.day().isBefore(rules.from())) {
            return packs.version(rules.pack(), rules.hash())
                    .map(loaded -> new Chosen(loaded, rules.pack(), rules.knownOn()));
        }
        return packs.version(prior.rules().pack(), prior.rules().hash())
                .map(loaded -> new Chosen(loaded, prior.rules().pack(), prior.knownOn()))
                .or(() -> standIn(request, prior, situation));
    }

    /// A later version that gives what was booked when it is read as known on the day of booking.
    private Optional<Chosen> standIn(SettlementRequest request, Prior prior, Book.Situation situation) {
        if (prior.corrected() || packs.pack(prior.rules().pack()).isEmpty()) {
            return Optional.empty();
        }
        var day = LocalDate.ofInstant(prior.stored().bookedAt(), HERE);
        var later = new Chosen(packs, prior.rules().pack(),
                Objects.requireNonNullElse(prior.knownOn(), day));
        var asBooked = new Book.Situation(situation.person(), situation.institution(), prior.met().get());
        var settled = settle(request, later, prior, asBooked, Pricing.AS_CHARGED);
        return settled.outcome() instanceof Settlement settlement
                && telling(reply(settled, settlement, request, prior)).equals(telling(prior.stored().reply()))
                ? Optional.of(later) : Optional.empty();
    }

    /// What a reply says about money and sums.
    private static List<Json> telling(byte[] reply) {
        return Json.parse(reply, new ArrayList<>()) instanceof Json.Members(var fields)
                ? List.of(fields.getOrDefault("amounts", new Json.Nothing()),
                        fields.getOrDefault("lines", new Json.Nothing()),
                        fields.getOrDefault("movements", new Json.Nothing()))
                : List.of();
    }

    private static Settled settle(SettlementRequest request, Chosen chosen, Prior prior, Book.Situation situation,
            Pricing pricing) {
        var known = new SettlementRequest(request.key(), request.member(), request.person(), request.institution(),
                request.institutionFacts(), request.encounter(), request.totalFen(), request.lines(),
                request.account(), chosen.knownOn(), request.yearToDate(), null);
        var institution = situation.institution().orElseThrow();
        return new Intake(chosen.packs(), chosen.pack(), pricing).settle(known, situation.person(), institution,
                institution.code() + "/" + prior.stored().key(), situation.yearToDate());
    }

    private byte[] reply(Settled settled, Settlement settlement, SettlementRequest request, Prior prior) {
        var stored = prior.stored();
        return ReplyWriter.bytes(settled.tell(Replies.of(settlement, "booked",
                new Replies.Booking(stored.id(), stored.key(), stored.bookedAt().toString(),
                        new StoredReply(stored.reply()).text("replaces").orElse(null)), stored.member(),
                request.lines(), version, true)));
    }
}
