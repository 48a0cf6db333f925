package tongchou.storage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a book of the county must say, thought out naively: maps, and the rules of [County] in a few lines.
///
/// It shares no code with the book: amounts are worked out again from the bill.
final class Model {

    static final List<String> MEMBERS = List.of("P0", "P1", "P2", "P3");
    static final Map<String, List<String>> SHARERS = Map.of("P0", List.of(), "P1", List.of("P0"),
            "P2", List.of("P1", "P0"), "P3", List.of());

    private static final long DEDUCTIBLE = 10_000;
    private static final long CEILING = 100_000;

    private final Map<String, long[]> accounts = new TreeMap<>();
    private final Map<String, Long> deductibles = new HashMap<>();
    private final Map<String, Long> funds = new HashMap<>();
    private final Map<String, Visit> visits = new LinkedHashMap<>();
    private final Map<String, Taking> takings = new HashMap<>();
    private final Map<String, Taking> takingsOf = new HashMap<>();
    private final Set<String> parked = new TreeSet<>();
    private final Map<String, Adjustment> adjustments = new LinkedHashMap<>();
    private final Decisions decisions = new Decisions();
    private long auditRows;

    /// A request to settle.
    ///
    /// @param refuse whether the rules are made to refuse it
    /// @param quote the reply that a preview gave, without which it is not to be booked; null for any
    /// @param ask how many times somebody asked before, so that every request has an id of its own
    record Bill(String key, String content, String member, LocalDate day, long fen, boolean refuse,
            @Nullable String quote, int ask) {
        String id() {
            return "S-" + member + "-" + key + "-" + ask;
        }

        Bill asked(int times) {
            return new Bill(key, content, member, day, fen, refuse, quote, times);
        }
    }

    /// A request to take a settlement back.
    record Back(String key, String content, String settlement, int ask) {
        String id() {
            return "R-" + key + "-" + ask;
        }

        Back asked(int times) {
            return new Back(key, content, settlement, times);
        }
    }

    /// A settlement that is booked, and the account money it took, by member and place.
    private record Visit(Bill bill, String reply, long deductible, long fund, Map<String, long[]> taken) {
        String year() {
            return bill.member + " " + bill.day.getYear();
        }
    }

    /// A manual adjustment of a member's account, or one that takes another back.
    ///
    /// @param takesBack id of the other; null for none
    record Adjustment(String id, String member, long currentYear, long earlierYears, @Nullable String takesBack) {
    }

    /// A reversal that is booked.
    private record Taking(Back back, String reply) {
    }

    /// A model of a book in which the county was just registered.
    ///
    /// @param auditRows how many audit rows that left
    Model(long auditRows) {
        this.auditRows = auditRows;
        for (var i = 0; i < MEMBERS.size(); i++) {
            accounts.put(MEMBERS.get(i), new long[] {i * 20_000L, 7_000});
        }
    }

    static void found(Book book) {
        book.register(County.hospital());
        for (var i = 0; i < MEMBERS.size(); i++) {
            var member = MEMBERS.get(i);
            book.register(County.person(member, i * 200L, 70, SHARERS.get(member).toArray(String[]::new)));
        }
    }

    String settle(Bill bill) {
        var known = knownBill(bill);
        if (known != null) {
            return known;
        }
        if (!accounts.containsKey(bill.member)) {
            return "unknown member " + bill.member;
        }
        if (parked.contains(bill.member)) {
            return "parked " + bill.member;
        }
        return bill.refuse || bill.quote != null && !bill.quote.equals(preview(bill)) ? "refused" : book(bill);
    }

    /// The reply that a bill would have now.
    String preview(Bill bill) {
        var before = new TreeMap<String, long[]>();
        accounts.forEach((member, account) -> before.put(member, account.clone()));
        var reply = settled(bill).reply;
        accounts.putAll(before);
        return reply;
    }

    private @Nullable String knownBill(Bill bill) {
        var known = visits.get(bill.key);
        return known == null ? null : known.bill.content.equals(bill.content)
                ? "again " + known.bill.id() + " " + known.reply : "key of " + known.bill.id();
    }

    private String book(Bill bill) {
        var visit = settled(bill);
        deductibles.merge(visit.year(), visit.deductible, Long::sum);
        funds.merge(visit.year(), visit.fund, Long::sum);
        visits.put(bill.key, visit);
        auditRows++;
        return "done " + bill.id() + " " + visit.reply;
    }

