package tongchou.api.pack;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.KnownOn;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
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
