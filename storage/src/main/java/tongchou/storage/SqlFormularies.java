package tongchou.storage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;
import tongchou.storage.Book.Conflict;

/// The lists of alliances on a relational store (医联体目录).
record SqlFormularies(Dialect dialect, Witness witness, SqlKeys.Reader reader) implements Formularies {

    private static final String ON = " and (cast(? as text) is null or x.first_day <= ? and "
            + "(x.last_day is null or x.last_day >= ?))";

    /// A dated row that is there.
    private record Present(long id, InForce inForce, String what) {
    }

    /// Ends a transaction of several rows, so that none of them is written.
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Conflict conflict;

        Collision(Conflict conflict) {
            super(conflict.toString(), null, false, false);
            this.conflict = conflict;
        }
    }

    /// Writes every row or none.
    private static <T> Optional<Conflict> all(Session session, List<T> entries,
            java.util.function.BiFunction<Session, T, Optional<Conflict>> write) {
        for (var i = 0; i < entries.size(); i++) {
            var field = "entries[" + i + "].";
            write.apply(session, entries.get(i)).ifPresent(conflict -> {
                throw new Collision(new Conflict(field + conflict.field(), conflict.present()));
            });
        }
        return Optional.empty();
    }

    private static Optional<Conflict> unless(java.util.function.Supplier<Optional<Conflict>> written) {
        try {
            return written.get();
        } catch (Collision collision) {
            return Optional.of(collision.conflict);
        }
    }

    @Override
    public Optional<Conflict> list(List<Listed> entries) {
        return unless(() -> witness.write(session -> all(session, entries, this::list), none -> witness.act("formulary",
                entries.getFirst().alliance(), "records", entries.toString())));
    }

    private Optional<Conflict> list(Session session, Listed entry) {
        var alliance = id(session, "alliances", "code", entry.alliance());
        return place(session, "formulary_entries", "alliance = ? and item = ?", List.of(alliance, entry.item()),
                "price_fen, unit, document", row -> words(price(row, 4), row.text(5), row.text(6)),
                entry.inForce(), words(entry.price(), entry.unit(), entry.document()),
                () -> session.insert("formulary_entries",
                        "alliance, item, first_day, last_day, price_fen, unit, document", alliance, entry.item(),
                        Session.text(entry.inForce().from()), Session.text(entry.inForce().to()),
                        entry.price() == null ? null : (Long) entry.price().value(), entry.unit(), entry.document()));
    }

    private static String words(@Nullable Fen price, String unit, String document) {
        return ((price == null ? "" : price.yuan() + " ") + unit + " " + document).strip();
    }

    private static @Nullable Fen price(Session.Row row, int place) {
        var price = row.textOrNull(place);
        return price == null ? null : Fen.of(Long.parseLong(price));
    }

    @Override
    public Optional<Conflict> stock(List<Stocked> entries) {
        return unless(() -> witness.write(session -> all(session, entries, this::stock), none -> witness.act("stock",
                entries.getFirst().institution(), "records", entries.toString())));
    }

    private Optional<Conflict> stock(Session session, Stocked entry) {
        var institution = id(session, "institutions", "code", entry.institution());
        return place(session, "stocks", "institution = ? and item = ?", List.of(institution, entry.item()), "id",
                row -> "", entry.inForce(), "", () -> session.insert("stocks",
                        "institution, item, first_day, last_day", institution, entry.item(),
                        Session.text(entry.inForce().from()), Session.text(entry.inForce().to())));
    }

    @Override
    public Optional<Conflict> affiliate(Affiliation one) {
        return witness.write(session -> {
            var village = id(session, "institutions", "code", one.village());
            var centre = id(session, "institutions", "code", one.centre());
            return place(session, "affiliations", "village = ?", List.of(village),
                    "(select c.code from institutions c where c.id = affiliations.centre)", row -> row.text(4),
                    one.inForce(), one.centre(), () -> session.insert("affiliations",
                            "village, centre, first_day, last_day", village, centre,
                            Session.text(one.inForce().from()), Session.text(one.inForce().to())));
        }, none -> witness.act("affiliation", one.village(), Particulars.of(one)));
    }

    private static long id(Session session, String table, String column, String word) {
        return session.row("select id from " + table + " where " + column + " = ?", row -> row.number(1), word)
                .orElseThrow(() -> new IllegalArgumentException("no " + word + " in " + table));
    }

    /// Puts a period among those of the same thing.
    private Optional<Conflict> place(Session session, String table, String which, List<Object> parameters,
            String columns, java.util.function.Function<Session.Row, String> read, InForce given, String what,
            Runnable insert) {
        if (dialect.locksRows()) {
            session.change("lock table " + table + " in share row exclusive mode");
        }
        var present = session.rows("select id, first_day, last_day, " + columns + " from " + table + " where " + which
                + " order by first_day", row -> new Present(row.number(1), new InForce(row.day(2), row.lastDay(3)),
                        read.apply(row)), parameters.toArray());
        for (var one : present) {
            if (one.inForce().from().equals(given.from())) {
                return same(session, table, one, given, what);
            }
        }
        var before = present.stream().filter(one -> one.inForce().from().isBefore(given.from()))
                .reduce((first, second) -> second).orElse(null);
        for (var one : present) {
            var closes = one == before && one.inForce().isOpen();
            if (one.inForce().overlaps(given) && !closes) {
                return Optional.of(new Conflict("from", one.inForce().toString()));
            }
        }
        if (before != null && before.inForce().isOpen()) {
            end(session, table, before.id(), given.from().minusDays(1));
        }
        insert.run();
        return Optional.empty();
    }

    /// The same again changes nothing; only an open one may get its last day.
    private static Optional<Conflict> same(Session session, String table, Present one, InForce given, String what) {
        if (!one.what().equals(what)) {
            return Optional.of(new Conflict("from", one.inForce() + " " + one.what()));
        }
        if (one.inForce().isOpen() && !given.isOpen()) {
            end(session, table, one.id(), given.to());
            return Optional.empty();
        }
        return one.inForce().equals(given) ? Optional.empty()
                : Optional.of(new Conflict("to", one.inForce().toString()));
    }

    private static void end(Session session, String table, long id, LocalDate last) {
        session.change("update " + table + " set last_day = ? where id = ?", Session.text(last), id);
    }

    @Override
    public List<Listed> listed(String alliance, @Nullable LocalDate day) {
        var on = Session.text(day);
        return reader.read(session -> session.rows("""
                select a.code, x.item, x.first_day, x.last_day, x.price_fen, x.unit, x.document
                from formulary_entries x join alliances a on a.id = x.alliance
                where a.code = ?""" + ON + " order by x.item, x.first_day", row -> new Listed(row.text(1), row.text(2),
                        new InForce(row.day(3), row.lastDay(4)), price(row, 5), row.text(6), row.text(7)),
                alliance, on, on, on));
    }

    @Override
    public List<Stocked> stocked(String institution, LocalDate day) {
        var on = Session.text(day);
        return reader.read(session -> session.rows("""
                select i.code, x.item, x.first_day, x.last_day
                from stocks x join institutions i on i.id = x.institution
                where i.code = ?""" + ON + " order by x.item", row -> new Stocked(row.text(1), row.text(2),
                        new InForce(row.day(3), row.lastDay(4))), institution, on, on, on));
    }

    @Override
    public List<Affiliation> affiliations(LocalDate day) {
        var on = Session.text(day);
        return reader.read(session -> session.rows("""
                select v.code, c.code, x.first_day, x.last_day
                from affiliations x join institutions v on v.id = x.village join institutions c on c.id = x.centre
                where 1 = 1""" + ON + " order by v.code", row -> new Affiliation(row.text(1), row.text(2),
                        new InForce(row.day(3), row.lastDay(4))), on, on, on));
    }

    private static String words(Carried referral) {
        return String.join(" ", referral.member(), referral.sender(), "->", referral.receiver(), referral.episode(),
                referral.issued() + ".." + referral.lastDay());
    }

    @Override
    public Optional<Conflict> refer(Carried referral) {
        return witness.write(session -> {
            var present = find(session, referral.id());
            if (present.isPresent()) {
                return present.get().equals(referral) ? Optional.empty()
                        : Optional.of(new Conflict("id", words(present.get())));
            }
            var id = session.insert("referrals", "public_id, member, sender, receiver, episode, issued, last_day",
                    referral.id(), id(session, "members", "token", referral.member()),
                    id(session, "institutions", "code", referral.sender()),
                    id(session, "institutions", "code", referral.receiver()), referral.episode(),
                    Session.text(referral.issued()), Session.text(referral.lastDay()));
            var rows = new ArrayList<List<Object>>();
            for (var item : referral.items()) {
                rows.add(List.of(id, rows.size() + 1, item.item(), plain(item.quantity())));
            }
            session.insertAll("referral_items", "referral, number, item, quantity", rows);
            return Optional.<Conflict>empty();
        }, none -> witness.act("referral", referral.id(), Particulars.of(referral)));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    @Override
    public Optional<Carried> referral(String id) {
        return reader.read(session -> find(session, id));
    }

    private static Optional<Carried> find(Session session, String id) {
        return session.row("""
                select x.id, m.token, s.code, r.code, x.episode, x.issued, x.last_day
                from referrals x join members m on m.id = x.member join institutions s on s.id = x.sender
                    join institutions r on r.id = x.receiver where x.public_id = ?""", row -> new Carried(id,
                        row.text(2), row.text(3), row.text(4), row.text(5), row.day(6), Objects.requireNonNull(
                        row.dayOrNull(7)), session.rows("select item, quantity from referral_items where referral = ? "
                        + "order by number", item -> new Prescribed(item.text(1), new BigDecimal(item.text(2))),
                        row.number(1))), id);
    }
}