    /// The bill settled, and account money taken for it.
    private Visit settled(Bill bill) {
        var year = bill.member + " " + bill.day.getYear();
        var deductible = Math.min(bill.fen, DEDUCTIBLE - deductibles.getOrDefault(year, 0L));
        var fund = Math.min((bill.fen - deductible + 1) / 2, CEILING - funds.getOrDefault(year, 0L));
        var taken = new TreeMap<String, long[]>();
        var rest = bill.fen - fund;
        rest -= take(taken, bill.member, 0, Math.min(rest, deductible));
        rest -= take(taken, bill.member, 0, rest);
        rest -= take(taken, bill.member, 1, rest);
        for (var sharer : SHARERS.getOrDefault(bill.member, List.of())) {
            rest -= take(taken, sharer, 0, rest);
            rest -= take(taken, sharer, 1, rest);
        }
        var reply = bill.key + " deductible " + deductible + " fund " + fund + " account " + (bill.fen - fund - rest)
                + " cash " + rest;
        return new Visit(bill, reply, deductible, fund, taken);
    }

    private long take(Map<String, long[]> taken, String member, int place, long wanted) {
        var account = accounts.get(member);
        var given = Math.min(wanted, account[place]);
        account[place] -= given;
        taken.computeIfAbsent(member, token -> new long[2])[place] += given;
        return given;
    }

    String reverse(Back back) {
        var known = knownBack(back);
        if (known != null) {
            return known;
        }
        var visit = visit(back.settlement);
        if (visit == null) {
            return "unknown settlement " + back.settlement;
        }
        return parked.contains(visit.bill.member) ? "parked " + visit.bill.member : takeBack(back, visit);
    }

    private @Nullable String knownBack(Back back) {
        var byKey = takings.get(back.key);
        if (byKey != null && !byKey.back.content.equals(back.content)) {
            return "key of " + byKey.back.id();
        }
        var known = byKey == null ? takingsOf.get(back.settlement) : byKey;
        return known == null ? null : "again " + known.back.id() + " " + known.reply;
    }

    private @Nullable Visit visit(String id) {
        return visits.values().stream().filter(visit -> visit.bill.id().equals(id)).findFirst().orElse(null);
    }

    private String takeBack(Back back, Visit visit) {
        deductibles.merge(visit.year(), -visit.deductible, Long::sum);
        funds.merge(visit.year(), -visit.fund, Long::sum);
        visit.taken.forEach((member, money) -> {
            accounts.get(member)[0] += money[0];
            accounts.get(member)[1] += money[1];
        });
        var taking = new Taking(back, "reversed " + visit.bill.id());
        takings.put(back.key, taking);
        takingsOf.put(back.settlement, taking);
        auditRows++;
        return "done " + back.id() + " " + taking.reply;
    }

    /// Takes one back and books another, both or neither.
    String replace(Back back, Bill bill) {
        var booked = knownBill(bill);
        var reversed = knownBack(back);
        var byKey = takings.get(back.key);
        if (booked != null && booked.startsWith("again") && byKey != null && byKey.back.content.equals(back.content)) {
            return "again " + byKey.back.id() + " " + byKey.reply + ", " + booked.substring("again ".length());
        }
        if (reversed != null || booked != null) {
            return reversed != null ? "not reversed: " + reversed : "not booked: " + booked;
        }
        var visit = visit(back.settlement);
        if (visit == null || parked.contains(visit.bill.member)) {
            return "not reversed: " + reverse(back);
        }
        return bill.refuse ? "not booked: refused" : takeBack(back, visit) + ", "
                + book(bill).substring("done ".length());
    }

    // Settled again --------------------------------------------------------------------------------------------------

    /// Settles everything of a member again in the order of service: a visit has the account money that it took and no
    /// more, and what it does not need goes back, the relatives' first.
    ///
    /// @return what comes out otherwise
    String resettle(String member) {
        var said = new StringBuilder("again:");
        var deductibleOf = new HashMap<String, Long>();
        var fundOf = new HashMap<String, Long>();
        var standing = visits.values().stream().filter(visit -> visit.bill.member.equals(member)
                && !takingsOf.containsKey(visit.bill.id()))
                .sorted(java.util.Comparator.comparing(visit -> visit.bill.day)).toList();
        for (var visit : standing) {
            var bill = visit.bill;
            var deductible = Math.min(bill.fen, DEDUCTIBLE - deductibleOf.getOrDefault(visit.year(), 0L));
            var fund = Math.min((bill.fen - deductible + 1) / 2, CEILING - fundOf.getOrDefault(visit.year(), 0L));
            deductibleOf.merge(visit.year(), deductible, Long::sum);
            fundOf.merge(visit.year(), fund, Long::sum);
            if (deductible == visit.deductible && fund == visit.fund) {
                continue;
            }
            var rest = bill.fen - fund;
            var kept = new TreeMap<String, long[]>();
            var payers = new ArrayList<>(List.of(member));
            payers.addAll(SHARERS.getOrDefault(member, List.of()));
            for (var payer : payers) {
                var took = visit.taken.getOrDefault(payer, new long[2]);
                var keeps = new long[2];
                for (var place = 0; place < 2; place++) {
                    keeps[place] = Math.min(rest, took[place]);
                    rest -= keeps[place];
                    accounts.get(payer)[place] += took[place] - keeps[place];
                }
                kept.put(payer, keeps);
            }
            deductibles.merge(visit.year(), deductible - visit.deductible, Long::sum);
            funds.merge(visit.year(), fund - visit.fund, Long::sum);
            visits.put(bill.key, new Visit(bill, visit.reply, deductible, fund, kept));
            said.append(' ').append(bill.id()).append(" fund ").append(fund).append(" cash ").append(rest);
        }
        return said.toString();
    }

