package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Convergence;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Tables;
import tongchou.core.money.Fen;
import tongchou.core.policy.Document;

/// Price ways that lead where no convergence should (趋同方向): above every price that stood before, or to a lower tier
/// that costs more than a higher one.
final class PriceWays {

    private static final int USUAL_AGE = 40;

    private final Map<String, Document> documents;
    private final Prices prices;
    private final List<Finding> findings = new ArrayList<>();

    private PriceWays(Pack pack, String area) {
        this.documents = pack.documents();
        this.prices = new Prices(pack.listings().of(area), KnownOn.LATEST);
    }

    /// Looks at every item of the catalogue that a rule of this pack moves.
    static List<Finding> of(Pack pack) {
        return pack.listings().byArea().entrySet().stream()
                .filter(one -> one.getValue().all(Convergence.class).findAny().isPresent()).flatMap(one -> {
                    var ways = new PriceWays(pack, one.getKey());
                    ways.look(one.getKey().isEmpty() ? "" : "areas/" + one.getKey() + "/", one.getValue());
                    return ways.findings.stream();
                }).toList();
    }

    private void look(String folder, Tables own) {
        Map<String, Item> items = new TreeMap<>();
        for (var listing : prices.catalogue().listings().reversed()) {
            if (listing instanceof Tables tables) {
                tables.all(Item.class).forEach(fact -> items.put(fact.value().code(), fact.value()));
            }
        }
        var rules = own.all(Convergence.class).toList();
        var days = rules.stream().map(fact -> fact.inForce().from()).distinct().sorted().toList();
        for (var item : items.values()) {
            days.forEach(day -> prices.rule(item, day).filter(rule -> rule.fact().inForce().from().equals(day)
                    && rules.contains(rule.fact())).ifPresent(rule -> way(folder, item, rule)));
        }
    }

    private void way(String folder, Item item, Found<Convergence> rule) {
        var first = rule.fact().inForce().from();
        var stages = rule.value().stages();
        var last = stages.isEmpty() ? first : stages.getLast().on();
        var highest = Stream.of(Tier.values()).flatMap(tier -> each(item, tier, first.minusDays(1)).stream())
                .max(Comparator.naturalOrder());
        for (var tier : Tier.values()) {
            var now = prices.charge(item, tier, USUAL_AGE, last).filter(Prices.Quote::derived).map(Prices.Quote::each);
            if (now.isPresent() && highest.isPresent() && now.get().compareTo(highest.get()) > 0) {
                add(folder, item, rule, "价格高于此前各级最高价", tier + " " + now.get().yuan() + " > " + highest.get().yuan(),
                        "趋同不高于此前最高的一级", "a way that ends at or below the highest price before it");
                return;
            }
            var higher = Stream.of(Tier.values()).filter(one -> one.compareTo(tier) > 0)
                    .flatMap(one -> each(item, one, last).stream()).min(Comparator.naturalOrder());
            if (now.isPresent() && higher.isPresent() && now.get().compareTo(higher.get()) > 0) {
                add(folder, item, rule, "基层价格高于上级机构", tier + " " + now.get().yuan() + " > " + higher.get().yuan(),
                        "下级价格不高于上级", "a lower tier that costs no more than a higher one");
                return;
            }
        }
    }

    private String title(String document) {
        var cited = documents.get(document);
        return cited == null ? document : cited.title();
    }

    private Optional<Fen> each(Item item, Tier tier, LocalDate day) {
        return prices.charge(item, tier, USUAL_AGE, day).map(Prices.Quote::each);
    }

    private void add(String folder, Item item, Found<Convergence> rule, String title, String read, String expected,
            String expectedEn) {
        var origin = rule.fact().origin();
        findings.add(new Finding(Finding.Severity.WARNING, folder + "catalogue/convergence.yaml", 0,
                rule.value().name() + " " + title, item.code() + " " + item.name() + " " + read + "（"
                        + (title(origin.document()) + " " + origin.article()).strip() + "）", expected, expectedEn));
    }
}
