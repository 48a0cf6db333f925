package tongchou.storage;

import java.time.Instant;
import java.util.List;

/// Which versions of packs book, on a relational store (政策包启用).
record SqlActivations(Writer writer, SqlKeys.Reader reader, AuditLog audit) implements Activations {

    @Override
    public boolean add(Activation activation, String by) {
        return writer.write(session -> {
            var added = session.insertNew("activations",
                    "approval, pack, version, hash, effective_at, forced, confirmed_at", activation.approval(),
                    activation.pack(), activation.version(), activation.hash(), activation.effectiveAt().toEpochMilli(),
                    activation.forced() ? 1 : 0, activation.confirmedAt().toEpochMilli()).isPresent();
            if (added) {
                audit.append(session, new AuditLog.Act(activation.confirmedAt(), by, "activation", activation.pack(),
                        List.of("approval", activation.approval(), "version", activation.version(), "hash",
                                activation.hash(), "effective", activation.effectiveAt().toString(), "forced",
                                Boolean.toString(activation.forced()))));
            }
            return added;
        });
    }

    @Override
    public List<Activation> all() {
        return reader.read(session -> session.rows("""
                select approval, pack, version, hash, effective_at, forced, confirmed_at
                from activations order by id""", row -> new Activation(row.text(1), row.text(2), row.text(3),
                        row.text(4), Instant.ofEpochMilli(row.number(5)), row.number(6) == 1,
                        Instant.ofEpochMilli(row.number(7)))));
    }
}
