package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.money.Fen;
import tongchou.core.people.Purse;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.YearToDate;
import tongchou.storage.Book.Stored;
import tongchou.storage.Resettlements.Again;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Prior;
import tongchou.storage.Resettlements.Recounted;
import tongchou.storage.Resettlements.Rules;

/// A member's settlements, folded again in the order of service (按就医先后重算).
///
/// From the first affected one on, every settlement that stands is settled again. It meets what the earlier ones have
/// added to the counters, and has the account money that was used for it, no more: whatever the person has to pay in
/// addition is a claim on the person, not on the account.
final class Refold {

    private static final String HEADS = """
            select s.id, s.public_id, i.code, s.key, s.booked_at, s.binding_day, e.last_day,
                coalesce(kr.pack, r.pack), coalesce(kr.version, r.version), coalesce(kr.hash, r.hash),
                coalesce(kr.area, r.area), case when k.id is null then s.known_on else k.known_on end,
                case when k.id is null then 0 else 1 end
            from settlements s join institutions i on i.id = s.institution join encounters e on e.id = s.id
                join rules r on r.id = s.rules
                left join corrections k on k.id = (select max(x.id) from corrections x where x.settlement = s.id)
                left join rules kr on kr.id = k.rules
            where s.member = ? and not exists (select 1 from reversals y where y.settlement = s.id)
            order by s.binding_day, s.id""";

    /// What a booking moved, and what everything booked before another one did.
    private static final String MET = """
            select n.name, n.period, c.period_key, m.after - m.before
            from settlements s join counter_movements m on m.settlement = s.id
                join counters c on c.id = m.counter join counter_names n on n.id = c.name
            where s.member = ? and s.id < ?
            union all select n.name, n.period, c.period_key, m.after - m.before
            from settlements s join reversals r on r.settlement = s.id join reversal_movements m on m.reversal = r.id
                join counters c on c.id = m.counter join counter_names n on n.id = c.name
            where s.member = ? and r.id < ?
            union all select n.name, n.period, c.period_key, m.after - m.before
            from settlements s join corrections k on k.settlement = s.id
                join correction_movements m on m.correction = k.id
                join counters c on c.id = m.counter join counter_names n on n.id = c.name
            where s.member = ? and k.id < ?""";

    private final Institutions institutions;
    private final Members members;
    private final Settlements settlements;

    Refold(Institutions institutions, Members members, Settlements settlements) {
        this.institutions = institutions;
        this.members = members;
        this.settlements = settlements;
    }

    /// What came out for a member.
    ///
    /// @param folded how many settlements were settled again
    /// @param differences those that come out otherwise, in the order of service
    /// @param at the settlement that cannot be settled again; empty when there is no obstacle
    /// @param why why not; empty when there is no obstacle
    record Fold(long member, String token, int folded, List<Recount> differences, String at, String why) {

        boolean isBlocked() {
            return !why.isEmpty();
        }

        /// SHA-256 of what comes out, the same for the same.
        byte[] fingerprint() {
            var all = new ByteArrayOutputStream();
            differences.forEach(difference -> all.writeBytes(difference.fingerprint()));
            return Fingerprint.SHA_256.of(all.toByteArray());
        }
    }

    private record Head(long id, String publicId, String institution, String key, Instant bookedAt, LocalDate day,
            LocalDate lastDay, Rules rules, @Nullable LocalDate knownOn, boolean corrected) {

        private static Head of(Session.Row row) {
            return new Head(row.number(1), row.text(2), row.text(3), row.text(4), Instant.ofEpochMilli(row.number(5)),
                    row.day(6), row.day(7), new Rules(row.text(8), row.text(9), row.text(10), row.text(11)),
                    row.dayOrNull(12), row.number(13) == 1);
        }
    }

