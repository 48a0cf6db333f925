package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.encounter.Claim;
import tongchou.core.judging.Charge;
import tongchou.core.judging.Circumstances;
import tongchou.core.judging.Clinical;
import tongchou.core.judging.Judge;
import tongchou.core.judging.JudgedCharge;
import tongchou.core.money.Fen;
import tongchou.core.people.Purse;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Outcome;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.core.settlement.YearToDate;

/// A worked example of a pack (算例): a person's encounters in their order and what must come out of each.
///
/// @param file the file it stands in
/// @param line the line it begins on
/// @param name one sentence that names it
/// @param origin `official`, `press`, `hand` or `derived`: who worked it out
/// @param area area whose rules settle it
/// @param start the position before the first encounter
/// @param turns the encounters; empty for an example of the waiting period
/// @param waiting the gap to be judged, null for encounters
public record Case(
        String file, int line, String name, String origin, String area, KnownOn knownOn, YearToDate start,
        List<Turn> turns, @Nullable Waiting waiting) {

    /// Copies the turns.
    public Case {
        turns = List.copyOf(turns);
    }

    /// Where the cases of partners stand in a pack.
    static final String CONTRACTS = "contracts/";

    /// The partner (HIS vendor) whose case it is, from `contracts/<vendor>/...`; empty for the pack's own.
    public String vendor() {
        return file.startsWith(CONTRACTS) && file.indexOf('/', CONTRACTS.length()) > 0
                ? file.substring(CONTRACTS.length(), file.indexOf('/', CONTRACTS.length())) : "";
    }

    /// Settles the encounters one after another, each from the position and with the account money that the one before
    /// left, after the catalogue has judged its charges.
    ///
    /// @return what became of each encounter
    public List<Result> settle(Waterfalls waterfalls, Catalogue catalogue) {
        var results = new ArrayList<Result>();
        var position = start;
        var purse = turns.isEmpty() ? Purse.EMPTY : turns.getFirst().claim().purse();
        var workings = new Workings();
        for (var turn : turns) {
            var given = turn.claim();
            var claim = new Claim(given.name(), given.member(), given.standing(), given.institution(),
                    given.encounter(), purse);
            var result = turn.charges().isEmpty()
                    ? new Result(waterfalls.settle(claim, position, knownOn, workings), List.of())
                    : judged(turn, claim, waterfalls, catalogue, position, workings);
            if (result.outcome() instanceof Settlement settlement) {
                position = position.after(settlement.movements());
                purse = after(purse, settlement.amounts());
            }
            results.add(result);
        }
        return results;
    }

    /// Judges the charges as a claim of the book has them judged, and settles the lines.
    private Result judged(Turn turn, Claim draft, Waterfalls waterfalls, Catalogue catalogue, YearToDate position,
            Workings workings) {
        var found = waterfalls.find(draft, knownOn);
        if (found.refusal() != null) {
            return new Result(found.refusal(), List.of());
        }
        var judgement = Judge.judge(catalogue, turn.charges(), Circumstances.of(draft, found.day(), knownOn, catalogue,
                turn.clinical()));
        return judgement.refusal() != null ? new Result(judgement.refusal(), List.of())
                : new Result(waterfalls.settle(draft.with(judgement.lines()), position, knownOn, workings),
                judgement.charges());
    }

    /// What became of an encounter.
    ///
    /// @param charges what the catalogue made of the bill; empty where the case gives the parts of the bill itself
    public record Result(Outcome outcome, List<JudgedCharge> charges) {
        /// Copies the charges.
        public Result {
            charges = List.copyOf(charges);
        }
    }

    private static Purse after(Purse purse, Amounts amounts) {
        var own = amounts.by(Payer.ACCOUNT_CURRENT_YEAR).plus(amounts.by(Payer.ACCOUNT));
        var current = own.compareTo(purse.currentYear()) < 0 ? own : purse.currentYear();
        return new Purse(purse.currentYear().minus(current), purse.earlierYears().minus(own.minus(current)),
                purse.family().minus(amounts.by(Payer.FAMILY_ACCOUNT)));
    }

    /// One encounter of the example.
    ///
    /// @param line the line on which what must come out of it begins
    /// @param charges the bill before the catalogue judged it; empty where the claim has the lines already
    /// @param clinical what restrictions ask about the patient; null where nothing is known
    /// @param expect amounts by name (`pooled`, `cash`, `in-scope`...) that must come out
    /// @param refusal the refusal that must come out instead, null when it must settle
    /// @param never amounts that were published and are wrong: they must not come out
    public record Turn(int line, Claim claim, List<Charge> charges, @Nullable Clinical clinical,
            Map<String, Fen> expect, @Nullable String refusal, Map<String, Fen> never) {
        /// Copies the charges and maps.
        public Turn {
            charges = List.copyOf(charges);
            expect = Map.copyOf(expect);
            never = Map.copyOf(never);
        }

        /// Whether it asks and expects the same, wherever it stands.
        boolean isLike(Turn other) {
            return claim.equals(other.claim) && charges.equals(other.charges)
                    && Objects.equals(clinical, other.clinical) && expect.equals(other.expect)
                    && Objects.equals(refusal, other.refusal) && never.equals(other.never);
        }
    }

    /// A gap in enrolment and the waiting period it must give (待遇等待期算例).
    ///
    /// @param rejoined first day of the new enrolment
    /// @param months months that must come out
    /// @param firstDay first day with benefits that must come out
    /// @param never months that were published and are wrong, -1 for none
    public record Waiting(
            int missedYears, int repairedYears, LocalDate rejoined, int months, LocalDate firstDay, int never) {
    }
}
