package tongchou.server.alliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Listing;
import tongchou.server.pricing.Converging;

/// What somebody may have meant by a code that no level of a catalogue knows (相近条目): items whose code begins alike,
/// and those that bear the name which an imported list gives to the code.
public final class NearItems {

    private static final int MOST = 5;
    private static final int SHORTEST = 4;

    private final Catalogue catalogue;
    private final tongchou.storage.Catalogue imports;
    private final LocalDate day;
    private final TreeMap<String, Item> byCode = new TreeMap<>();

    /// @param imports the lists of the book
    public NearItems(Catalogue catalogue, tongchou.storage.Catalogue imports, LocalDate day) {
        this.catalogue = catalogue;
        this.imports = imports;
        this.day = day;
    }

    /// The levels in which codes are looked for, the nearest first.
    public List<String> levels() {
        return catalogue.listings().stream().map(Listing::level).distinct().toList();
    }

    /// The items near a code, those of its name first.
    public List<Item> of(String code) {
        var near = new LinkedHashMap<String, Item>();
        for (var name : names(code)) {
            catalogue.named(name, day, KnownOn.LATEST).forEach(found -> near.putIfAbsent(found.value().code(),
                    found.value()));
        }
        if (byCode.isEmpty()) {
            Converging.items(catalogue).forEach(item -> byCode.put(item.code(), item));
        }
        for (var length = code.length(); length >= SHORTEST && near.isEmpty(); length--) {
            var start = code.substring(0, length);
            Map<String, Item> alike = byCode.subMap(start, start + Character.MAX_VALUE);
            alike.values().stream().limit(MOST).forEach(item -> near.putIfAbsent(item.code(), item));
        }
        return near.values().stream().limit(MOST).toList();
    }

    private List<String> names(String code) {
        var names = new ArrayList<String>();
        var version = imports.version();
        for (var kind : List.of(ItemKind.DRUG, ItemKind.HERBAL_PIECE, ItemKind.CONSUMABLE)) {
            for (var entry : imports.history(kind, code, version)) {
                names.add(entry.generic());
                names.addAll(entry.names());
            }
        }
        return names.stream().filter(name -> !name.isEmpty()).distinct().toList();
    }
}
