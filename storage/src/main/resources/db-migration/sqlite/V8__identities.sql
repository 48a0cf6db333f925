-- Identity numbers (证件号码): only as ciphertext, found by a keyed hash. Nothing here can be read without the master key,
-- which is not in the book.

-- Versions of the keys that seal identities, each wrapped by the master key; `master` is the fingerprint of that one.
create table identity_keys (
    version integer primary key check (version > 0),
    algorithm text not null check (algorithm in ('AES-GCM', 'SM4-GCM')),
    wrapped blob not null check (length(wrapped) = 92),
    master text not null,
    created_at integer not null
) strict;

-- The identity of a member. `hash` is of kind and number under the version's key: one identity belongs to one member.
create table identities (
    member integer primary key references members (id),
    version integer not null references identity_keys (version),
    kind text not null,
    hash blob not null unique check (length(hash) = 32),
    sealed blob not null check (length(sealed) > 28)
) strict;
create index identities_by_version on identities (version);

-- A key may be wrapped again by another master key; nothing else about it changes.
create trigger identity_keys_stay before update on identity_keys
when (new.version, new.algorithm, new.created_at) <> (old.version, old.algorithm, old.created_at)
begin select raise(abort, 'identity_keys: only what wraps a key changes'); end;
create trigger identity_keys_remain before delete on identity_keys
begin select raise(abort, 'identity_keys: a key is never deleted'); end;
