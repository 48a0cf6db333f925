package tongchou.server.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.DetailFacts;
import tongchou.api.http.EntriesQuery;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.ItemPageReply;
import tongchou.api.http.ItemQuery;
import tongchou.api.http.ItemsQuery;
import tongchou.api.http.ItemsReply;
import tongchou.api.http.LineFacts;
import tongchou.api.http.PaymentQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Prices;
import tongchou.core.catalogue.Procurement;
import tongchou.core.catalogue.Restriction;
import tongchou.core.encounter.Care;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.catalogue.SpelledItems;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PolicyRows;
import tongchou.server.pricing.Converging;
import tongchou.storage.Formularies.Listed;

/// Items of an area's catalogue (目录条目): searched, with everything ever stated about one, and what one costs a person.
final class ItemRoutes {

    private static final int USUAL_LIMIT = 20;
    private static final int USUAL_AGE = 40;

    private final Installation here;
    private final SpelledItems spelled = new SpelledItems();
    private final Intake intake;

    ItemRoutes(Installation here) {
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
    }

    /// They come behind every other route under the same path, which their codes would hide.
    List<Route> routes() {
        return List.of(Route.get("/v1/catalogue/{kind}/items", this::search),
                Route.get("/v1/catalogue/{kind}/{code}", this::page),
                Route.get("/v1/catalogue/{kind}/{code}/payment", this::payment));
    }

    private Catalogue catalogue(Policy policy) {
        return here.packs().catalogue(policy.pack(), policy.area());
    }

    private Answer search(Call call) {
        var kind = EntryRoutes.kind(call.path("kind"));
        var query = call.query(ItemsQuery.class);
        var policy = ConvergenceRoutes.policy(here.packs(), query.area(), "area");
        var after = query.after() == null ? "" : place(query.after());
        return tagged(call, policy.hash() + kind + query + listed(query), () -> {
            var catalogue = catalogue(policy);
            var hits = spelled.find(policy.hash() + policy.area(), catalogue, kind, query.date(),
                    Objects.requireNonNullElse(query.q(), ""), filter(query, catalogue)).stream()
                    .filter(hit -> hit.key().compareTo(after) > 0).toList();
            var page = hits.subList(0, Math.min(hits.size(), Objects.requireNonNullElse(query.limit(), USUAL_LIMIT)));
            return Answer.ok(new ItemsReply(page.stream().map(ItemRoutes::reply).toList(), hits.size() > page.size()
                    ? Base64.getUrlEncoder().withoutPadding().encodeToString(page.getLast().key()
                    .getBytes(StandardCharsets.UTF_8)) : null));
        });
    }

    private static String place(String after) {
        try {
            return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException garbled) {
            throw new Refused(Fault.of(ProblemCode.TEXT_NOT_ALLOWED, "after", after, "上一页 next 的原文",
                    "next of the page before, exactly"));
        }
    }

    private static ItemsReply.FoundItemReply reply(SpelledItems.Hit hit) {
        var item = hit.found().value();
        return new ItemsReply.FoundItemReply(item.code(), item.names(), item.kind().word(), item.form(), item.unit(),
                item.payClass() == null ? null : Words.of(item.payClass()), hit.spelled().initials(),
                hit.found().fact().origin().level());
    }

    private Set<String> listed(ItemsQuery query) {
        if (query.alliance() == null) {
            return Set.of();
        }
        if (here.book().alliances().stream().noneMatch(one -> one.code().equals(query.alliance()))) {
            throw new Refused(Fault.of(ProblemCode.UNKNOWN_ALLIANCE, 422, "alliance", query.alliance(), "已登记的医联体编码",
                    "the code of a registered alliance"));
        }
        var items = new HashSet<String>();
        here.book().formularies().listed(query.alliance(), query.date()).stream().map(Listed::item)
                .forEach(items::add);
        return items;
    }

    private Predicate<Found<Item>> filter(ItemsQuery query, Catalogue catalogue) {
        var listed = listed(query);
        return found -> {
            var item = found.value();
            return (query.payClass() == null || item.payClass() == query.payClass())
                    && (query.alliance() == null || listed.contains(item.code()))
                    && (query.tier() == null || isPaidAt(catalogue, item, query.tier(), query.date()))
                    && (query.procured() == null || query.procured() == EntriesQuery.YesNo.YES != catalogue
                    .about(Procurement.class, item, query.date(), KnownOn.LATEST).isEmpty());
        };
    }

    private static boolean isPaidAt(Catalogue catalogue, Item item, Tier tier, LocalDate day) {
        return catalogue.about(Restriction.class, item, day, KnownOn.LATEST).stream()
                .map(found -> found.value().alternatives()).allMatch(alternatives -> alternatives.isEmpty()
                || alternatives.stream().anyMatch(one -> one.tiers().isEmpty() || one.tiers().contains(tier)));
    }

    /// An answer with a tag, or that nothing has changed since.
    private static Answer tagged(Call call, String what, java.util.function.Supplier<Answer> answer) {
        var tag = "\"" + HexFormat.of().toHexDigits(what.hashCode()) + "-" + HexFormat.of().toHexDigits(
                new StringBuilder(what).reverse().toString().hashCode()) + "\"";
        var headers = Map.of("ETag", tag, "Cache-Control", "no-cache");
        if (call.header("If-None-Match").filter(known -> known.contains(tag)).isPresent()) {
            return new Answer(304, "application/json", new byte[0], headers);
        }
        var full = answer.get();
        return new Answer(full.status(), full.type(), full.body(), headers);
    }

