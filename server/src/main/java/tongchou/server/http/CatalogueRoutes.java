package tongchou.server.http;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.ItemsQuery;
import tongchou.api.http.ItemsReply;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.SettlementReply;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.policy.Policy;
import tongchou.server.catalogue.CatalogueSearch;
import tongchou.server.packs.Packs;
import tongchou.storage.Formularies.Listed;

/// The catalogues searched and downloaded (目录检索与下载): what packs state for an area and what was imported, by kind.
final class CatalogueRoutes {

    private static final int USUAL_LIMIT = 20;

    private final Installation here;
    private final CatalogueSearch search;

    /// @param search kept while packs come and go
    CatalogueRoutes(Installation here, CatalogueSearch search) {
        this.here = here;
        this.search = search;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/catalogue/{kind}", this::search));
    }

    /// The kind of items that a path names, for example `herbal-pieces`.
    ///
    /// @throws Refused when there is none
    static ItemKind kind(String word) {
        return Arrays.stream(ItemKind.values()).filter(kind -> plural(kind).equals(word)).findFirst()
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.UNKNOWN_WORD, "kind", word, words("、"),
                        words(", "))));
    }

    private static String words(String between) {
        return Arrays.stream(ItemKind.values()).map(CatalogueRoutes::plural).collect(Collectors.joining(between));
    }

    /// A kind in the words of a path.
    static String plural(ItemKind kind) {
        return kind == ItemKind.DIAGNOSIS ? "diagnoses" : kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "s";
    }

    /// What all pages of one answer read.
    ///
    /// @param rules the rules of the area with the packs in which they stand; null where only imports are searched
    private record Frame(long version, @Nullable Rules rules, LocalDate day,
            CatalogueSearch.@Nullable Mark after) {

        String hash() {
            return rules == null ? "" : rules.policy.hash();
        }
    }

    private record Rules(Packs packs, Policy policy) {

        Catalogue catalogue() {
            return packs.catalogue(policy.pack(), policy.area());
        }
    }

    private Answer search(Call call) {
        var kind = kind(call.path("kind"));
        var query = call.query(ItemsQuery.class);
        var frame = frame(query);
        var codes = codes(query, frame.day);
        return Tagged.answer(call, String.join("\n", here.version(), kind.word(), query.toString(),
                Long.toString(frame.version), frame.hash(), frame.day.toString(), String.valueOf(codes)), () -> {
            var rules = frame.rules;
            var catalogue = rules == null ? null : rules.catalogue();
            var asked = new CatalogueSearch.Asked(kind, Objects.requireNonNullElse(query.q(), ""), query.payClass(),
                    query.tier(), codes, query.procured() == null ? null
                    : query.procured() == ItemsQuery.YesNo.YES, frame.day, rules == null ? null
                    : CatalogueSearch.Area.of(rules.packs, rules.policy),
                    query.in() == ItemsQuery.Where.PACKS ? null : (Long) frame.version);
            var page = search.page(asked, frame.after, Objects.requireNonNullElse(query.limit(), USUAL_LIMIT))
                    .orElseThrow(() -> CatalogueCursor.garbled(Objects.requireNonNull(query.after())));
            return Answer.ok(new ItemsReply(frame.version, rules == null ? null : version(rules), frame.day,
                    page.hits().stream().map(hit -> ItemReplies.of(hit, catalogue, frame.day)).toList(),
                    page.next() == null ? null : new CatalogueCursor(frame.version, frame.hash(), frame.day,
                            page.next()).text()));
        });
    }

    private static SettlementReply.@Nullable PackVersion version(Rules rules) {
        return rules.packs.pack(rules.policy.pack()).map(loaded -> new SettlementReply.PackVersion(loaded.pack().id(),
                loaded.pack().version(), loaded.pack().hash())).orElse(null);
    }

    private Frame frame(ItemsQuery query) {
        var latest = here.book().catalogue().version();
        var cursor = query.after() == null ? null : CatalogueCursor.of(query.after());
        var version = cursor != null ? cursor.version() : Objects.requireNonNullElse(query.version(), latest);
        if (version < 0 || version > latest) {
            throw cursor != null ? CatalogueCursor.garbled(Objects.requireNonNull(query.after()))
                    : new Refused(Fault.of(ProblemCode.OUT_OF_RANGE, "version", Long.toString(version),
                    "至多 " + latest, "at most " + latest));
        }
        var day = new AlliancePaths(here).day(cursor != null ? cursor.day() : query.date());
        return new Frame(version, rules(query, day, cursor), day, cursor == null ? null : cursor.after());
    }

    private @Nullable Rules rules(ItemsQuery query, LocalDate day, @Nullable CatalogueCursor cursor) {
        if (query.in() == ItemsQuery.Where.IMPORTS) {
            return null;
        }
        if (query.area() == null) {
            throw new Refused(Fault.of(ProblemCode.MISSING_FIELD, "area", "", "参保地，或 in=imports 只查导入的目录："
                    + here.packs().divisions(), "the insuring area, or in=imports for imported lists alone: "
                    + here.packs().divisions()));
        }
        var policy = ConvergenceRoutes.policy(here.packs(), query.area(), day, "area");
        if (cursor == null || cursor.pack().equals(policy.hash())) {
            return new Rules(here.packs(), policy);
        }
        var area = query.area();
        return here.packs().version(policy.pack(), cursor.pack())
                .flatMap(packs -> packs.policy(area, day).map(rules -> new Rules(packs, rules.policy())))
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.CATALOGUE_CHANGED, "after",
                        Objects.requireNonNull(query.after()), "不带 after 从第一页重新开始", "begin again without after")));
    }

    /// The codes to which a question is narrowed, null where it is not.
    private @Nullable Set<String> codes(ItemsQuery query, LocalDate day) {
        if (query.alliance() == null) {
            return query.code() == null ? null : Set.of(query.code());
        }
        if (here.book().alliances().stream().noneMatch(one -> one.code().equals(query.alliance()))) {
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, 422, "alliance", query.alliance(), "已登记的医联体编码",
                    "the code of a registered alliance"));
        }
        return here.book().formularies().listed(query.alliance(), day).stream().map(Listed::item)
                .filter(item -> query.code() == null || item.equals(query.code()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
