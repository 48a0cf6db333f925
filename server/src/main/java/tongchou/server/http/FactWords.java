package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Allowance;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Continuation;
import tongchou.core.catalogue.Convergence;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.PrePay;
import tongchou.core.catalogue.Price;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Restriction;
import tongchou.core.catalogue.Standard;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Surcharge;
import tongchou.core.catalogue.Target;

/// Facts of a catalogue as an item's page tells them (事实说明).
final class FactWords {

    private static final List<Class<? extends Stated>> TYPES = List.of(Item.class, Price.class, PrePay.class,
            Standard.class, Restriction.class, Surcharge.class, Procurement.class, Allowance.class, Convergence.class,
            Continuation.class);

    private FactWords() {
    }

    /// Everything that any level ever states about an item, the newest first.
    static List<Fact<?>> about(Catalogue catalogue, Item item) {
        var targets = new ArrayList<Target>(List.of(new Target.Code(item.code())));
        item.groups().forEach(group -> targets.add(new Target.Group(group)));
        targets.add(new Target.Group(item.kind().word()));
        var facts = new ArrayList<Fact<?>>();
        for (var listing : catalogue.listings()) {
            for (var type : TYPES) {
                targets.forEach(target -> facts.addAll(listing.facts(type, target)));
                listing.ranges(type).stream().filter(range -> item.place() != null && range.holds(item.place()))
                        .forEach(range -> facts.addAll(listing.facts(type, range)));
            }
        }
        facts.sort((one, other) -> {
            var days = other.inForce().from().compareTo(one.inForce().from());
            return days != 0 ? days : Fact.order().compare(one, other);
        });
        return facts;
    }

    /// What kind of fact it is, in one word.
    static String kind(Stated value) {
        return switch (value) {
            case PrePay prePay -> "pre-pay";
            case Standard standard -> "standard";
            default -> value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /// What it states.
    static String told(Stated value) {
        return switch (value) {
            case Item item -> String.join("、", item.names()) + (item.payClass() == null ? ""
                    : " " + item.payClass().name() + " 类");
            case Price price -> (price.basis() == Price.Basis.CHARGE ? "收费" : "限价")
                    + (price.tier() == null ? "" : " " + tier(price.tier())) + " " + price.each().yuan() + " 元/"
                    + price.unit() + (price.isForSome() ? "（" + price.least() + " 至 " + price.most() + " 岁）" : "");
            case PrePay prePay -> "先行自付 " + prePay.share().percent()
                    + (prePay.scheme() == null ? "" : " " + prePay.scheme().name().toLowerCase(Locale.ROOT));
            case Standard.BySpecification(var prices) -> "支付标准 " + prices.stream()
                    .map(each -> each.specification() + " " + each.price().yuan() + " 元")
                    .collect(Collectors.joining("；"));
            case Standard.Steps steps -> "阶梯支付标准 每 " + steps.unit() + " " + steps.base().yuan() + " 元："
                    + steps.steps().stream().map(step -> "至 " + step.upTo() + " 按 " + step.share().percent())
                    .collect(Collectors.joining("；"));
            case Standard.Confidential() -> "支付标准保密";
            case Restriction restriction -> restriction.text();
            case Surcharge surcharge -> surcharge.name() + " " + (surcharge.times() != null
                    ? "× " + surcharge.times().percent() : "+ " + surcharge.plus());
            case Procurement agreed -> agreed.batch() + " " + agreed.specification() + " " + agreed.supplier() + " "
                    + agreed.each().yuan() + " 元/" + agreed.unit();
            case Allowance allowance -> allowance(allowance);
            case Convergence rule -> rule.name();
            case Continuation() -> "随转诊下转续方，不受机构等级限制";
            case Alias alias -> alias.code();
        };
    }

    private static String allowance(Allowance allowance) {
        return ((allowance.perMonth() == null ? "" : "每月 " + allowance.perMonth().toPlainString() + " ")
                + (allowance.days() == null ? "" : "每次 " + allowance.days() + " 天 ")
                + (allowance.longDays() == null ? "" : "长期处方 " + allowance.longDays() + " 天")).strip();
    }

    private static String tier(tongchou.core.alliance.Tier tier) {
        return switch (tier) {
            case PRIMARY -> "一级及以下";
            case SECONDARY -> "二级";
            case TERTIARY -> "三级";
        };
    }
}
