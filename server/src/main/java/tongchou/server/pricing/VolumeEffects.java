package tongchou.server.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Prices;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.server.pricing.Effect.OfItem;

/// What a path costs or saves on volumes that somebody counted (按业务量测算): price times quantity before and after,
/// the difference apportioned to fund and patients by the share that is given for each row.
public final class VolumeEffects {

    private static final int ADULT = 40;

    private final Catalogue catalogue;
    private final LocalDate before;

    /// @param before the day whose prices are compared with
    public VolumeEffects(Catalogue catalogue, LocalDate before) {
        this.catalogue = catalogue;
        this.before = before;
    }

    /// How much of an item an institution did (业务量).
    ///
    /// @param fund the share of the charges that the fund pays there
    public record Row(String item, String institution, Tier tier, BigDecimal quantity, Ratio fund) {
    }

    /// Whether a row can be priced: its item is known on the day that is compared with.
    public boolean knows(Row row) {
        return item(row).isPresent();
    }

    /// The first of some days on which a rule moves the item of a row although its amounts before or after are not
    /// stated, or not in one unit, so that nothing can be said; empty where everything is known.
    public Optional<LocalDate> unknownOn(Row row, List<LocalDate> days) {
        var prices = new Prices(catalogue, KnownOn.LATEST);
        var item = item(row).orElseThrow(() -> new IllegalArgumentException(row.item()));
        var from = prices.charge(item, row.tier(), ADULT, before);
        return days.stream().filter(day -> prices.rule(item, day).isPresent()).filter(day -> {
            var to = prices.charge(item, row.tier(), ADULT, day);
            return from.isEmpty() || to.isEmpty() || !from.get().unit().equals(to.get().unit());
        }).findFirst();
    }

    /// The effects of the prices of some days, rounded half up to the fen for each row; the patients have the rest.
    public Effect.Series of(List<Row> rows, List<LocalDate> days) {
        return new Effect.Series(false, 0, days.stream().map(day -> of(rows, day)).toList(), List.of(), null);
    }

    private Effect of(List<Row> rows, LocalDate day) {
        var institutions = new TreeMap<String, Parts>();
        var items = new TreeMap<String, OfItem>();
        var changed = 0L;
        for (var row : rows) {
            var item = item(row).orElseThrow(() -> new IllegalArgumentException(row.item()));
            var prices = new Prices(catalogue, KnownOn.LATEST);
            var from = prices.charge(item, row.tier(), ADULT, before);
            var to = prices.charge(item, row.tier(), ADULT, day);
            if (prices.rule(item, day).isEmpty() || from.isEmpty() || to.isEmpty()
                    || !from.get().unit().equals(to.get().unit()) || from.get().each().equals(to.get().each())) {
                continue;
            }
            var was = times(from.get().each(), row.quantity());
            var will = times(to.get().each(), row.quantity());
            var more = will.minus(was);
            var fund = row.fund().of(more, Rounding.HALF_UP);
            institutions.merge(row.institution(), new Parts(more, fund, more.minus(fund), Fen.ZERO), Parts::plus);
            items.merge(item.code(), new OfItem(item.name(), 1, was, will), OfItem::plus);
            changed++;
        }
        return new Effect(day, changed, institutions, items);
    }

    private static Fen times(Fen price, BigDecimal quantity) {
        return Fen.of(quantity.multiply(BigDecimal.valueOf(price.value())).setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    private Optional<Item> item(Row row) {
        return catalogue.item(row.item(), List.of(row.institution()), before, KnownOn.LATEST)
                .map(found -> found.value());
    }
}
