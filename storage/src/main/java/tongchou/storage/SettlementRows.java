package tongchou.storage;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongchou.core.ledger.Journal;
import tongchou.core.money.Fen;
import tongchou.core.settlement.JudgedLine;
import tongchou.core.settlement.Settlement;
import tongchou.storage.Book.Submission;
import tongchou.storage.PaperDictionaries.Packed;

/// The rows of settlements (结算行): head, encounter and parts in one, and the papers beside it.
///
/// Parts are lists in JSON, equally long where they belong together. A row can be made ahead of the writer where every
/// word in it has a number that is known to be durable; what is left then is the number of the settlement.
final class SettlementRows {

    static final String COLUMNS = """
            id, public_id, institution, key, member, rules, binding_day, known_on, booked_at, total_fen,
            full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, deductible_fen, fund_fen, account_fen,
            cash_fen, hospital_fen, name, treated_by, care, first_day, last_day, place, filing, referral, episode,
            referred_on, disease, line_numbers, line_items, line_classes, line_amounts, line_full_self_pay,
            line_over_limit, line_pre_pay, posting_payers, posting_layers, posting_amounts, entry_accounts,
            entry_amounts, moved_counters, moved_before, moved_after""";

    private static final String INSERT =
            "insert into settlements (" + COLUMNS + ") values (?" + ", ?".repeat(44) + ")";

    private static final String INSERT_PAPERS =
            "insert into papers (settlement, content_hash, content, reply) values (?, ?, ?, ?)";

    /// The place of the first of three columns about sums.
    private static final int MOVED = 42;

    private final Dialect dialect;
    private final UsedRules rules;
    private final PaperDictionaries dictionaries = new PaperDictionaries();
    private final Dictionary items = new Dictionary("items", "name");
    private final Dictionary layers = new Dictionary("layers", "name");
    private final Dictionary accounts = new Dictionary("accounts", "kind", "owner");
    private final Dictionary counterNames = new Dictionary("counter_names", "name", "period", "unit");

    SettlementRows(Dialect dialect, UsedRules rules) {
        this.dialect = dialect;
        this.rules = rules;
    }

    /// What is booked, and on what ground.
    ///
    /// @param institution the number of who sends it
    /// @param treatedBy the number of the institution that gave care
    record Booking(Submission submission, Deflated content, Footing footing, long institution, long treatedBy,
            Settlement settlement, byte[] reply) {

        private long member() {
            return footing.household().own().member();
        }
    }

    /// Rows that lack only their number and what the settlement does to the member's sums.
    record Row(@Nullable Object[] values, Object[] papers) {

        /// Books it.
        void insert(Session session, long id, Moves moves) {
            papers[0] = id;
            session.change(INSERT_PAPERS, papers);
            values[0] = id;
            values[MOVED] = moves.counters();
            values[MOVED + 1] = moves.before();
            values[MOVED + 2] = moves.after();
            session.change(INSERT, values);
        }
    }

    /// Where words have numbers; null where one has none that could be used.
    @FunctionalInterface
    private interface Numbers {
        @Nullable Long of(Dictionary words, String... word);
    }

    /// The papers of a booking, where what they are packed with is known.
    @Nullable Packed papers(Booking booking) {
        var rule = rules.known(booking.settlement());
        return rule == null ? null
                : dictionaries.pack(rule, booking.content().plain(), booking.reply()).orElse(null);
    }

    /// The row of a booking, where every word in it is known.
    ///
    /// @throws Broken when the parts of the settlement do not add up
    @Nullable Row row(Booking booking, @Nullable Packed papers) {
        var rule = rules.known(booking.settlement());
        var parts = rule == null || papers == null ? null : parts(booking.settlement(), Dictionary::known);
        return parts == null ? null : row(booking, rule, parts, papers);
    }

    /// The row of a booking; writes the words in it.
    ///
    /// @param packed its papers, where they were packed ahead
    /// @throws Broken when the parts of the settlement do not add up
    Row row(Session session, Booking booking, @Nullable Packed packed) {
        var settlement = booking.settlement();
        var rule = rules.id(session, settlement);
        var papers = packed != null ? packed
                : dictionaries.pack(session, rule, booking.content().plain(), booking.reply());
        var parts = parts(settlement, (words, word) -> words.id(session, word));
        return row(booking, rule, Objects.requireNonNull(parts), papers);
    }

    /// Makes what a settlement does to the sums of its member.
    ///
    /// @throws Broken when it does not begin where the member stands
    Moves move(Session session, Footing footing, Settlement settlement) {
        return Moves.make(session, dialect, footing, settlement, movement -> counterNames.id(session,
                movement.key().name(), movement.key().period().name(), movement.unit().name()));
    }

