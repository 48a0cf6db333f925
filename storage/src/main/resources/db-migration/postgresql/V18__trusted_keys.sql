-- Whose signatures of packs the servers of this book accept (信任记录). Only added to.
create table trusted_keys (
    id bigint generated always as identity primary key,
    key_id text not null,
    signature text not null,
    name text not null,
    areas text not null,
    trusted bigint not null check (trusted in (0, 1)),
    changed_at bigint not null
);
create index trusted_keys_of_key on trusted_keys (key_id, id);

create trigger trusted_keys_stay before update or delete or truncate on trusted_keys
execute function booked_stays();
