package tongchou.storage;

import java.util.Optional;
import tongchou.core.money.Fen;
import tongchou.core.people.Purse;
import tongchou.storage.Book.Stored;

/// What was sent, on a relational store (原始申请).
record SqlPapers(SqlKeys.Reader reader, Members members) implements Papers {

    private record Found(Stored stored, byte[] request, long id, long member) {
    }

    @Override
    public Optional<byte[]> request(String settlement) {
        return reader.read(session -> session.row("""
                select p.content from settlements s join papers p on p.settlement = s.id where s.public_id = ?""",
                row -> row.document(1), settlement));
    }

    @Override
    public Optional<Inputs> inputs(String settlement) {
        return reader.read(session -> session.row("""
                select s.public_id, i.code, s.key, m.token, s.booked_at, p.reply, p.content, s.id, s.member
                from settlements s join institutions i on i.id = s.institution join members m on m.id = s.member
                    join papers p on p.settlement = s.id
                where s.public_id = ?""", row -> new Found(Settlements.stored(row), row.document(7), row.number(8),
                row.number(9)), settlement).map(found -> inputs(session, found)));
    }

    private Inputs inputs(Session session, Found found) {
        var token = found.stored().member();
        var now = members.household(session, token).orElseThrow().person();
        var person = new Person(now.member(), Standings.knownAt(session, token, found.id()), taken(session, found),
                now.sharers());
        return new Inputs(found.stored(), found.request(), person,
                Refold.metAtBooking(session, found.member(), found.id()), (code, day) -> reader.read(
                        later -> Institutions.knownAt(later, code, day, found.id())));
    }

    private static Purse taken(Session session, Found found) {
        return session.row("""
                select coalesce(sum(case when member = ? then -current_year_fen else 0 end), 0),
                    coalesce(sum(case when member = ? then -earlier_years_fen else 0 end), 0),
                    coalesce(sum(case when member = ? then 0 else -current_year_fen - earlier_years_fen end), 0)
                from account_movements where settlement = ?""", row -> new Purse(Fen.of(row.number(1)),
                Fen.of(row.number(2)), Fen.of(row.number(3))), found.member(), found.member(), found.member(),
                found.id()).orElseThrow();
    }
}
