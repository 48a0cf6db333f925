package tongchou.server.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.DetailFacts;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.ItemPageReply;
import tongchou.api.http.ItemQuery;
import tongchou.api.http.LineFacts;
import tongchou.api.http.PaymentQuery;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.core.alliance.Institution;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Prices;
import tongchou.core.encounter.Care;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.packs.PolicyRows;
import tongchou.server.pricing.Converging;
import tongchou.storage.Catalogue.Entry;

/// The page of an item (目录条目): everything ever stated about it, and what it costs a person.
final class ItemRoutes {

    private static final int USUAL_AGE = 40;

    private final Installation here;
    private final Intake intake;

    ItemRoutes(Installation here) {
        this.here = here;
        this.intake = new Intake(here.packs(), here.packSwitch());
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/catalogue/{kind}/{code}", this::page),
                Route.get("/v1/catalogue/{kind}/{code}/payment", this::payment));
    }

    private Catalogue catalogue(Policy policy) {
        return here.packs().catalogue(policy.pack(), policy.area());
    }

    private Answer page(Call call) {
        var kind = CatalogueRoutes.kind(call.path("kind"));
        var code = call.item("code");
        var query = call.query(ItemQuery.class);
        var day = new AlliancePaths(here).day(query.date());
        var policy = query.area() == null ? null : ConvergenceRoutes.policy(here.packs(), query.area(), day, "area");
        var version = here.book().catalogue().version();
        return Tagged.answer(call, String.join("\n", here.version(), policy == null ? "" : policy.hash(), kind.word(),
                code, query.toString(), day.toString(), Long.toString(version)), () -> {
            var imported = here.book().catalogue().history(kind, code, version);
            var item = policy == null ? Optional.<Item>empty() : item(catalogue(policy), kind, code, day);
            if (policy != null && item.isPresent()) {
                return Answer.ok(page(policy, item.get(), day, query.age(), imported));
            }
            if (imported.isEmpty()) {
                throw unknown(code);
            }
            var newest = imported.getLast();
            return Answer.ok(new ItemPageReply(code, kind.word(), newest.names(), newest.attribute("form"),
                    newest.attribute("unit"), newest.payClass() == null ? null : Words.of(newest.payClass()), List.of(),
                    null, List.of(), null, List.of(), imported.stream().map(ItemReplies::of).toList()));
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

    private ItemPageReply page(Policy policy, Item item, LocalDate day, @Nullable Integer age,
            List<Entry> imported) {
        var catalogue = catalogue(policy);
        var replies = new PriceReplies(here.packs().documents(policy.pack()));
        var on = Converging.of(catalogue, item, Objects.requireNonNullElse(age, USUAL_AGE), day);
        var covered = policy.cover().covers(day);
        var listed = catalogue.item(item.code(), day, KnownOn.LATEST).isPresent();
        return new ItemPageReply(item.code(), item.kind().word(), item.names(), item.form(), item.unit(),
                item.payClass() == null || !listed ? null : Words.of(item.payClass()), item.groups(),
                on.rule().filter(rule -> covered).map(rule -> rule.value().name()).orElse(null),
                covered ? replies.tiers(on) : List.of(), covered ? null : true,
                FactWords.about(catalogue, item).stream().map(fact -> fact(fact, replies)).toList(),
                imported.stream().map(ItemReplies::of).toList());
    }

    private static ItemPageReply.FactReply fact(Fact<?> fact, PriceReplies replies) {
        return new ItemPageReply.FactReply(FactWords.kind(fact.value()), fact.target().toString(),
                FactWords.told(fact.value()), PolicyRows.first(fact.inForce()), PolicyRows.last(fact.inForce()),
                fact.issued(), fact.origin().level(), replies.citation(fact.origin(), ""));
    }

    private Answer payment(Call call) {
        var kind = CatalogueRoutes.kind(call.path("kind"));
        var code = call.item("code");
        var query = call.query(PaymentQuery.class);
        var policy = ConvergenceRoutes.policy(here.packs(), query.area(), query.date(), "area");
        var stated = item(catalogue(policy), kind, code, query.date());
        var imported = stated.isPresent() ? Optional.<Entry>empty() : imported(kind, code, query.date());
        if (stated.isEmpty() && imported.isEmpty()) {
            throw unknown(code);
        }
        var at = here.book().institution(query.institution(), query.date()).orElseThrow(() -> new Refused(
                Intake.unknownInstitution(query.institution(), 422, "institution")));
        var quantity = Objects.requireNonNullElse(query.quantity(), "1");
        var amount = query.amountFen() != null ? query.amountFen() : amount(policy, stated, at, query, quantity);
        var line = new LineFacts(code, stated.map(Item::name).or(() -> imported.map(Entry::name)).orElse(code), amount,
                query.payClass() != null ? query.payClass() : imported.map(Entry::payClass).orElse(null), null, null,
                null, quantity, query.specification() == null ? null
                        : new DetailFacts(null, null, query.specification(), List.of()));
        var settled = intake.estimate(request(query, at, line));
        return switch (settled.outcome()) {
            case Settlement settlement -> Answer.ok(settled.tell(Replies.of(settlement, "estimate", null, null,
                    List.of(line), here.version(), call.chinese())));
            case Refusal refusal -> throw new Refused(Replies.fault(refusal));
        };
    }

    /// What the imports say about a code on a day, the newest.
    private Optional<Entry> imported(ItemKind kind, String code, LocalDate day) {
        var catalogue = here.book().catalogue();
        return catalogue.history(kind, code, catalogue.version()).reversed().stream()
                .filter(one -> !day.isBefore(one.firstDay()) && (one.lastDay() == null || !day.isAfter(one.lastDay())))
                .findFirst();
    }

    private long amount(Policy policy, Optional<Item> item, Institution at, PaymentQuery query, String quantity) {
        var prices = new Prices(catalogue(policy), KnownOn.LATEST);
        var age = Objects.requireNonNullElse(query.age(), USUAL_AGE);
        return item.stream().flatMap(one -> Stream.of(prices.charge(one, at.tier(), age, query.date()),
                prices.limit(one, at.tier(), age, query.date()))).flatMap(Optional::stream).findFirst()
                .map(quote -> new BigDecimal(quantity).multiply(BigDecimal.valueOf(quote.each().value()))
                .setScale(0, RoundingMode.HALF_UP).longValueExact())
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.MISSING_FIELD, 422, "amount_fen", "",
                "目录未规定该级价格，请给出金额", "the amount: the catalogue states no price for the tier")));
    }

    private static EstimateRequest request(PaymentQuery query, Institution at, LineFacts line) {
        var clinical = query.diagnosis() == null ? null
                : new ClinicalFacts(List.of(query.diagnosis()), null, null, List.of(), List.of());
        return new EstimateRequest(query.area(), query.scheme(), query.status(), query.age(), query.relief(), false,
                null, null, null, query.disease(), List.of(), at.tier(), at.grade(), at.kind(),
                at.administration(), at.specialty(), Objects.requireNonNullElse(query.care(), Care.OUTPATIENT),
                query.date(), null, null, null, null, null, null, clinical, null, List.of(line), null, null, List.of());
    }
}
