package tongchou.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tongchou.core.calendar.InForce;
import tongchou.core.people.Contract;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;

/// The standings of members in the store, with the words that belong to them (参保状态).
final class Standings {

    private static final String DESIGNATED = "DESIGNATED";
    private static final String DISEASE = "DISEASE";
    private static final String TAG = "TAG";

    private static final String STANDINGS = """
            select first_day, %s, area, scheme, status, plan, relief, civil_servant, enrolled_since,
                entitled_from, retired_on, contract_with, contract_first_day, contract_last_day, id,
                claim_free_years
            from standings where member = ? %s order by first_day""";

    private static final String NOW = STANDINGS.formatted("last_day", "");

    private Standings() {
    }

    static List<Standing> of(Session session, long member) {
        return of(session, member, true);
    }

    /// @param hasWords whether any of them has words; when it is known that none has, they are not asked for
    static List<Standing> of(Session session, long member, boolean hasWords) {
        return read(session, hasWords ? words(session, member) : Map.of(), NOW, member);
    }

    /// The standings as they were known when something was booked (入账时所知).
    ///
    /// @param booking its number
    static List<Standing> knownAt(Session session, String token, long booking) {
        var member = Members.id(session, token).orElseThrow();
        return read(session, words(session, member), STANDINGS.formatted(
                "case when ended >= ? then null else last_day end", "and (recorded is null or recorded < ?)"),
                booking, member, booking);
    }

    private static List<Standing> read(Session session, Map<Long, Map<String, List<String>>> words,
            String select, Object... parameters) {
        return session.rows(select, row -> standing(row, words.getOrDefault(row.number(15), Map.of())), parameters);
    }

    /// The words of a member's standings, by standing and list.
    private static Map<Long, Map<String, List<String>>> words(Session session, long member) {
        Map<Long, Map<String, List<String>>> words = new HashMap<>();
        session.rows("""
                select w.standing, w.list, w.word from standings s join standing_words w on w.standing = s.id
                where s.member = ? order by w.standing, w.list, w.number""", row -> words
                .computeIfAbsent(row.number(1), standing -> new HashMap<>())
                .computeIfAbsent(row.text(2), list -> new ArrayList<>()).add(row.text(3)), member);
        return words;
    }

    private static Standing standing(Session.Row row, Map<String, List<String>> words) {
        var contractWith = row.textOrNull(12);
        return new Standing(new InForce(row.day(1), row.lastDay(2)), row.text(3), row.constant(4, Scheme.class),
                row.constant(5, Status.class), row.text(6), row.constant(7, Relief.class), row.number(8) == 1,
                Math.toIntExact(row.number(16)), row.day(9), row.day(10), row.dayOrNull(11),
                contractWith == null ? null : new Contract(contractWith, new InForce(row.day(13), row.lastDay(14))),
                words.getOrDefault(DESIGNATED, List.of()), Set.copyOf(words.getOrDefault(DISEASE, List.of())),
                Set.copyOf(words.getOrDefault(TAG, List.of())));
    }

    static void write(Session session, long member, Standing given) {
        var contract = given.contract();
        var id = session.insert("standings", """
                member, first_day, last_day, area, scheme, status, plan, relief, civil_servant, enrolled_since,
                entitled_from, retired_on, contract_with, contract_first_day, contract_last_day, recorded,
                claim_free_years""",
                member, Session.text(given.inForce().from()), Session.text(given.inForce().to()), given.area(),
                given.scheme().name(), given.status().name(), given.plan(), given.relief().name(),
                given.civilServant() ? 1 : 0, Session.text(given.enrolledSince()), Session.text(given.entitledFrom()),
                Session.text(given.retiredOn()), contract == null ? null : contract.institution(),
                contract == null ? null : Session.text(contract.inForce().from()),
                contract == null ? null : Session.text(contract.inForce().to()), Statements.lastBooking(session),
                given.claimFreeYears());
        var words = new ArrayList<List<Object>>();
        number(words, id, DESIGNATED, given.designated().stream());
        number(words, id, DISEASE, given.diseases().stream().sorted());
        number(words, id, TAG, given.tags().stream().sorted());
        session.insertAll("standing_words", "standing, list, number, word", words);
    }

    private static void number(List<List<Object>> words, long standing, String list, Stream<String> values) {
        var number = new int[1];
        values.forEach(value -> words.add(List.of(standing, list, number[0]++, value)));
    }
}
