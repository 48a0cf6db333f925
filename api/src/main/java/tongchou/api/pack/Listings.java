package tongchou.api.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Forms;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Listing;
import tongchou.core.catalogue.Tables;

/// The catalogue that a pack states (政策包目录): one listing for the whole pack and one for each area, on top of those
/// of the pack it extends.
///
/// @param parent those of the pack it extends, null for the root
/// @param byArea the listing of each area; of the whole pack under the empty name
/// @param forms which dosage forms lists group together, those of its parents included
public record Listings(@Nullable Listings parent, Map<String, Tables> byArea, Forms forms) {

    /// Copies the map.
    public Listings {
        byArea = Map.copyOf(byArea);
    }

    /// The catalogue of an area: its own listing over the pack's, over those of the packs it extends.
    public Catalogue of(String area) {
        var nearest = new ArrayList<Listing>();
        if (!area.isEmpty() && byArea.containsKey(area)) {
            nearest.add(byArea.get(area));
        }
        for (var at = this; at != null; at = at.parent) {
            if (at.byArea.containsKey("")) {
                nearest.add(at.byArea.get(""));
            }
        }
        return new Catalogue(nearest);
    }

    /// The codes of the items that this pack itself states, by kind; kinds without any are left out.
    public SortedMap<ItemKind, Set<String>> stated() {
        var stated = new TreeMap<ItemKind, Set<String>>();
        byArea.values().forEach(tables -> tables.all(Item.class).forEach(fact -> stated
                .computeIfAbsent(fact.value().kind(), kind -> new HashSet<>()).add(fact.value().code())));
        return stated;
    }

    /// The codes of every item that this pack and its parents know.
    Set<String> codes() {
        var codes = new HashSet<String>();
        for (var at = this; at != null; at = at.parent) {
            at.byArea.values().forEach(tables -> tables.all(Item.class)
                    .forEach(fact -> codes.add(fact.value().code())));
        }
        return codes;
    }
}
