package tongchou.server.alliance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.LineFacts;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;
import tongchou.core.money.Fen;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.Formularies.Listed;
import tongchou.storage.Volumes.Bill;
import tongchou.storage.Volumes.Span;

/// Same drug, same price within an alliance (同药同价): booked lines above the price that the alliance agreed, and lines
/// of a primary unit above what the lead hospital charged for the same item and specification.
///
/// What is found is shown, nothing is denied. Lines without a quantity cannot be compared and are left out.
public final class PriceFindings {

    private static final int PAGE = 500;

    private final Book book;
    private final Packs packs;
    private final Circle circle;
    private final Span span;
    private final Map<String, List<Listed>> agreed = new HashMap<>();
    private final Map<String, NavigableMap<LocalDate, Evidence>> byLead = new HashMap<>();

    /// The findings of an alliance in a period.
    public PriceFindings(Book book, Packs packs, Circle circle, Span span) {
        this.book = book;
        this.packs = packs;
        this.circle = circle;
        this.span = span;
        book.formularies().listed(circle.alliance().code(), null)
                .forEach(one -> agreed.computeIfAbsent(one.item(), item -> new ArrayList<>()).add(one));
    }

    /// A line that was charged, or what it is compared with.
    ///
    /// @param line its number on the bill, from one
    public record Evidence(String settlement, int line, LocalDate day, Fen amount, BigDecimal quantity) {

        /// The price of one unit in yuan, to four decimals.
        public String unitYuan() {
            return BigDecimal.valueOf(amount.value(), 2).divide(quantity, 4, RoundingMode.HALF_UP).toPlainString();
        }

        /// What another quantity comes to at this price.
        Fen at(BigDecimal other) {
            return Fen.of(BigDecimal.valueOf(amount.value()).multiply(other)
                    .divide(quantity, 0, RoundingMode.HALF_UP).longValueExact());
        }
    }

    /// A line above another price (价格差异).
    ///
    /// @param item code of the catalogue, or as it was charged where no catalogue knows it
    /// @param charged the line
    /// @param price what the alliance agreed; null where the lead's price is exceeded
    /// @param lead the lead's line; null where the agreed price is exceeded
    /// @param excess what the line is above
    public record PriceFinding(String institution, String item, String name, String specification, Evidence charged,
            @Nullable Fen price, @Nullable Evidence lead, Fen excess) {
    }

    /// A page of findings.
    ///
    /// @param next the bill behind which the next one begins, 0 when this is the last
    public record Page(List<PriceFinding> findings, long next) {
    }

    /// The findings behind a bill, in the order of booking: at least the number asked for where there are as many.
    public Page after(long bill, int limit) {
        learn();
        var found = new ArrayList<PriceFinding>();
        var at = bill;
        while (true) {
            var bills = book.volumes().bills(span, circle.everybody(), at, PAGE);
            for (var one : bills) {
                at = one.number();
                found.addAll(of(one));
                if (found.size() >= limit) {
                    return new Page(found, at);
                }
            }
            if (bills.size() < PAGE) {
                return new Page(found, 0);
            }
        }
    }

    /// What the lead charged, by item and day; of several prices on a day the highest, so that nobody is found for it.
    private void learn() {
        var leads = circle.alliance().memberships().stream().map(one -> one.institution())
                .filter(code -> circle.alliance().memberships().stream().anyMatch(one -> one.institution().equals(code)
                        && one.role() == tongchou.core.alliance.Membership.Role.LEAD)).distinct().toList();
        var at = 0L;
        for (var bills = leads.isEmpty() ? List.<Bill>of() : book.volumes().bills(span, leads, at, PAGE);
                !bills.isEmpty(); bills = book.volumes().bills(span, leads, at, PAGE)) {
            for (var bill : bills) {
                at = bill.number();
                if (circle.lead(bill.day()).filter(bill.institution()::equals).isPresent()) {
                    lines(bill).forEach(line -> byLead.computeIfAbsent(line.key(), key -> new TreeMap<>())
                            .merge(bill.day(), line.evidence(), (one, other) ->
                                    one.at(other.quantity()).compareTo(other.amount()) < 0 ? other : one));
                }
            }
        }
    }

    /// A line whose item and quantity are known.
    private record Line(String item, String name, String specification, Evidence evidence) {

        String key() {
            return item + "\n" + Names.plain(specification);
        }
    }

    private List<Line> lines(Bill bill) {
        var catalogue = packs.catalogue(bill.pack(), bill.area());
        var lines = new ArrayList<Line>();
        var number = 0;
        for (var line : RequestReader.body(bill.content(), SettlementRequest.class).lines()) {
            number++;
            if (line.quantity() == null || line.amountFen() == 0) {
                continue;
            }
            var item = catalogue.item(line.item(), List.of(bill.institution()), bill.day(), KnownOn.LATEST)
                    .map(found -> found.value());
            if (item.isEmpty() ? agreed.containsKey(line.item()) : isDrug(item.get())
                    || agreed.containsKey(item.get().code())) {
                lines.add(line(bill, number, line, item));
            }
        }
        return lines;
    }

    private static boolean isDrug(Item item) {
        return item.kind() == ItemKind.DRUG || item.kind() == ItemKind.HERBAL_PIECE;
    }

    private static Line line(Bill bill, int number, LineFacts line, Optional<Item> item) {
        var specification = line.detail() == null ? null : line.detail().specification();
        return new Line(item.map(Item::code).orElse(line.item()),
                item.map(Item::name).orElse(line.name() == null ? line.item() : line.name()),
                specification == null ? "" : specification, new Evidence(bill.settlement(), number, bill.day(),
                Fen.of(line.amountFen()), new BigDecimal(line.quantity())));
    }

    private List<PriceFinding> of(Bill bill) {
        if (!circle.has(bill.institution(), bill.day())) {
            return List.of();
        }
        var found = new ArrayList<PriceFinding>();
        for (var line : lines(bill)) {
            var charged = line.evidence();
            agreed(line.item(), bill.day()).ifPresent(price -> {
                var most = new Evidence("", 0, bill.day(), price, BigDecimal.ONE).at(charged.quantity());
                if (charged.amount().compareTo(most) > 0) {
                    found.add(new PriceFinding(bill.institution(), line.item(), line.name(), line.specification(),
                            charged, price, null, charged.amount().minus(most)));
                }
            });
            if (isPrimary(bill)) {
                lead(line, bill.day()).filter(lead -> charged.amount().compareTo(lead.at(charged.quantity())) > 0)
                        .ifPresent(lead -> found.add(new PriceFinding(bill.institution(), line.item(), line.name(),
                                line.specification(), charged, null, lead,
                                charged.amount().minus(lead.at(charged.quantity())))));
            }
        }
        return found;
    }

    private boolean isPrimary(Bill bill) {
        return book.institution(bill.institution(), bill.day())
                .filter(at -> at.tier() == Tier.PRIMARY).isPresent();
    }

    private Optional<Fen> agreed(String item, LocalDate day) {
        return agreed.getOrDefault(item, List.of()).stream().filter(one -> one.inForce().covers(day))
                .flatMap(one -> Optional.ofNullable(one.price()).stream()).findFirst();
    }

    /// What the lead charged last before the day or on it, else first after it.
    private Optional<Evidence> lead(Line line, LocalDate day) {
        var prices = byLead.getOrDefault(line.key(), new TreeMap<>());
        var before = prices.floorEntry(day);
        var entry = before == null ? prices.ceilingEntry(day) : before;
        return entry == null ? Optional.empty() : Optional.of(entry.getValue());
    }
}
