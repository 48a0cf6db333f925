package tongchou.server.alliance;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Item;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.packs.Packs;

/// What items are called where an institution lies (条目名称): by the catalogue of its area, else as they are coded.
public record Naming(Catalogue catalogue, LocalDate day) {

    /// The names of a division on a day.
    public static Naming of(Packs packs, String division, LocalDate day) {
        return new Naming(packs.policy(division, day).map(Waterfalls::policy)
                .map(policy -> packs.catalogue(policy.pack(), policy.area())).orElse(Catalogue.EMPTY), day);
    }

    /// The item of a code.
    public Optional<Item> item(String code) {
        return catalogue.item(code, List.of(), day, KnownOn.LATEST).map(found -> found.value());
    }

    /// The name of a code.
    public String name(String code) {
        return item(code).map(Item::name).orElse(code);
    }

    /// The code by which the catalogue knows another.
    public String code(String code) {
        return item(code).map(Item::code).orElse(code);
    }
}
