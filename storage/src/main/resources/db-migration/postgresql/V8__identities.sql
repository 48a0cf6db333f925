-- Identity numbers (证件号码): only as ciphertext, found by a keyed hash. Nothing here can be read without the master key,
-- which is not in the book.

-- Versions of the keys that seal identities, each wrapped by the master key; `master` is the fingerprint of that one.
create table identity_keys (
    version bigint primary key check (version > 0),
    algorithm text not null check (algorithm in ('AES-GCM', 'SM4-GCM')),
    wrapped bytea not null check (length(wrapped) = 92),
    master text not null,
    created_at bigint not null
);

-- The identity of a member. `hash` is of kind and number under the version's key: one identity belongs to one member.
create table identities (
    member bigint primary key references members (id),
    version bigint not null references identity_keys (version),
    kind text not null,
    hash bytea not null unique check (length(hash) = 32),
    sealed bytea not null check (length(sealed) > 28)
);
create index identities_by_version on identities (version);

-- A key may be wrapped again by another master key; nothing else about it changes.
create function identity_keys_stay() returns trigger language plpgsql as $$
begin
    if (new.version, new.algorithm, new.created_at) is distinct from
            (old.version, old.algorithm, old.created_at) then
        raise exception 'identity_keys: only what wraps a key changes';
    end if;
    return new;
end $$;
create trigger identity_keys_stay before update on identity_keys for each row execute function identity_keys_stay();
create function identity_keys_remain() returns trigger language plpgsql as $$
begin
    raise exception 'identity_keys: a key is never deleted';
end $$;
create trigger identity_keys_remain before delete or truncate on identity_keys
execute function identity_keys_remain();
