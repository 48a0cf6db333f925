package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.core.people.Digits;

/// The audit log in the store (审计日志): who changed what and when, each row bound to the one before it: its hash is
/// of the hash before and of its document.
///
/// A document is lines of UTF-8: number, time, who, what was done, to what, then `name=value`. A time or a person that
/// nobody told is empty. Identity numbers that somebody wrote into a text are left out.
final class AuditLog {

    private static final Pattern IDENTITY_NUMBER = Pattern.compile("(?<!\\d)\\d{6}(18|19|20)\\d{9}[\\dXx](?!\\d)");
    private static final byte[] NOTHING = {};

    private final Dialect dialect;
    private final Fingerprint fingerprint;

    AuditLog(Dialect dialect, Fingerprint fingerprint) {
        this.dialect = dialect;
        this.fingerprint = fingerprint;
    }

    /// The dialect of its store.
    Dialect dialect() {
        return dialect;
    }

    /// Something that was done.
    ///
    /// @param facts names and values in turn
    record Act(@Nullable Instant at, String who, String kind, String subject, List<String> facts) {
    }

    /// A row of the log.
    record Row(long number, String algorithm, byte[] hash, byte[] document) {

        List<String> lines() {
            return List.of(new String(document, StandardCharsets.UTF_8).split("\n", -1));
        }

        private static Row of(Session.Row row) {
            return new Row(row.number(1), row.text(2), row.bytes(3), row.bytes(4));
        }
    }

    /// The number and the hash of a row that others follow.
    record Last(long number, byte[] hash) {
    }

    /// Adds a row. Whoever adds one keeps others from doing so until the transaction ends: it comes last.
    void append(Session session, Act act) {
        append(session, told(act));
    }

    /// Adds a row.
    ///
    /// @param told what its document says after the number
    void append(Session session, byte[] told) {
        if (!dialect.lockAudit().isEmpty()) {
            session.rows(dialect.lockAudit(), row -> 0);
        }
        var last = dialect.locksRows() ? last(session) : session.tail().audit(session);
        var number = (last.number() + 1 + "").getBytes(StandardCharsets.UTF_8);
        var document = Arrays.copyOf(number, number.length + told.length);
        System.arraycopy(told, 0, document, number.length, told.length);
        var hash = fingerprint.leaf(last.hash(), document);
        session.insertAll("audit", "id, algorithm, hash, document", List.of(List.of(last.number() + 1,
                fingerprint.algorithm(), hash, document)));
        session.tail().added(new Last(last.number() + 1, hash));
    }

    /// The last row, number 0 before the first.
    static Last last(Session session) {
        return session.row("select id, hash from audit order by id desc limit 1",
                row -> new Last(row.number(1), row.bytes(2))).orElse(new Last(0, NOTHING));
    }

    /// What the document of an act says after its number.
    static byte[] told(Act act) {
        var text = new StringBuilder().append('\n').append(act.at() == null ? "" : act.at())
                .append('\n').append(clean(act.who())).append('\n').append(act.kind())
                .append('\n').append(clean(act.subject()));
        for (var i = 0; i < act.facts().size(); i += 2) {
            text.append('\n').append(act.facts().get(i)).append('=').append(clean(act.facts().get(i + 1)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A hash as documents write it.
    static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /// The SHA-256 of bytes as documents write it.
    static String hash(byte[] bytes) {
        return text(Fingerprint.SHA_256.of(bytes));
    }

    private static String clean(String text) {
        var safe = Digits.isRun(text, 17) ? IDENTITY_NUMBER.matcher(text).replaceAll("***") : text;
        return safe.replace("\\", "\\\\").replace("\n", "\\n");
    }

    static long size(Session session) {
        return session.number("select coalesce(max(id), 0) from audit");
    }

    static List<Row> after(Session session, long number, int limit) {
        return session.rows("""
                select id, algorithm, hash, document from audit where id > ? order by id limit ?""",
                Row::of, number, limit);
    }

    /// Signs how long the log is and what is in it. The tree grows from the newest checkpoint of the same algorithm.
    Checkpoint checkpoint(Session session, Seal seal, Instant now) {
        var edge = session.row("select edge from checkpoints where algorithm = ? order by size desc limit 1",
                row -> new Edge(fingerprint, row.bytes(1)), fingerprint.algorithm())
                .orElseGet(() -> new Edge(fingerprint));
        for (var rows = after(session, edge.size(), 1_000); !rows.isEmpty();
                rows = after(session, edge.size(), 1_000)) {
            rows.forEach(row -> edge.add(row.hash()));
        }
        var unsigned = new Checkpoint(edge.size(), fingerprint.algorithm(), edge.root(), now, seal.keyId(),
                seal.algorithm(), NOTHING);
        var checkpoint = new Checkpoint(unsigned.size(), unsigned.algorithm(), unsigned.root(), now, seal.keyId(),
                seal.algorithm(), seal.sign(unsigned.text()));
        session.change("insert into checkpoints (size, algorithm, line, edge) values (?, ?, ?, ?) "
                + "on conflict do nothing", edge.size(), fingerprint.algorithm(), checkpoint.line(), edge.bytes());
        return checkpoint;
    }

    static List<Checkpoint> checkpoints(Session session) {
        return session.rows("select line from checkpoints order by size", row -> Checkpoint.of(row.text(1)));
    }

    /// The value of a name in a document.
    static Optional<String> fact(Row row, String name) {
        return row.lines().stream().skip(5).filter(line -> line.startsWith(name + "=")).findFirst()
                .map(line -> line.substring(name.length() + 1));
    }
}
