package tongchou.server.pricing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.DetailFacts;
import tongchou.api.http.LineFacts;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Listing;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.core.money.Fen;
import tongchou.core.money.Rounding;
import tongchou.core.encounter.Claim;
import tongchou.server.intake.Pricing;
import tongchou.storage.Volumes.Span;

/// The bills of a period at the prices of another day (按路径日期换价): the lines of items that a rule moves on that day.
///
/// A line changes in the proportion of the two prices of its tier and age, rounded half up to the fen, so that what was
/// charged with a surcharge or below the price stays so. The limit that insurance counts for it moves along. What no
/// rule moves, or what had no price on its own day, stays. It remembers what it changed last.
final class Repricing implements Pricing {

    private final Span span;
    private final LocalDate on;
    private List<Line> changed = List.of();

    /// @param span whose bills are priced anew; others stay
    /// @param on the day whose prices they get
    Repricing(Span span, LocalDate on) {
        this.span = span;
        this.on = on;
    }

    /// A line that got another price.
    record Line(String item, String name, Fen before, Fen after) {
    }

    /// What was changed in the last bill.
    List<Line> changed() {
        return changed;
    }

    @Override
    public Priced on(Catalogue catalogue, List<LineFacts> lines, Claim draft, LocalDate day) {
        changed = new ArrayList<>();
        if (!span.covers(day)) {
            return new Priced(catalogue, lines);
        }
        var facts = new ArrayList<Fact<?>>();
        var priced = new ArrayList<LineFacts>();
        for (var line : lines) {
            var move = move(catalogue, line, draft, day).orElse(null);
            if (move == null) {
                priced.add(line);
            } else {
                var moved = move.of(line);
                priced.add(moved);
                facts.add(move.fact());
                changed.add(new Line(move.item().code(), move.item().name(), Fen.of(line.amountFen()),
                        Fen.of(moved.amountFen())));
            }
        }
        Listing nearer = new Tables("price path", facts.stream().distinct().toList());
        return new Priced(facts.isEmpty() ? catalogue : catalogue.under(nearer), priced);
    }

    /// How the price of an item moves between two days.
    private record Move(Item item, Fen from, Fen to, Fact<Price> fact) {

        /// The line at the other price; what its sender worked out by the old one is left to the catalogue.
        LineFacts of(LineFacts line) {
            var over = line.overLimitFen();
            return new LineFacts(line.item(), line.name(), scaled(line.amountFen()), line.payClass(),
                    over == null || line.quantity() != null ? null : (Long) scaled(over), line.prePayBp(),
                    line.directBp(), line.quantity(), plain(line.detail()));
        }

        private long scaled(long fen) {
            return Rounding.HALF_UP.quotient(Math.multiplyExact(fen, to.value()), from.value());
        }

        private static @Nullable DetailFacts plain(@Nullable DetailFacts detail) {
            return detail == null ? null
                    : new DetailFacts(null, detail.days(), detail.specification(), detail.surcharges());
        }
    }

    private Optional<Move> move(Catalogue catalogue, LineFacts line, Claim draft, LocalDate day) {
        var at = draft.institution();
        var item = catalogue.item(line.item(), List.of(at.code(), at.division()), day, KnownOn.LATEST)
                .map(found -> found.value()).orElse(null);
        if (item == null) {
            return Optional.empty();
        }
        var prices = new Prices(catalogue, KnownOn.LATEST);
        var age = draft.member().age(day);
        var before = prices.charge(item, at.tier(), age, day).orElse(null);
        var after = prices.charge(item, at.tier(), age, on).orElse(null);
        if (before == null || after == null || prices.rule(item, on).isEmpty() || before.each().isZero()
                || !before.unit().equals(after.unit()) || before.each().equals(after.each())) {
            return Optional.empty();
        }
        var start = prices.start(item, at.tier(), age, day)
                .orElseGet(() -> Price.of(Price.Basis.CHARGE, at.tier(), before.unit(), before.each()));
        // Stated for the very day, so that no rule moves it further.
        var stated = new Price(Price.Basis.CHARGE, at.tier(), start.unit(), start.least(), start.most(), after.each());
        return Optional.of(new Move(item, before.each(), after.each(), new Fact<>(new Target.Code(item.code()), stated,
                InForce.from(day), LocalDate.MIN, after.by().origin())));
    }
}