    private Answer page(Call call) {
        var kind = EntryRoutes.kind(call.path("kind"));
        var code = call.path("code");
        var query = call.query(ItemQuery.class);
        var policy = ConvergenceRoutes.policy(here.packs(), query.area(), "area");
        var version = here.book().catalogue().version();
        return tagged(call, policy.hash() + kind + code + query + version, () -> {
            var catalogue = catalogue(policy);
            var item = item(catalogue, kind, code, query.date());
            var imported = here.book().catalogue().history(kind, code, version);
            if (item.isEmpty() && imported.isEmpty()) {
                throw unknown(code);
            }
            return Answer.ok(page(policy, catalogue, item.orElse(null), kind, code, query, imported));
        });
    }

    private static Refused unknown(String code) {
        return new Refused(Fault.of(ProblemCode.UNKNOWN_ITEM, "code", code, "该地区目录或导入目录中的编码",
                "a code of the area's catalogue or of an import"));
    }

    /// The item on the day, else as it was ever listed.
    private static Optional<Item> item(Catalogue catalogue, ItemKind kind, String code, LocalDate day) {
        return catalogue.item(code, day, KnownOn.LATEST).map(Found::value)
                .or(() -> Converging.items(catalogue).stream().filter(one -> one.code().equals(code)).findFirst())
                .filter(one -> one.kind() == kind);
    }

    private ItemPageReply page(Policy policy, Catalogue catalogue, @Nullable Item item, ItemKind kind, String code,
            ItemQuery query, List<tongchou.storage.Catalogue.Entry> imported) {
        var entries = imported.stream().map(EntryRoutes::reply).toList();
        if (item == null) {
            var newest = imported.getLast();
            return new ItemPageReply(code, kind.word(), newest.names(), newest.attribute("form"),
                    newest.attribute("unit"), newest.payClass() == null ? null : Words.of(newest.payClass()), List.of(),
                    null, List.of(), List.of(), entries);
        }
        var replies = new PriceReplies(here.packs().documents(policy.pack()));
        var on = Converging.of(catalogue, item, Objects.requireNonNullElse(query.age(), USUAL_AGE), query.date());
        return new ItemPageReply(code, kind.word(), item.names(), item.form(), item.unit(),
                item.payClass() == null ? null : Words.of(item.payClass()), item.groups(),
                on.rule().map(rule -> rule.value().name()).orElse(null), replies.tiers(on),
                FactWords.about(catalogue, item).stream().map(fact -> fact(fact, replies)).toList(), entries);
    }

    private static ItemPageReply.FactReply fact(Fact<?> fact, PriceReplies replies) {
        return new ItemPageReply.FactReply(FactWords.kind(fact.value()), fact.target().toString(),
                FactWords.told(fact.value()), PolicyRows.first(fact.inForce()), PolicyRows.last(fact.inForce()),
                fact.issued(), fact.origin().level(), replies.citation(fact.origin(), ""));
    }

    private Answer payment(Call call) {
        var kind = EntryRoutes.kind(call.path("kind"));
        var code = call.path("code");
        var query = call.query(PaymentQuery.class);
        var policy = ConvergenceRoutes.policy(here.packs(), query.area(), "area");
        var item = item(catalogue(policy), kind, code, query.date()).orElseThrow(() -> unknown(code));
        var at = here.book().institution(query.institution(), query.date()).orElseThrow(() -> new Refused(
                Intake.unknownInstitution(query.institution(), 422, "institution")));
        var quantity = Objects.requireNonNullElse(query.quantity(), "1");
        var amount = query.amountFen() != null ? query.amountFen() : amount(policy, item, at, query, quantity);
        var line = new LineFacts(code, item.name(), amount, query.payClass(), null, null, null, quantity,
                query.specification() == null ? null
                        : new DetailFacts(null, null, query.specification(), List.of()));
        var settled = intake.estimate(request(query, at, line));
        return switch (settled.outcome()) {
            case Settlement settlement -> Answer.ok(settled.tell(Replies.of(settlement, "estimate", null, null,
                    List.of(line), here.version())));
            case Refusal refusal -> throw new Refused(Replies.fault(refusal));
        };
    }

    private long amount(Policy policy, Item item, Institution at, PaymentQuery query, String quantity) {
        var prices = new Prices(catalogue(policy), KnownOn.LATEST);
        var age = Objects.requireNonNullElse(query.age(), USUAL_AGE);
        return Stream.of(prices.charge(item, at.tier(), age, query.date()),
                prices.limit(item, at.tier(), age, query.date())).flatMap(Optional::stream).findFirst()
                .map(quote -> new BigDecimal(quantity).multiply(BigDecimal.valueOf(quote.each().value()))
                .setScale(0, RoundingMode.HALF_UP).longValueExact())
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.MISSING_FIELD, 422, "amount_fen", "",
                "目录未规定该级价格，请给出金额", "the amount: the catalogue states no price for the tier")));
    }

    private static EstimateRequest request(PaymentQuery query, Institution at, LineFacts line) {
        var clinical = query.diagnosis() == null ? null
                : new ClinicalFacts(List.of(query.diagnosis()), null, null, List.of(), List.of());
        return new EstimateRequest(query.area(), query.scheme(), query.status(), query.age(), query.relief(), false,
                null, null, null, query.disease(), List.of(), at.tier(), at.kind(), at.administration(),
                at.specialty(), Objects.requireNonNullElse(query.care(), Care.OUTPATIENT), query.date(), null, null,
                null, null, null, clinical, null, List.of(line), null, null, List.of());
    }
}
