package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which versions of packs were loaded, on a relational store (政策包装载记录).
record SqlPackLoads(Writer writer, SqlKeys.Reader reader, AuditLog audit) implements PackLoads {

    private static final String COLUMNS = "pack, version, hash, signer, forced, loaded_at";

    @Override
    public void add(List<Load> loads, String by) {
        writer.write(session -> {
            for (var load : loads) {
                session.insert("pack_loads", COLUMNS, load.pack(), load.version(), load.hash(), load.signer(),
                        load.forced() ? 1 : 0, load.at().toEpochMilli());
                audit.append(session, new AuditLog.Act(load.at(), by, "pack-load", load.pack(), List.of("version",
                        load.version(), "hash", load.hash(), "signer", load.signer(), "forced",
                        Boolean.toString(load.forced()))));
            }
            return loads;
        });
    }

    @Override
    public Optional<Load> latest(String pack) {
        return reader.read(session -> session.rows("select " + COLUMNS
                + " from pack_loads where pack = ? order by id desc limit 1", SqlPackLoads::load, pack)).stream()
                .findFirst();
    }

    @Override
    public List<Load> all() {
        return reader.read(session -> session.rows("select " + COLUMNS + " from pack_loads order by id",
                SqlPackLoads::load));
    }

    private static Load load(Session.Row row) {
        return new Load(row.text(1), row.text(2), row.text(3), row.text(4), row.number(5) == 1,
                Instant.ofEpochMilli(row.number(6)));
    }
}
