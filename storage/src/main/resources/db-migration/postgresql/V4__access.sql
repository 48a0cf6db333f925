-- Who may call (准入). A key itself is never here, only SHA-256 of it.

create table access_keys (
    id bigint generated always as identity primary key,
    public_id text not null unique,
    hash bytea not null check (length(hash) = 32),
    holder text not null,
    role text not null check (role in ('institution', 'alliance-lead', 'bureau-clerk', 'bureau-supervisor', 'auditor',
        'administrator')),
    scope text not null check ((scope = '') = (role = 'administrator')),
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    created_by text not null,
    created_at bigint not null,
    replaces text references access_keys (public_id),
    revoked_by text,
    revoked_at bigint,
    revoked_for text,
    check ((revoked_by is null) = (revoked_at is null) and (revoked_by is null) = (revoked_for is null))
);

-- A key may end earlier and may be revoked once; nothing else about it changes.
create function access_key_only_ends() returns trigger language plpgsql as $$
begin
    if (new.id, new.public_id, new.hash, new.holder, new.role, new.scope, new.first_day, new.created_by,
            new.created_at, new.replaces) is distinct from (old.id, old.public_id, old.hash, old.holder, old.role,
            old.scope, old.first_day, old.created_by, old.created_at, old.replaces)
        or new.last_day > old.last_day or old.revoked_at is not null then
        raise exception 'access_keys: a key only ends';
    end if;
    return new;
end $$;
create trigger access_keys_stay before update on access_keys for each row execute function access_key_only_ends();

create function access_keys_remain() returns trigger language plpgsql as $$
begin
    raise exception 'access_keys: a key is never deleted';
end $$;
create trigger access_keys_remain before delete or truncate on access_keys
execute function access_keys_remain();
