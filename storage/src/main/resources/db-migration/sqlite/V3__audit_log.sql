-- The audit log (审计日志): one row for every change, each row bound to the one before it, never changed.

-- The document of a row is what was done; its hash is of 0x00, the hash of the row before, and the document. So the
-- rows are a chain, and at the same time the leaves of a Merkle tree (RFC 6962). The first row follows no bytes.
create table audit (
    id integer primary key,
    algorithm text not null,
    previous blob not null,
    hash blob not null,
    document blob not null
) strict;

-- Signed sizes and roots; the same lines are in a place outside. The edge is what the tree grows from.
create table checkpoints (
    size integer primary key,
    algorithm text not null,
    line text not null,
    edge blob not null
) strict;

create trigger audit_follows before insert on audit
when new.id <> (select coalesce(max(id), 0) + 1 from audit)
begin select raise(abort, 'audit: a row follows the last'); end;
create trigger audit_stays before update on audit
begin select raise(abort, 'audit: what is booked is never edited'); end;
create trigger audit_remains before delete on audit
begin select raise(abort, 'audit: what is booked is never deleted'); end;
create trigger checkpoints_stay before update on checkpoints
begin select raise(abort, 'checkpoints: what is booked is never edited'); end;
create trigger checkpoints_remain before delete on checkpoints
begin select raise(abort, 'checkpoints: what is booked is never deleted'); end;
