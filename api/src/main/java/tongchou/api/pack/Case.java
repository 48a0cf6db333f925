package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
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
    /// left.
    ///
    /// @return an outcome for each encounter
    public List<Outcome> settle(Waterfalls waterfalls) {
        var outcomes = new ArrayList<Outcome>();
        var position = start;
        var purse = turns.isEmpty() ? Purse.EMPTY : turns.getFirst().claim().purse();
        var workings = new Workings();
        for (var turn : turns) {
            var given = turn.claim();
            var claim = new Claim(given.name(), given.member(), given.standing(), given.institution(),
                    given.encounter(), purse);
            var outcome = waterfalls.settle(claim, position, knownOn, workings);
            if (outcome instanceof Settlement settlement) {
                position = position.after(settlement.movements());
                purse = after(purse, settlement.amounts());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static Purse after(Purse purse, Amounts amounts) {
        var own = amounts.by(Payer.ACCOUNT_CURRENT_YEAR).plus(amounts.by(Payer.ACCOUNT));
        var current = own.compareTo(purse.currentYear()) < 0 ? own : purse.currentYear();
        return new Purse(purse.currentYear().minus(current), purse.earlierYears().minus(own.minus(current)),
                purse.family().minus(amounts.by(Payer.FAMILY_ACCOUNT)));
    }

    /// One encounter of the example.
    ///
    /// @param expect amounts by name (`pooled`, `cash`, `in-scope`...) that must come out
    /// @param refusal the refusal that must come out instead, null when it must settle
    /// @param never amounts that were published and are wrong: they must not come out
    public record Turn(Claim claim, Map<String, Fen> expect, @Nullable String refusal, Map<String, Fen> never) {
        /// Copies the maps.
        public Turn {
            expect = Map.copyOf(expect);
            never = Map.copyOf(never);
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
