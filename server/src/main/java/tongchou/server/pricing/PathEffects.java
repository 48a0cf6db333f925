package tongchou.server.pricing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Target;
import tongchou.server.access.Reach;
import tongchou.server.packs.Packs;
import tongchou.server.pricing.Effect.LeftOut;
import tongchou.server.pricing.Effect.OfItem;
import tongchou.server.resettlement.Recomputation;
import tongchou.storage.Resettlements.Cause;
import tongchou.storage.Resettlements.Recounted;
import tongchou.storage.Volumes;
import tongchou.storage.Volumes.Span;

/// What a path of prices costs or saves fund, patients and institutions on real bills (趋同影响测算).
///
/// Every member to whom an affected item was charged is settled again from the first settlement of the period on: once
/// as charged, once for each day at that day's prices, each settlement meeting what the earlier ones leave of
/// deductibles and ceilings. The difference of the two is the effect. Nothing is booked.
public final class PathEffects {

    private static final int PAGE = 200;

    private final Volumes volumes;
    private final Packs packs;
    private final String version;

    /// @param version the version of this Tongchou
    public PathEffects(Volumes volumes, Packs packs, String version) {
        this.volumes = volumes;
        this.packs = packs;
        this.version = version;
    }

    /// What is asked.
    ///
    /// @param pack pack and area whose catalogue states the path
    /// @param division the insuring area; `....00` for a city
    /// @param days the days whose prices are put under the bills
    public record Question(String pack, String area, String division, Span span, List<LocalDate> days) {
    }

    /// How many members are affected, counted up to a limit.
    public long affected(Question question, int most) {
        var items = affectedItems(question);
        return items.isEmpty() ? 0
                : volumes.members(question.span, items, Reach.beginning(question.division), "", most).size();
    }

    /// Computes the effects.
    ///
    /// @param progress told how many members were looked at so far
    public Effect.Series of(Question question, LongConsumer progress) {
        return of(question, "", Integer.MAX_VALUE, progress);
    }

    /// Computes the effects on some members.
    ///
    /// @param behind the member behind whom they come, in the order of tokens; empty from the first one on
    /// @param most how many
    public Effect.Series of(Question question, String behind, int most, LongConsumer progress) {
        var items = affectedItems(question);
        var sums = question.days.stream().map(Sum::new).toList();
        var leftOut = new ArrayList<LeftOut>();
        var members = 0L;
        var after = behind;
        var more = !items.isEmpty();
        while (more && members < most) {
            var page = volumes.members(question.span, items, Reach.beginning(question.division), after,
                    (int) Math.min(PAGE, most - members));
            for (var member : page) {
                add(question, member, sums, leftOut);
                progress.accept(++members);
            }
            more = !page.isEmpty();
            after = more ? page.getLast() : after;
        }
        more = more && !volumes.members(question.span, items, Reach.beginning(question.division), after, 1).isEmpty();
        return new Effect.Series(true, members, sums.stream().map(Sum::effect).toList(), leftOut, more ? after : null);
    }

    /// The names under which an item may have been charged that a rule moves on one of the days.
    private List<String> affectedItems(Question question) {
        var catalogue = packs.catalogue(question.pack, question.area);
        var moved = new HashSet<String>();
        for (var item : Converging.items(catalogue)) {
            var prices = new Prices(catalogue, KnownOn.LATEST);
            if (question.days.stream().anyMatch(day -> prices.rule(item, day).isPresent())) {
                moved.add(item.code());
            }
        }
        return moved.isEmpty() ? List.of() : volumes.items().stream()
                .filter(name -> mayMean(catalogue, name, question.span.to(), moved)).toList();
    }

    private static boolean mayMean(Catalogue catalogue, String name, LocalDate day, Set<String> moved) {
        return moved.contains(name) || catalogue.item(name, List.of(), day, KnownOn.LATEST)
                .filter(found -> moved.contains(found.value().code())).isPresent()
                || catalogue.listings().stream().flatMap(listing -> listing.facts(Alias.class, new Target.Code(name))
                        .stream()).anyMatch(alias -> moved.contains(alias.value().code()));
    }

    private void add(Question question, String member, List<Sum> sums, List<LeftOut> leftOut) {
        var cause = new Cause.OneMember(member);
        var from = question.span.from();
        var charged = volumes.again(member, question.pack, from, new Recomputation(packs, cause, version));
        if (!charged.why().isEmpty()) {
            leftOut.add(new LeftOut(member, charged.why()));
            return;
        }
        var found = new ArrayList<Found>();
        for (var sum : sums) {
            var lines = new ArrayList<Repricing.Line>();
            var priced = volumes.again(member, question.pack, from, (prior, situation) -> {
                var repricing = new Repricing(question.span, sum.on);
                var settled = new Recomputation(packs, cause, version, repricing).settle(prior, situation);
                if (settled instanceof Recounted.Settled) {
                    lines.addAll(repricing.changed());
                }
                return settled;
            });
            if (!priced.why().isEmpty()) {
                leftOut.add(new LeftOut(member, priced.why()));
                return;
            }
            found.add(new Found(priced.outcomes(), lines));
        }
        for (var i = 0; i < sums.size(); i++) {
            sums.get(i).add(charged.outcomes(), found.get(i), question.span);
        }
    }

    private record Found(List<Volumes.Outcome> outcomes, List<Repricing.Line> lines) {
    }

    /// What was found so far for one day.
    private static final class Sum {

        private final LocalDate on;
        private final Map<String, Parts> institutions = new TreeMap<>();
        private final TreeMap<String, OfItem> items = new TreeMap<>();
        private long settlements;

        Sum(LocalDate on) {
            this.on = on;
        }

        void add(List<Volumes.Outcome> charged, Found priced, Span span) {
            var before = new HashMap<String, Volumes.Outcome>();
            charged.forEach(one -> before.put(one.settlement(), one));
            for (var outcome : priced.outcomes()) {
                var plain = before.remove(outcome.settlement());
                add(outcome, Parts.of(outcome.payers())
                        .minus(plain == null ? Parts.NOTHING : Parts.of(plain.payers())), span);
            }
            // At the other prices they come out as they are booked, as charged they do not.
            before.values().forEach(plain -> add(plain, Parts.NOTHING.minus(Parts.of(plain.payers())), span));
            priced.lines().forEach(line -> items.merge(line.item(), new OfItem(line.name(), 1, line.before(),
                    line.after()), OfItem::plus));
        }

        private void add(Volumes.Outcome outcome, Parts parts, Span span) {
            if (span.covers(outcome.day()) && !parts.equals(Parts.NOTHING)) {
                institutions.merge(outcome.institution(), parts, Parts::plus);
                settlements++;
            }
        }

        Effect effect() {
            return new Effect(on, settlements, new TreeMap<>(institutions), items);
        }
    }
}