    boolean isParked(String member) {
        return parked.contains(member);
    }

    /// How many audit rows a re-settlement leaves is read from the book.
    void auditRows(long present) {
        auditRows = present - decisions.rows();
    }

    /// What one asks for and another decides.
    Decisions decisions() {
        return decisions;
    }

    // Adjusted --------------------------------------------------------------------------------------------

    String adjust(Adjustment given) {
        if (adjustments.containsKey(given.id)) {
            return "again " + given.id;
        }
        var account = accounts.get(given.member);
        if (account == null) {
            return "not member";
        }
        var wrong = given.takesBack == null ? given : adjustments.get(given.takesBack);
        if (given.takesBack != null && (wrong == null || !wrong.member.equals(given.member) || wrong.takesBack != null
                || adjustments.values().stream().anyMatch(other -> given.takesBack.equals(other.takesBack)))) {
            return "not takes_back";
        }
        var sign = given.takesBack == null ? 1 : -1;
        var current = account[0] + sign * wrong.currentYear;
        var earlier = account[1] + sign * wrong.earlierYears;
        if (current < 0 || earlier < 0) {
            return "not " + (current < 0 ? "current_year_change_fen" : "earlier_years_change_fen");
        }
        account[0] = current;
        account[1] = earlier;
        adjustments.put(given.id, given);
        auditRows++;
        return "done " + given.id;
    }

    /// What was adjusted, the oldest first.
    List<Adjustment> adjustments() {
        return List.copyOf(adjustments.values());
    }

    String park(String member) {
        if (accounts.containsKey(member) && parked.add(member)) {
            auditRows++;
        }
        return Boolean.toString(accounts.containsKey(member));
    }

    String release(String member) {
        var was = parked.remove(member);
        auditRows += was ? 1 : 0;
        return Boolean.toString(was);
    }

    String note() {
        auditRows++;
        return "noted";
    }

    /// Everything that can be asked of a book, in words.
    List<String> state() {
        var state = new ArrayList<String>();
        for (var member : MEMBERS) {
            var sums = new TreeMap<String, Long>();
            for (var year : List.of("2025", "2026", "2027")) {
                sums.put("年度起付线 " + year, deductibles.getOrDefault(member + " " + year, 0L));
                sums.put("年度封顶线 " + year, funds.getOrDefault(member + " " + year, 0L));
            }
            sums.values().removeIf(sum -> sum == 0);
            state.add(member + " " + accounts.get(member)[0] + " " + accounts.get(member)[1] + " " + sums
                    + (parked.contains(member) ? " parked" : ""));
        }
        state.add(visits.size() + " settlements, " + auditRows() + " audit rows");
        return state;
    }

    /// The same of a book.
    static List<String> state(Book book) {
        var state = new ArrayList<String>();
        for (var member : MEMBERS) {
            var purse = book.person(member).orElseThrow().purse();
            var sums = new TreeMap<String, Long>();
            book.yearToDate(member).sums().forEach((key, sum) ->
                    sums.put(key.name() + " " + key.periodKey().substring(0, 4), sum));
            state.add(member + " " + purse.currentYear().value() + " " + purse.earlierYears().value() + " " + sums
                    + (!book.parkings().of(member).isEmpty() ? " parked" : ""));
        }
        state.add(book.settlements() + " settlements, " + book.auditSize() + " audit rows");
        return state;
    }

    long auditRows() {
        return auditRows + decisions.rows();
    }

    /// The settlements that are booked, the oldest first.
    List<Bill> bills() {
        return visits.values().stream().map(Visit::bill).toList();
    }
}
