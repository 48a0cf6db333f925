package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The keys on a relational store (接口密钥).
final class SqlKeys implements Keys {

    private static final String COLUMNS = """
            public_id, hash, holder, role, scope, first_day, last_day, created_by, created_at, replaces, revoked_by,
            revoked_at, revoked_for""";

    private final Dialect dialect;
    private final Writer writer;
    private final Reader reader;
    private final AuditLog audit;

    /// @param reader asks outside any change
    SqlKeys(Dialect dialect, Writer writer, Reader reader, AuditLog audit) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
    }

    /// Answers questions from what is durable.
    @FunctionalInterface
    interface Reader {
        <T> T read(Function<Session, T> question);
    }

    @Override
    public void add(Key key) {
        writer.write(session -> insert(session, key));
    }

    @Override
    public boolean addFirst(Key key) {
        return writer.write(session -> {
            if (dialect.locksRows()) {
                session.change("lock table access_keys in share row exclusive mode");
            }
            return session.number("select count(*) from access_keys") == 0 && insert(session, key);
        });
    }

    @Override
    public boolean replace(Key key, LocalDate lastDay) {
        return writer.write(session -> {
            var present = session.row("select " + COLUMNS + " from access_keys where public_id = ?"
                    + dialect.forUpdate(),
                    SqlKeys::read, key.replaces());
            if (present.isEmpty() || present.get().revocation() != null) {
                return false;
            }
            if (lastDay.isBefore(present.get().lastDay())) {
                session.change("update access_keys set last_day = ? where public_id = ?", Session.text(lastDay),
                        key.replaces());
            }
            return insert(session, key);
        });
    }

    private boolean insert(Session session, Key key) {
        session.insert("access_keys",
                "public_id, hash, holder, role, scope, first_day, last_day, created_by, created_at, "
                + "replaces", key.id(), key.hash(), key.holder(), key.role(), key.scope(), Session.text(key.firstDay()),
                Session.text(key.lastDay()), key.createdBy(), key.createdAt().toEpochMilli(), key.replaces());
        var facts = new ArrayList<>(List.of("role", key.role(), "scope", key.scope(), "holder", key.holder(), "from",
                key.firstDay().toString(), "to", key.lastDay().toString()));
        if (key.replaces() != null) {
            facts.addAll(List.of("replaces", key.replaces()));
        }
        audit.append(session, new AuditLog.Act(key.createdAt(), key.createdBy(), "key", key.id(), facts));
        return true;
    }

    @Override
    public Optional<Key> revoke(String id, Revocation revocation) {
        return writer.write(session -> {
            var revoked = session.change("""
                    update access_keys set revoked_by = ?, revoked_at = ?, revoked_for = ?
                    where public_id = ? and revoked_at is null""",
                    revocation.by(), revocation.at().toEpochMilli(), revocation.reason(), id);
            if (revoked > 0) {
                audit.append(session, new AuditLog.Act(revocation.at(), revocation.by(), "key-revoke", id,
                        List.of("reason", revocation.reason())));
            }
            return session.row("select " + COLUMNS + " from access_keys where public_id = ?", SqlKeys::read, id);
        });
    }

    @Override
    public List<Key> all() {
        return reader.read(session -> session.rows("select " + COLUMNS + " from access_keys order by id",
                SqlKeys::read));
    }

    private static Key read(Session.Row row) {
        var revokedBy = row.textOrNull(11);
        return new Key(row.text(1), row.bytes(2), row.text(3), row.text(4), row.text(5), row.day(6), row.day(7),
                row.text(8), Instant.ofEpochMilli(row.number(9)), row.textOrNull(10), revokedBy == null ? null
                        : new Revocation(revokedBy, Instant.ofEpochMilli(row.number(12)), row.text(13)));
    }
}
