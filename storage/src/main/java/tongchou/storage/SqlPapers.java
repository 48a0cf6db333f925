package tongchou.storage;

import java.util.Optional;

/// What was sent, on a relational store (原始申请).
record SqlPapers(SqlKeys.Reader reader) implements Papers {

    @Override
    public Optional<byte[]> request(String settlement) {
        return reader.read(session -> session.row("""
                select p.content from settlements s join papers p on p.settlement = s.id where s.public_id = ?""",
                row -> row.document(1), settlement));
    }
}
