package tongchou.core.judging;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Allowance;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Names;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Standard;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Surcharge;
import tongchou.core.encounter.Care;
import tongchou.core.money.Fen;
import tongchou.core.money.Rounding;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;

/// The most that is counted for a charge (限价与限量): by price, by quantity and by days. Of several limits the lowest
/// counts.
final class Limits {

    private final Catalogue catalogue;
    private final Circumstances facts;
    private final Prices prices;
    private final List<Note> notes;

    Limits(Catalogue catalogue, Circumstances facts, List<Note> notes) {
        this.catalogue = catalogue;
        this.facts = facts;
        this.prices = new Prices(catalogue, facts.known());
        this.notes = notes;
    }

    /// What is counted.
    ///
    /// @param payable null where nothing limits the charge
    record Counted(@Nullable Fen payable, @Nullable Refusal refusal) {
    }

    Counted of(Charge charge, Item item) {
        var named = prices(Surcharge.class, item).stream().map(found -> found.value().name()).toList();
        for (var asked : charge.surcharges()) {
            if (!named.contains(asked)) {
                return refused(RefusalCode.CATALOGUE_CONTRADICTED, charge, "detail.surcharges", asked,
                        "目录规定的加收：" + String.join("、", named), "a surcharge that the catalogue states: "
                        + String.join(", ", named));
            }
        }
        var allowances = allowances(item);
        var quantity = charge.quantity();
        var paid = quantity == null ? null : paidQuantity(item, quantity, allowances);
        Fen payable = null;
        var standard = prices(Standard.class, item);
        if (!standard.isEmpty()) {
            var counted = byStandard(charge, item, standard.getFirst(), paid);
            if (counted.refusal() != null) {
                return counted;
            }
            payable = lower(payable, counted.payable());
        }
        payable = lower(payable, byPrice(charge, item, paid));
        payable = lower(payable, byProcurement(charge, item, paid));
        if (quantity != null && paid != null && paid.compareTo(quantity) < 0) {
            payable = lower(payable, part(charge.amount(), paid, quantity));
        }
        payable = lower(payable, byDays(charge, item, allowances));
        return new Counted(payable == null ? null : lower(charge.amount(), payable), null);
    }

    /// A unit price and a quantity that do not come to the amount, but for the rounding of the unit to whole fen.
    @Nullable Refusal mispriced(Charge charge) {
        if (charge.unitPrice() == null || charge.quantity() == null) {
            return null;
        }
        var off = charge.quantity().multiply(BigDecimal.valueOf(charge.unitPrice().value()))
                .subtract(BigDecimal.valueOf(charge.amount().value())).abs();
        var rounding = charge.quantity().multiply(new BigDecimal("0.5")).add(BigDecimal.ONE);
        return off.compareTo(rounding) <= 0 ? null : refused(RefusalCode.AMOUNT_NOT_ALLOWED, charge,
                "detail.unit_price_fen", charge.unitPrice().yuan(), "数量乘以单价等于金额 " + charge.amount().yuan() + " 元",
                "a price that times the quantity comes to " + charge.amount().yuan() + " yuan").refusal();
    }

    private <V extends Stated> List<Found<V>> prices(Class<V> type, Item item) {
        return catalogue.about(type, item, facts.day(), facts.known());
    }

    private static @Nullable Fen lower(@Nullable Fen left, @Nullable Fen right) {
        return left == null || right != null && right.compareTo(left) < 0 ? right : left;
    }

