package tongchou.server.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Restriction;
import tongchou.core.policy.Policy;
import tongchou.server.packs.Packs;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Question;

/// The search over what packs state and what was imported (目录合检), in one order.
///
/// An item that the packs state and the question finds there is not told again from an import: the packs decide.
public final class CatalogueSearch {

    private static final System.Logger LOG = System.getLogger(CatalogueSearch.class.getName());

    private final tongchou.storage.Catalogue imports;
    private final SpelledItems spelled;

    /// A search over the imports of a book and the packs that each question names.
    public CatalogueSearch(tongchou.storage.Catalogue imports) {
        this(imports, new SpelledItems());
    }

    /// A search that spells in another way.
    CatalogueSearch(tongchou.storage.Catalogue imports, SpelledItems spelled) {
        this.imports = imports;
        this.spelled = spelled;
    }

    /// What is asked.
    ///
    /// @param text part of a code, name, pinyin or approval number; empty for everything
    /// @param codes only items of these codes
    /// @param packs the catalogue of an area; null where only imports are searched
    /// @param version the imports as they stood after this one; null where only packs are searched
    public record Asked(ItemKind kind, String text, @Nullable PayClass payClass, @Nullable Tier tier,
            @Nullable Set<String> codes, @Nullable Boolean procured, LocalDate day, @Nullable Area packs,
            @Nullable Long version) {
    }

    /// The catalogue of an area.
    ///
    /// @param name a name that changes when the catalogue does
    public record Area(String name, Catalogue catalogue) {

        /// The catalogue of the area that a policy settles.
        public static Area of(Packs packs, Policy policy) {
            return new Area(policy.hash() + " " + policy.area(), packs.catalogue(policy.pack(), policy.area()));
        }
    }

    /// Makes every area of some packs ready to be searched, one after the other, and forgets those of other packs.
    ///
    /// An area that fails is logged; whoever searches it is told the same failure.
    ///
    /// @param wanted whether these packs still serve; what is not begun by then is left
    public void makeReady(Packs packs, BooleanSupplier wanted) {
        var areas = packs.library().policies().stream().map(rules -> Area.of(packs, rules.policy())).toList();
        if (wanted.getAsBoolean()) {
            spelled.keepOnly(areas.stream().map(Area::name).collect(Collectors.toSet()));
        }
        for (var area : areas) {
            if (!wanted.getAsBoolean()) {
                return;
            }
            try {
                spelled.makeReady(area.name(), area.catalogue());
            } catch (IllegalStateException failed) {
                LOG.log(System.Logger.Level.ERROR, "a catalogue is not ready to be searched", failed);
            }
        }
    }

    /// An item that was found: one that packs state, or an imported one.
    public sealed interface Hit {
        /// Where it stands in the order.
        FoundAt at();
    }

    /// An item that packs state (政策包条目).
    public record InPacks(FoundAt at, Spelled spelled, Found<Item> found) implements Hit {
    }

    /// An imported item (导入条目).
    public record InImports(FoundAt at, Entry entry) implements Hit {
    }

    /// A page.
    ///
    /// @param next the last item where more come, else null
    public record Page(List<Hit> hits, @Nullable Mark next) {
    }

    /// The item behind which a page begins (续页).
    ///
    /// @param code code of an item of a pack; empty for an imported one
    /// @param number number of an imported item; 0 for one of a pack
    public record Mark(String code, long number) {

        static Mark of(FoundAt at) {
            return new Mark(at.code(), at.number());
        }
    }

    /// The items behind another, the best first.
    ///
    /// @param after null for the first page
    /// @return empty when what the page is to follow is not found
    public Optional<Page> page(Asked asked, @Nullable Mark after, int limit) {
        var area = asked.packs();
        var stated = area == null ? null : new SpelledItems.Question(area.name(), area.catalogue(), asked.kind(),
                asked.day(), asked.text(), asked.payClass(), Boolean.TRUE.equals(asked.procured()),
                filter(asked, area.catalogue()));
        if (after == null) {
            return Optional.of(page(asked, stated, null, limit));
        }
        var from = after.number() == 0
                ? Optional.ofNullable(stated).flatMap(one -> spelled.find(one, after.code())).map(SpelledItems.Hit::at)
                : imports.place(asked.kind(), after.number(), asked.text()).map(FoundAt::imported);
        return from.map(at -> page(asked, stated, at, limit));
    }

    private Page page(Asked asked, SpelledItems.@Nullable Question stated, @Nullable FoundAt after, int limit) {
        var hits = new ArrayList<Hit>();
        if (stated != null) {
            inPacks(asked, stated, after, limit + 1).forEach(hit ->
                    hits.add(new InPacks(hit.at(), hit.spelled(), hit.found())));
        }
        if (asked.version() != null) {
            hits.addAll(imported(asked, asked.version(), code -> stated != null
                    && spelled.find(stated, code).isPresent(), after, limit + 1));
            hits.sort(Comparator.comparing(Hit::at));
        }
        if (hits.size() <= limit) {
            return new Page(hits, null);
        }
        var page = List.copyOf(hits.subList(0, limit));
        return new Page(page, Mark.of(page.getLast().at()));
    }

    /// Items of certain codes are looked up one by one.
    private List<SpelledItems.Hit> inPacks(Asked asked, SpelledItems.Question stated, @Nullable FoundAt after,
            int most) {
        return asked.codes() == null ? spelled.find(stated, after, most)
                : asked.codes().stream().flatMap(code -> spelled.find(stated, code).stream())
                .filter(hit -> after == null || hit.at().compareTo(after) > 0)
                .sorted(Comparator.comparing(SpelledItems.Hit::at)).limit(most).toList();
    }

    private List<Hit> imported(Asked asked, long version, Predicate<String> stated, @Nullable FoundAt after,
            int most) {
        var hits = new ArrayList<Hit>();
        var from = after == null ? null : after.amongImports();
        do {
            var page = imports.search(new Question(asked.kind(), asked.text(), asked.payClass(), asked.procured(),
                    asked.day(), asked.tier(), asked.codes(), version, from, most));
            for (var hit : page.hits()) {
                if (hits.size() < most && !stated.test(hit.entry().code())) {
                    hits.add(new InImports(FoundAt.imported(hit.place()), hit.entry()));
                }
            }
            from = page.next();
        } while (from != null && hits.size() < most);
        return hits;
    }

    private static Predicate<Found<Item>> filter(Asked asked, Catalogue catalogue) {
        return found -> {
            var item = found.value();
            return (asked.payClass() == null || item.payClass() == asked.payClass())
                    && (asked.codes() == null || asked.codes().contains(item.code()))
                    && (asked.tier() == null || isPaidAt(catalogue, item, asked.tier(), asked.day()))
                    && (asked.procured() == null || asked.procured() != procurements(catalogue, item, asked.day())
                    .isEmpty());
        };
    }

    /// The procurements in which an item is on a day.
    public static List<Found<Procurement>> procurements(Catalogue catalogue, Item item, LocalDate day) {
        return catalogue.about(Procurement.class, item, day, KnownOn.LATEST);
    }

    private static boolean isPaidAt(Catalogue catalogue, Item item, Tier tier, LocalDate day) {
        return catalogue.about(Restriction.class, item, day, KnownOn.LATEST).stream()
                .map(found -> found.value().alternatives()).allMatch(alternatives -> alternatives.isEmpty()
                || alternatives.stream().anyMatch(one -> one.tiers().isEmpty() || one.tiers().contains(tier)));
    }
}
