package tongchou.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CatalogueQuery;
import tongchou.api.http.CatalogueReply;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.api.pack.CatalogueRow;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.server.packs.Packs;
import tongchou.server.packs.PolicyRows;

/// Catalogues (目录): the drugs, services and consumables that packs hold.
final class CatalogueRoutes {

    private final Packs packs;

    CatalogueRoutes(Installation here) {
        this.packs = here.packs();
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/catalogue/drugs", call -> list(call, "drug")),
                Route.get("/v1/catalogue/services", call -> list(call, "service")),
                Route.get("/v1/catalogue/consumables", call -> list(call, "consumable")));
    }

    private Answer list(Call call, String kind) {
        var query = call.query(CatalogueQuery.class);
        if (query.pack() != null && packs.pack(query.pack()).isEmpty()) {
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_PACK, 422, "pack", query.pack(), "已加载的政策包",
                    "a loaded pack"));
        }
        var limit = Objects.requireNonNullElse(query.limit(), 100);
        var items = new ArrayList<CatalogueReply.ItemReply>();
        for (var loaded : packs.loaded()) {
            if (query.pack() == null || loaded.pack().id().equals(query.pack())) {
                for (var row : loaded.pack().items()) {
                    if (row.kind().equals(kind) && matches(row, query)) {
                        if (items.size() == limit) {
                            return Answer.ok(new CatalogueReply(items, true));
                        }
                        items.add(reply(loaded.pack().id(), row));
                    }
                }
            }
        }
        return Answer.ok(new CatalogueReply(items, false));
    }

    private static boolean matches(CatalogueRow row, CatalogueQuery query) {
        var text = query.q() == null ? "" : query.q().toLowerCase(Locale.ROOT);
        return (query.area() == null || row.area().isEmpty() || row.area().equals(query.area()))
                && (query.date() == null || row.inForce().covers(query.date()))
                && (row.code().toLowerCase(Locale.ROOT).contains(text)
                        || row.name().toLowerCase(Locale.ROOT).contains(text));
    }

    private static CatalogueReply.ItemReply reply(String pack, CatalogueRow row) {
        return new CatalogueReply.ItemReply(pack, row.area(), row.code(), row.name(), row.kind(), row.unit(),
                Words.of(row.payClass()), bp(row.prePayEmployee()), bp(row.prePayResident()), fen(row.primary()),
                fen(row.secondary()), fen(row.tertiary()), PolicyRows.first(row.inForce()),
                PolicyRows.last(row.inForce()), PolicyRows.citation(row.citation()));
    }

    private static @Nullable Long bp(@Nullable Ratio ratio) {
        return ratio == null || ratio.millionths() % 100 != 0 ? null : (Long) ratio.basisPoints();
    }

    private static @Nullable Long fen(@Nullable Fen fen) {
        return fen == null ? null : (Long) fen.value();
    }
}
