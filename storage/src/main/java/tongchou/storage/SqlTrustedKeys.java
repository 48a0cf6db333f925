package tongchou.storage;

import java.time.Instant;
import java.util.List;

/// Whose signatures are accepted, on a relational store (信任记录).
record SqlTrustedKeys(Writer writer, SqlKeys.Reader reader, AuditLog audit) implements TrustedKeys {

    private static final String COLUMNS = "key_id, signature, name, areas, trusted, changed_at";

    @Override
    public void add(Change change, String by) {
        var areas = String.join(" ", change.areas());
        writer.write(session -> {
            session.insert("trusted_keys", COLUMNS, change.keyId(), change.signature(), change.name(), areas,
                    change.trusted() ? 1 : 0, change.at().toEpochMilli());
            audit.append(session, new AuditLog.Act(change.at(), by, change.trusted() ? "trust-add" : "trust-remove",
                    change.keyId(), List.of("signature", change.signature(), "name", change.name(), "areas", areas)));
            return change;
        });
    }

    @Override
    public List<Change> trusted() {
        return reader.read(session -> session.rows("select " + COLUMNS + " from trusted_keys where trusted = 1 and "
                + "id in (select max(id) from trusted_keys group by key_id) order by key_id", SqlTrustedKeys::change));
    }

    private static Change change(Session.Row row) {
        var areas = row.text(4);
        return new Change(row.text(1), row.text(2), row.text(3), areas.isEmpty() ? List.of()
                : List.of(areas.split(" ")), row.number(5) == 1, Instant.ofEpochMilli(row.number(6)));
    }
}
