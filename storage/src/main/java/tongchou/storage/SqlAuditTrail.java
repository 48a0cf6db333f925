package tongchou.storage;

import java.util.List;

/// The audit log on a relational store (审计日志).
record SqlAuditTrail(SqlKeys.Reader reader) implements AuditTrail {

    private static final int FACTS = 5;

    @Override
    public List<Entry> page(long after, int limit) {
        return reader.read(session -> AuditLog.after(session, after, limit)).stream()
                .map(SqlAuditTrail::entry).toList();
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return reader.read(AuditLog::checkpoints);
    }

    private static Entry entry(AuditLog.Row row) {
        var lines = row.lines();
        return new Entry(row.number(), row.algorithm(), row.hash(), line(lines, 1), line(lines, 2), line(lines, 3),
                line(lines, 4), lines.size() > FACTS ? lines.subList(FACTS, lines.size()) : List.of());
    }

    private static String line(List<String> lines, int place) {
        return place < lines.size() ? lines.get(place) : "";
    }
}
