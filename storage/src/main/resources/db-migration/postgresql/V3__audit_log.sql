-- The audit log (审计日志): one row for every change, each row bound to the one before it, never changed.

-- The document of a row is what was done; its hash is of 0x00, the hash of the row before, and the document. So the
-- rows are a chain, and at the same time the leaves of a Merkle tree (RFC 6962). The first row follows no bytes.
create table audit (
    id bigint primary key,
    algorithm text not null,
    previous bytea not null,
    hash bytea not null,
    document bytea not null
);

-- Signed sizes and roots; the same lines are in a place outside. The edge is what the tree grows from.
create table checkpoints (
    size bigint primary key,
    algorithm text not null,
    line text not null,
    edge bytea not null
);

create trigger audit_stays before update or delete or truncate on audit
execute function booked_stays();
create trigger checkpoints_stay before update or delete or truncate on checkpoints
execute function booked_stays();
