package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tongchou.core.ledger.Entry;
import tongchou.core.ledger.Journal;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Effect.Share;
import tongchou.storage.Effect.Taken;
import tongchou.storage.Resettlements.Change;
import tongchou.storage.Resettlements.CounterChange;

/// A settlement that was settled again (复算): what it comes to now against what is booked for it.
///
/// @param id its number in the book
/// @param publicId its id outside the book
/// @param returned account money that goes back, to whom it was taken from
record Recount(long id, String publicId, LocalDate day, Effect before, Settlement now, byte[] reply,
        List<CounterChange> counters, List<Taken> returned) {

    /// Compares what came out with what is booked.
    ///
    /// @param own the number of the member
    /// @throws Broken when it uses account money that the settlement never had
    static Recount of(long id, String publicId, Effect before, Settlement now, byte[] reply, YearToDate met,
            long own) {
        var counters = counters(before, now, met);
        return new Recount(id, publicId, now.day(), before, now, reply, counters, returned(before, now, own));
    }

    private static List<CounterChange> counters(Effect before, Settlement now, YearToDate met) {
        Map<String, CounterChange> changes = new TreeMap<>();
        var moved = new HashMap<Counter.Key, YearToDate.Movement>();
        now.movements().forEach(movement -> moved.put(movement.key(), movement));
        before.counters().forEach((key, added) -> {
            var movement = moved.remove(key);
            changes.put(key.toString(), new CounterChange(key, added.unit(), met.sums().getOrDefault(key, 0L),
                    added.amount(), movement == null ? 0 : movement.after() - movement.before()));
        });
        moved.forEach((key, movement) -> changes.put(key.toString(), new CounterChange(
                key, movement.unit(), movement.before(), 0, movement.after() - movement.before())));
        return changes.values().stream().filter(change -> change.before() != 0 || change.after() != 0).toList();
    }

    /// The money of the current year is kept first where the whole account pays, as when it was taken.
    private static List<Taken> returned(Effect before, Settlement now, long own) {
        var thisYear = now.amounts().by(Payer.ACCOUNT_CURRENT_YEAR).value();
        var whole = now.amounts().by(Payer.ACCOUNT).value();
        var family = now.amounts().by(Payer.FAMILY_ACCOUNT).value();
        var returned = new ArrayList<Taken>();
        for (var taken : before.taken()) {
            var current = taken.member() == own ? thisYear : 0;
            var wanted = taken.member() == own ? whole : family;
            var more = Math.min(wanted, taken.currentYear() - current);
            var earlier = Math.min(wanted - more, taken.earlierYears());
            if (more < 0) {
                throw new Broken("it uses more of the current year's account money than it had");
            }
            var back = new Taken(taken.member(), taken.currentYear() - current - more, taken.earlierYears() - earlier);
            if (back.currentYear() != 0 || back.earlierYears() != 0) {
                returned.add(back);
            }
            if (taken.member() == own) {
                thisYear = 0;
                whole -= more + earlier;
            } else {
                family -= more + earlier;
            }
        }
        if (thisYear != 0 || whole != 0 || family != 0) {
            throw new Broken("it uses more account money than it had");
        }
        return returned;
    }

    /// What every layer pays more; those that pay the same are left out.
    Map<Share, Long> postings() {
        var more = new LinkedHashMap<Share, Long>();
        now.postings().forEach(posting -> more.merge(new Share(posting.payer(),
                posting.layer() == null ? "" : posting.layer().name()), posting.amount().value(), Long::sum));
        before.postings().forEach((share, amount) -> more.merge(share, -amount, Long::sum));
        more.values().removeIf(amount -> amount == 0);
        return more;
    }

    /// What every payer paid and pays; those that do neither are left out.
    Map<Payer, Change> payers() {
        var paid = new EnumMap<Payer, Fen>(Payer.class);
        before.postings().forEach((share, amount) -> paid.merge(share.payer(), Fen.of(amount), Fen::plus));
        var payers = new EnumMap<Payer, Change>(Payer.class);
        for (var payer : Payer.values()) {
            var change = new Change(paid.getOrDefault(payer, Fen.ZERO), now.amounts().by(payer));
            if (!change.before().isZero() || !change.after().isZero()) {
                payers.put(payer, change);
            }
        }
        return payers;
    }

    /// What the parts of the bill are more.
    Effect.Parts parts() {
        return Effect.Parts.of(now.amounts()).minus(before.parts());
    }

    /// The entries that lead from what is booked to what it comes to.
    List<Entry> journal() {
        try {
            return Journal.difference(before.journal(), now).entries();
        } catch (IllegalArgumentException unbalanced) {
            throw new Broken(unbalanced.getMessage());
        }
    }

    /// Whether anything comes out otherwise.
    boolean isDifferent() {
        return !postings().isEmpty() || !parts().equals(new Effect.Parts(0, 0, 0, 0, 0)) || !journal().isEmpty()
                || counters.stream().anyMatch(change -> change.before() != change.after()) || !returned.isEmpty();
    }

    /// The same bytes for the same difference.
    byte[] fingerprint() {
        var policy = now.waterfall().policy();
        var said = String.join("\n", publicId, postings().entrySet().stream().map(Object::toString).sorted().toList()
                + "\n" + journal().stream().map(Object::toString).sorted().toList(), parts().toString(),
                counters.toString(), returned.toString(), policy.hash(), now.knownOn().toString(),
                AuditLog.hash(reply));
        return said.getBytes(StandardCharsets.UTF_8);
    }
}