    private static Fen part(Fen amount, BigDecimal paid, BigDecimal all) {
        return Fen.of(BigDecimal.valueOf(amount.value()).multiply(paid).divide(all, 0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    private static Fen times(Fen each, BigDecimal quantity) {
        return Fen.of(quantity.multiply(BigDecimal.valueOf(each.value())).setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /// The allowances of the item itself and of every item of its kind.
    private List<Found<Allowance>> allowances(Item item) {
        var all = new ArrayList<>(prices(Allowance.class, item));
        var general = new Item(item.kind(), "", item.names(), "", "", null, null, List.of(), List.of(),
                item.attributes());
        for (var found : prices(Allowance.class, general)) {
            if (!all.contains(found)) {
                all.add(found);
            }
        }
        return all;
    }

    private BigDecimal paidQuantity(Item item, BigDecimal quantity, List<Found<Allowance>> allowances) {
        var paid = quantity;
        for (var found : allowances) {
            var perMonth = found.value().perMonth();
            if (perMonth != null) {
                var most = perMonth.multiply(BigDecimal.valueOf(facts.months()));
                if (most.compareTo(paid) < 0) {
                    paid = most;
                    add(Note.Kind.QUANTITY, "%s：每月限 %s，%s 个月共支付 %s".formatted(item.name(), plain(perMonth),
                            facts.months(), plain(most)), "%s: %s a month, %s months, %s are paid".formatted(
                            item.name(), plain(perMonth), facts.months(), plain(most)), found.fact().origin());
                }
            }
        }
        return paid;
    }

    private @Nullable Fen byDays(Charge charge, Item item, List<Found<Allowance>> allowances) {
        var days = charge.days();
        if (days == null || facts.care() == Care.INPATIENT || facts.care() == Care.DAY_SURGERY) {
            return null;
        }
        Fen payable = null;
        for (var found : allowances) {
            var most = facts.isLongPrescription() && found.value().longDays() != null ? found.value().longDays()
                    : found.value().days();
            if (most != null && days > most) {
                payable = lower(payable, part(charge.amount(), BigDecimal.valueOf(most), BigDecimal.valueOf(days)));
                add(Note.Kind.DAYS, "%s：开具 %s 天，支付 %s 天".formatted(item.name(), days, most),
                        "%s: %s days supplied, %s are paid".formatted(item.name(), days, most), found.fact().origin());
            }
        }
        return payable;
    }

    private Counted byStandard(Charge charge, Item item, Found<Standard> found, @Nullable BigDecimal paid) {
        switch (found.value()) {
            case Standard.Confidential() -> {
                return refused(RefusalCode.PRICE_CONFIDENTIAL, charge, "item", item.name(),
                        "在私有目录中填写“" + item.name() + "”的支付标准（国家目录中保密）",
                        "the payment standard of " + item.name() + ", which is confidential, in a private overlay");
            }
            case Standard.Steps steps -> {
                if (paid == null) {
                    return refused(RefusalCode.MISSING_INPUT, charge, "quantity", item.name(),
                            "数量，单位 " + steps.unit(), "the quantity in " + steps.unit());
                }
                try {
                    return limited(steps.of(paid), item, plain(paid) + " " + steps.unit(), found.fact());
                } catch (IllegalArgumentException beyond) {
                    return refused(RefusalCode.NO_RULE_IN_FORCE, charge, "quantity", plain(paid), "目录规定数量之内",
                            "a quantity for which the list states a price");
                }
            }
            case Standard.BySpecification(var each) -> {
                var fitting = each.stream().filter(one -> each.size() == 1 || Names.plain(one.specification())
                        .equals(Names.plain(charge.specification()))).toList();
                if (fitting.isEmpty()) {
                    var known = each.stream().map(Standard.Each::specification).collect(Collectors.joining(" | "));
                    return refused(RefusalCode.MISSING_INPUT, charge, "detail.specification", charge.specification(),
                            "以下规格之一：" + known, "one of the specifications " + known);
                }
                if (paid == null) {
                    return refused(RefusalCode.MISSING_INPUT, charge, "quantity", item.name(), "数量", "the quantity");
                }
                var price = fitting.getFirst().price();
                return limited(times(price, paid), item, plain(paid) + " × " + price.yuan(), found.fact());
            }
        }
    }

    private Counted limited(Fen payable, Item item, String working, Fact<?> by) {
        add(Note.Kind.LIMIT, "%s：支付标准 %s = %s 元".formatted(item.name(), working, payable.yuan()),
                "%s: payment standard %s = %s yuan".formatted(item.name(), working, payable.yuan()), by.origin());
        return new Counted(payable, null);
    }

    private static Counted refused(RefusalCode code, Charge charge, String field, String read, String expected,
            String expectedEn) {
        return new Counted(null, new Refusal(code, Judge.field(charge, field), read, expected, expectedEn));
    }

    private @Nullable Fen byPrice(Charge charge, Item item, @Nullable BigDecimal paid) {
        var limit = prices.limit(item, facts.tier(), facts.age(), facts.day());
        var quote = limit.or(() -> prices.charge(item, facts.tier(), facts.age(), facts.day())).orElse(null);
        if (quote == null) {
            return null;
        }
        if (paid == null) {
            add(Note.Kind.LIMIT_NOT_CHECKED, "%s：有限价 %s 元，未给出数量，未核对".formatted(item.name(), quote.each().yuan()),
                    "%s: a limit of %s yuan is stated, but no quantity was sent to check it".formatted(item.name(),
                    quote.each().yuan()), quote.by().origin());
            return null;
        }
        var each = limit.isPresent() ? quote.each() : raised(charge, item, quote);
        var payable = times(each, paid);
        add(Note.Kind.LIMIT, "%s：%s × %s 元 = %s 元".formatted(item.name(), plain(paid), each.yuan(), payable.yuan()),
                "%s: %s × %s yuan = %s yuan".formatted(item.name(), plain(paid), each.yuan(), payable.yuan()),
                quote.by().origin());
        return payable;
    }

    /// The price with the surcharges of age, unless it is a price for that age, and with those asked for.
    private Fen raised(Charge charge, Item item, Prices.Quote quote) {
        var ofAge = quote.by().value() instanceof Price price && price.isForSome();
        var each = quote.each();
        for (var found : prices(Surcharge.class, item)) {
            var surcharge = found.value();
            if (surcharge.maxAge() != null ? surcharge.comesWithAge(facts.age()) && !ofAge
                    : charge.surcharges().contains(surcharge.name())) {
                var before = each;
                each = surcharge.maxAge() == null || surcharge.times() == null ? surcharge.on(each)
                        : each.plus(surcharge.times().of(quote.each(), Rounding.HALF_UP).minus(quote.each()));
                add(Note.Kind.SURCHARGE, "%s：%s，%s 元 → %s 元".formatted(item.name(), surcharge.name(), before.yuan(),
                        each.yuan()), "%s: %s, %s → %s yuan".formatted(item.name(), surcharge.name(), before.yuan(),
                        each.yuan()), found.fact().origin());
            }
        }
        return each;
    }

    private @Nullable Fen byProcurement(Charge charge, Item item, @Nullable BigDecimal paid) {
        for (var found : prices(Procurement.class, item)) {
            var agreed = found.value();
            if (!Names.plain(agreed.specification()).equals(Names.plain(charge.specification()))) {
                continue;
            }
            add(Note.Kind.PROCUREMENT, "%s：%s %s 中选价 %s 元".formatted(item.name(), agreed.batch(),
                    agreed.specification(), agreed.each().yuan()), "%s: agreed price %s yuan, %s %s".formatted(
                    item.name(), agreed.each().yuan(), agreed.batch(), agreed.specification()), found.fact().origin());
            if (agreed.paysFor() && paid != null) {
                return agreed.each().times(paid);
            }
        }
        return null;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private void add(Note.Kind kind, String zh, String en, Origin origin) {
        notes.add(new Note(kind, zh, en, origin));
    }
}
