package tongchou.storage;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tongchou.storage.AuditLog.Act;
import tongchou.storage.Book.Conflict;

/// The identities on a relational store (证件信息).
final class SqlIdentities implements Identities {

    private static final String COLUMNS = """
            select m.token, i.version, i.kind, i.hash, i.sealed from identities i join members m on m.id = i.member\s""";

    private final Dialect dialect;
    private final Writer writer;
    private final SqlKeys.Reader reader;
    private final AuditLog audit;
    private final Members members;

    SqlIdentities(Dialect dialect, Writer writer, SqlKeys.Reader reader, AuditLog audit, Members members) {
        this.dialect = dialect;
        this.writer = writer;
        this.reader = reader;
        this.audit = audit;
        this.members = members;
    }

    @Override
    public List<SealedKey> keys() {
        return reader.read(session -> session.rows(
                "select version, algorithm, wrapped, master, created_at from identity_keys order by version",
                row -> new SealedKey((int) row.number(1), row.text(2), row.bytes(3), row.text(4),
                        Instant.ofEpochMilli(row.number(5)))));
    }

    @Override
    public boolean addKey(SealedKey key, String by) {
        return writer.write(session -> {
            if (newest(session) != key.version() - 1) {
                return false;
            }
            session.insertAll("identity_keys", "version, algorithm, wrapped, master, created_at", List.of(List.of(
                    key.version(), key.algorithm(), key.wrapped(), key.master(), key.createdAt().toEpochMilli())));
            audit.append(session, new Act(key.createdAt(), by, "identity-key", Integer.toString(key.version()),
                    List.of("algorithm", key.algorithm(), "master", key.master())));
            return true;
        });
    }

    private static long newest(Session session) {
        return session.number("select coalesce(max(version), 0) from identity_keys");
    }

    @Override
    public void rewrap(List<SealedKey> keys, String by, Instant at) {
        writer.write(session -> {
            keys.forEach(key -> session.change("update identity_keys set wrapped = ?, master = ? where version = ?",
                    key.wrapped(), key.master(), key.version()));
            audit.append(session, new Act(at, by, "identity-master-key", keys.getLast().master(), List.of()));
            return true;
        });
    }

    @Override
    public Optional<Conflict> register(
            Person person, Sealed identity, List<byte[]> hashes, String by, Instant at) {
        return writer.write(session -> {
            requireNewest(session, identity);
            var token = person.member().token();
            members.lock(session, token);
            var taken = taken(session, token, hashes)
                    .or(() -> of(session, token).filter(present -> !isOneOf(present.hash(), hashes))
                            .map(other -> new Conflict("identity", OTHER_IDENTITY)));
            if (taken.isPresent()) {
                return taken;
            }
            var known = Members.id(session, token).isPresent();
            var conflict = members.register(session, person);
            if (conflict.isPresent()) {
                return conflict;
            }
            if (!known) {
                audit.append(session, new Act(at, by, "member", token, Particulars.of(person)));
            }
            if (of(session, token).isEmpty()) {
                write(session, identity);
                audit.append(session, new Act(at, by, "identity", token, facts(identity)));
            }
            return Optional.empty();
        });
    }

    @Override
    public Optional<Conflict> change(
            Sealed identity, List<byte[]> hashes, String reason, String by, Instant at) {
        return writer.write(session -> {
            requireNewest(session, identity);
            members.lock(session, identity.token());
            var member = Members.id(session, identity.token());
            var taken = member.isEmpty() ? Optional.of(new Conflict("member", identity.token()))
                    : taken(session, identity.token(), hashes);
            if (taken.isPresent()) {
                return taken;
            }
            if (of(session, identity.token()).filter(present -> isOneOf(present.hash(), hashes)).isEmpty()) {
                session.change("delete from identities where member = ?", member.get());
                write(session, identity);
                audit.append(session, new Act(at, by, "identity-change", identity.token(), List.of(
                        "kind", identity.kind(), "key", Integer.toString(identity.version()), "reason", reason)));
            }
            return Optional.empty();
        });
    }

    private static List<String> facts(Sealed identity) {
        return List.of("kind", identity.kind(), "key", Integer.toString(identity.version()));
    }

    /// No other key may come in between: what is sealed is found by the hashes of all versions.
    private void requireNewest(Session session, Sealed identity) {
        if (dialect.locksRows()) {
            session.rows("select version from identity_keys order by version for share", row -> row.number(1));
        }
        if (newest(session) != identity.version()) {
            throw new StaleKeys();
        }
    }

    private static Optional<Conflict> taken(Session session, String token, List<byte[]> hashes) {
        return find(session, hashes).filter(owner -> !owner.equals(token))
                .map(other -> new Conflict("identity", OTHER_MEMBER));
    }

    private static boolean isOneOf(byte[] hash, List<byte[]> hashes) {
        return hashes.stream().anyMatch(one -> Arrays.equals(one, hash));
    }

    private static void write(Session session, Sealed identity) {
        session.insertAll("identities", "member, version, kind, hash, sealed", List.of(List.of(
                Members.id(session, identity.token()).orElseThrow(), identity.version(), identity.kind(),
                identity.hash(), identity.sealed())));
    }

    @Override
    public Optional<String> find(List<byte[]> hashes) {
        return reader.read(session -> find(session, hashes));
    }

    private static Optional<String> find(Session session, List<byte[]> hashes) {
        for (var hash : hashes) {
            var token = session.row("""
                    select m.token from identities i join members m on m.id = i.member where i.hash = ?""",
                    row -> row.text(1), hash);
            if (token.isPresent()) {
                return token;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Sealed> of(String token) {
        return reader.read(session -> of(session, token));
    }

    private static Optional<Sealed> of(Session session, String token) {
        return session.row(COLUMNS + "where m.token = ?", SqlIdentities::sealed, token);
    }

    @Override
    public List<Sealed> before(int version, int limit) {
        return reader.read(session -> session.rows(COLUMNS + "where i.version < ? order by i.version, i.member limit ?",
                SqlIdentities::sealed, version, limit));
    }

    private static Sealed sealed(Session.Row row) {
        return new Sealed(row.text(1), (int) row.number(2), row.text(3), row.bytes(4), row.bytes(5));
    }

    @Override
    public boolean reseal(Sealed old, Sealed next) {
        return writer.write(session -> session.change(
                "update identities set version = ?, hash = ?, sealed = ? where hash = ?",
                next.version(), next.hash(), next.sealed(), old.hash()) == 1);
    }
}
