package tongchou.server.http;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ItemReply;
import tongchou.api.http.Words;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.PayClass;
import tongchou.server.catalogue.CatalogueSearch;
import tongchou.server.catalogue.CatalogueSearch.InImports;
import tongchou.server.catalogue.CatalogueSearch.InPacks;
import tongchou.server.packs.PolicyRows;
import tongchou.storage.Catalogue.Entry;

/// Items as they are answered (目录条目应答).
final class ItemReplies {

    private ItemReplies() {
    }

    static ItemReply of(CatalogueSearch.Hit hit, @Nullable Catalogue catalogue, LocalDate day) {
        return switch (hit) {
            case InPacks stated -> of(stated, catalogue == null ? Catalogue.EMPTY : catalogue, day);
            case InImports imported -> of(imported.entry());
        };
    }

    private static ItemReply of(InPacks hit, Catalogue catalogue, LocalDate day) {
        var item = hit.found().value();
        var fact = hit.found().fact();
        var procured = CatalogueSearch.procurements(catalogue, item, day).stream()
                .map(found -> found.value().batch()).distinct().toList();
        return new ItemReply(item.code(), item.names(), item.kind().word(), some(item.form()), some(item.unit()),
                word(item.payClass()), some(item.attribute("generic")), some(item.attribute("approval")),
                some(String.join("、", procured)), PolicyRows.first(fact.inForce()), PolicyRows.last(fact.inForce()),
                "packs", fact.origin().level(), fact.origin().document(),
                item.place() == null ? null : item.place().edition(), hit.spelled().initials(),
                attributes(item.attributes(), List.of("generic", "approval")));
    }

    static ItemReply of(Entry entry) {
        return new ItemReply(entry.code(), entry.names(), entry.kind().word(), some(entry.attribute("form")),
                some(entry.attribute("unit")), word(entry.payClass()), some(entry.generic()), some(entry.approval()),
                some(entry.procurement()), entry.firstDay(), entry.lastDay(), "imports", null, entry.source(),
                some(entry.edition()), entry.initials(), attributes(entry.attributes(), List.of("form", "unit")));
    }

    private static List<ItemReply.AttributeReply> attributes(Map<String, String> attributes, List<String> shown) {
        return attributes.entrySet().stream().filter(one -> !shown.contains(one.getKey()))
                .map(one -> new ItemReply.AttributeReply(one.getKey(), one.getValue())).toList();
    }

    private static @Nullable String word(@Nullable PayClass payClass) {
        return payClass == null ? null : Words.of(payClass);
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
