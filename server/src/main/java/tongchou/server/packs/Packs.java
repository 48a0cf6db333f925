package tongchou.server.packs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongchou.api.pack.CatalogueRow;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Pack;
import tongchou.core.settlement.Waterfalls;

/// The policy packs of a running server (政策包): those that can be used, and why the others cannot.
///
/// @param loaded the usable packs, parents first
/// @param policies the compiled rules of every area
/// @param refused packs and jars that were left out
public record Packs(List<Loaded> loaded, List<Waterfalls> policies, List<Left> refused) {

    /// Copies the lists.
    public Packs {
        loaded = List.copyOf(loaded);
        policies = List.copyOf(policies);
        refused = List.copyOf(refused);
    }

    /// A usable pack.
    ///
    /// @param origin the folder or jar it was read from
    /// @param findings warnings that do not stand in its way
    public record Loaded(Pack pack, String origin, List<Finding> findings) {
    }

    /// A pack that was left out (被拒的政策包).
    ///
    /// @param id the name under which its findings are shown: the name of its folder or jar
    public record Left(String id, String origin, List<Finding> findings) {
    }

    /// A usable pack by its id.
    public Optional<Loaded> pack(String id) {
        return loaded.stream().filter(pack -> pack.pack().id().equals(id)).findFirst();
    }

    /// The rules for members insured in a division.
    public Optional<Waterfalls> policy(String division) {
        return policies.stream().filter(rules -> rules.policy().divisions().contains(division)).findFirst();
    }

    /// The catalogue rows of an item that hold on a day for an area: those of the area before those of its pack, those
    /// of a pack before those of the pack it extends.
    public Optional<CatalogueRow> item(String pack, String area, String code, java.time.LocalDate day) {
        var at = pack(pack).map(Loaded::pack).orElse(null);
        while (at != null) {
            for (var wanted : new String[] {area, ""}) {
                for (var row : ITEMS.of(at).getOrDefault(code, List.of())) {
                    if (row.area().equals(wanted) && row.inForce().covers(day)) {
                        return Optional.of(row);
                    }
                }
            }
            at = at.parent();
        }
        return Optional.empty();
    }

    private static final Index ITEMS = new Index();

    /// The items of each pack by code, made at first use.
    private static final class Index {

        private final Map<Pack, Map<String, List<CatalogueRow>>> byPack = new java.util.WeakHashMap<>();

        synchronized Map<String, List<CatalogueRow>> of(Pack pack) {
            return byPack.computeIfAbsent(pack, of -> of.items().stream()
                    .collect(java.util.stream.Collectors.groupingBy(CatalogueRow::code)));
        }
    }
}