    Fold of(Session session, String token, Cause cause, Again again) {
        var household = members.household(session, token).orElseThrow();
        var member = household.own().member();
        var heads = session.rows(HEADS, Head::of, member);
        var affected = affected(session, member);
        var first = 0;
        while (first < heads.size() && !affected.contains(heads.get(first).id())
                && !concerns(cause, heads.get(first))) {
            first++;
        }
        if (first == heads.size()) {
            return new Fold(member, token, 0, List.of(), "", "");
        }
        var folded = heads.subList(first, heads.size());
        var effects = Effect.of(session, member, folded.getFirst().day());
        var world = new HashMap<>(settlements.yearToDate(session, token).sums());
        folded.forEach(head -> effect(effects, head).counters().forEach(
                (key, added) -> world.merge(key, -added.amount(), Long::sum)));
        var differences = new ArrayList<Recount>();
        for (var head : folded) {
            var effect = effect(effects, head);
            var met = met(world);
            var institution = institutions.on(session, head.institution(), head.lastDay());
            var situation = new Book.Situation(with(household.person(), effect, member),
                    institution.map(Institutions.Found::institution), met);
            switch (again.settle(prior(session, member, token, head), situation)) {
                case Recounted.Not(var why) -> {
                    return new Fold(member, token, folded.size(), List.of(), head.publicId(), why);
                }
                case Recounted.Settled(var now, var reply) -> {
                    var recount = Recount.of(head.id(), head.publicId(), effect, now, reply, met, member);
                    now.movements().forEach(movement -> {
                        if (movement.before() != met.sums().getOrDefault(movement.key(), 0L)) {
                            throw new Broken("the settlement found " + movement + ", it was given " + met);
                        }
                        world.put(movement.key(), movement.after());
                    });
                    if (recount.isDifferent()) {
                        differences.add(recount);
                    }
                }
            }
        }
        return new Fold(member, token, folded.size(), differences, "", "");
    }

    private static Effect effect(Map<Long, Effect> effects, Head head) {
        return java.util.Objects.requireNonNull(effects.get(head.id()));
    }

    private static YearToDate met(Map<Counter.Key, Long> world) {
        var sums = new HashMap<Counter.Key, Long>();
        world.forEach((key, sum) -> {
            if (sum != 0) {
                sums.put(key, sum);
            }
        });
        return new YearToDate(sums);
    }

    /// The settlements that are stale, and those that arrived too late for them.
    private static Set<Long> affected(Session session, long member) {
        var affected = new HashSet<Long>();
        session.rows("""
                select x.settlement, x.cause from settlements s join stale_settlements x on x.settlement = s.id
                where s.member = ? and not exists (
                    select 1 from stale_clearings k where k.settlement = x.settlement and k.cause = x.cause)""",
                row -> affected.add(row.number(1)) | affected.add(row.number(2)), member);
        return affected;
    }

    private static boolean concerns(Cause cause, Head head) {
        return switch (cause) {
            case Cause.StaleSums() -> false;
            case Cause.OneMember(var token) -> true;
            case Cause.NewRules rules -> head.rules().pack().equals(rules.pack())
                    && !head.day().isBefore(rules.from())
                    && !(head.rules().hash().equals(rules.hash())
                    && java.util.Objects.equals(head.knownOn(), rules.knownOn()));
        };
    }

    private static Person with(Person person, Effect effect, long own) {
        var current = 0L;
        var earlier = 0L;
        var family = 0L;
        for (var taken : effect.taken()) {
            current += taken.member() == own ? taken.currentYear() : 0;
            earlier += taken.member() == own ? taken.earlierYears() : 0;
            family += taken.member() == own ? 0 : taken.all();
        }
        return new Person(person.member(), person.standings(),
                new Purse(Fen.of(current), Fen.of(earlier), Fen.of(family)), person.sharers());
    }

    private static Prior prior(Session session, long member, String token, Head head) {
        record Papers(byte[] content, byte[] reply) {
        }
        var papers = session.row("select content, reply from papers where settlement = ?", row ->
                new Papers(row.document(1), row.document(2)), head.id()).orElseThrow();
        return new Prior(new Stored(head.publicId(), head.institution(), head.key(), token, head.bookedAt(),
                papers.reply()), papers.content(), head.day(), head.rules(), head.knownOn(), head.corrected(),
                () -> metAtBooking(session, member, head.id()));
    }

    static YearToDate metAtBooking(Session session, long member, long settlement) {
        var sums = new HashMap<Counter.Key, Long>();
        session.rows(MET, row -> java.util.Optional.of(sums.merge(new Counter.Key(row.text(1),
                row.constant(2, tongchou.core.calendar.Period.class), row.text(3)), row.number(4), Long::sum)),
                member, settlement, member, settlement, member, settlement);
        return met(sums);
    }
}
