-- Who may call (准入). A key itself is never here, only SHA-256 of it.

create table access_keys (
    id integer primary key,
    public_id text not null unique,
    hash blob not null check (length(hash) = 32),
    holder text not null,
    role text not null check (role in ('institution', 'alliance-lead', 'bureau-clerk', 'bureau-supervisor', 'auditor',
        'administrator')),
    scope text not null check ((scope = '') = (role = 'administrator')),
    first_day text not null check (first_day is date(first_day)),
    last_day text not null check (last_day is date(last_day) and last_day >= first_day),
    created_by text not null,
    created_at integer not null,
    replaces text references access_keys (public_id),
    revoked_by text,
    revoked_at integer,
    revoked_for text,
    check ((revoked_by is null) = (revoked_at is null) and (revoked_by is null) = (revoked_for is null))
) strict;

-- A key may end earlier and may be revoked once; nothing else about it changes.
create trigger access_keys_stay before update on access_keys
when (new.id, new.public_id, new.hash, new.holder, new.role, new.scope, new.first_day, new.created_by, new.created_at)
        <> (old.id, old.public_id, old.hash, old.holder, old.role, old.scope, old.first_day, old.created_by,
            old.created_at)
    or new.replaces is not old.replaces or new.last_day > old.last_day or old.revoked_at is not null
begin select raise(abort, 'access_keys: a key only ends'); end;
create trigger access_keys_remain before delete on access_keys
begin select raise(abort, 'access_keys: a key is never deleted'); end;
