-- Whose signatures of packs the servers of this book accept (信任记录). Only added to.
create table trusted_keys (
    id integer primary key,
    key_id text not null,
    signature text not null,
    name text not null,
    areas text not null,
    trusted integer not null check (trusted in (0, 1)),
    changed_at integer not null
) strict;
create index trusted_keys_of_key on trusted_keys (key_id, id);

create trigger trusted_keys_stay before update on trusted_keys
begin select raise(abort, 'trusted_keys: what was trusted is never edited'); end;
create trigger trusted_keys_remain before delete on trusted_keys
begin select raise(abort, 'trusted_keys: what was trusted is never deleted'); end;