    private static Row row(Booking booking, long rule, List<@Nullable String> parts, Packed papers) {
        var submission = booking.submission();
        var settlement = booking.settlement();
        var values = new ArrayList<@Nullable Object>(45);
        Collections.addAll(values, 0L, submission.id(), booking.institution(), submission.key(), booking.member(), rule,
                Session.text(settlement.day()), Session.text(settlement.knownOn().day()),
                submission.now().truncatedTo(ChronoUnit.MILLIS).toEpochMilli());
        var amounts = settlement.amounts();
        for (var amount : List.of(amounts.total(), amounts.fullSelfPay(), amounts.overLimit(), amounts.prePay(),
                amounts.inScope(), amounts.deductible(), amounts.fund(), amounts.account(), amounts.cash(),
                amounts.hospital())) {
            values.add(amount.value());
        }
        var encounter = settlement.claim().encounter();
        var referral = encounter.referral();
        var name = settlement.claim().name();
        Collections.addAll(values, name.equals(submission.institution() + "/" + submission.key()) ? null : name,
                booking.treatedBy(), encounter.care().name(),
                Session.text(encounter.from()), Session.text(encounter.to()), encounter.place().name(),
                encounter.filing().name(), referral == null ? null : referral.direction().name(),
                referral == null ? null : referral.episode(),
                referral == null ? null : Session.text(referral.issued()), encounter.disease());
        values.addAll(parts);
        Collections.addAll(values, null, null, null);
        return new Row(values.toArray(),
                new Object[] {0L, booking.content().hash(), papers.content(), papers.reply()});
    }

    /// The columns from the numbers of the lines to the amounts of the entries; null where a word has no number.
    private @Nullable List<@Nullable String> parts(Settlement settlement, Numbers numbers) {
        var broken = settlement.brokenIdentities();
        if (!broken.isEmpty()) {
            throw new Broken("the settlement breaks " + broken);
        }
        var parts = new ArrayList<@Nullable String>();
        return lines(settlement.lines(), numbers, parts) && postings(settlement, numbers, parts)
                && entries(settlement, numbers, parts) ? parts : null;
    }

    /// Items are looked up in one order, so that two settlements with the same new items do not wait for each other.
    private boolean lines(List<JudgedLine> lines, Numbers numbers, List<@Nullable String> parts) {
        Map<String, @Nullable Long> known = new TreeMap<>();
        lines.forEach(judged -> known.put(judged.line().item(), null));
        known.replaceAll((item, none) -> numbers.of(items, item));
        if (known.containsValue(null)) {
            return false;
        }
        var inOrder = true;
        var classes = new StringBuilder();
        var number = new JsonList();
        var item = new JsonList();
        var amount = new JsonList();
        for (var judged : lines) {
            var line = judged.line();
            number.add(line.number());
            item.add(known.get(line.item()));
            classes.append(line.payClass().name());
            amount.add(line.amount().value());
            inOrder &= line.number() == number.length();
        }
        Collections.addAll(parts, inOrder ? null : number.toString(), item.toString(), classes.toString(),
                amount.toString(), unlessZero(lines, JudgedLine::fullSelfPay),
                unlessZero(lines, JudgedLine::overLimit), unlessZero(lines, JudgedLine::prePay));
        return true;
    }

    private static @Nullable String unlessZero(
            List<JudgedLine> lines, Function<JudgedLine, Fen> amount) {
        if (lines.stream().allMatch(line -> amount.apply(line).isZero())) {
            return null;
        }
        var list = new JsonList();
        lines.forEach(line -> list.add(amount.apply(line).value()));
        return list.toString();
    }

    private boolean postings(Settlement settlement, Numbers numbers, List<@Nullable String> parts) {
        var payers = new JsonList();
        var through = new JsonList();
        var amounts = new JsonList();
        for (var posting : settlement.postings()) {
            var layer = posting.layer();
            var number = layer == null ? null : numbers.of(layers, layer.name());
            if (layer != null && number == null) {
                return false;
            }
            payers.add(posting.payer());
            through.add(number);
            amounts.add(posting.amount().value());
        }
        Collections.addAll(parts, payers.toString(), through.toString(), amounts.toString());
        return true;
    }

    private boolean entries(Settlement settlement, Numbers numbers, List<@Nullable String> parts) {
        var owners = new JsonList();
        var amounts = new JsonList();
        for (var entry : journal(settlement).entries()) {
            var account = numbers.of(accounts, entry.account().kind().name(), entry.account().owner());
            if (account == null) {
                return false;
            }
            owners.add(account);
            amounts.add(entry.amount().value());
        }
        Collections.addAll(parts, owners.toString(), amounts.toString());
        return true;
    }

    private static Journal journal(Settlement settlement) {
        try {
            return Journal.of(settlement);
        } catch (IllegalArgumentException unbalanced) {
            throw new Broken(unbalanced.getMessage());
        }
    }
}
