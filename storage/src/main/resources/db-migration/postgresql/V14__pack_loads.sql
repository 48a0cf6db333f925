-- Which versions of packs the servers of this book worked with (政策包装载记录). Only added to.
create table pack_loads (
    id bigint generated always as identity primary key,
    pack text not null,
    version text not null,
    hash text not null,
    signer text not null,
    forced bigint not null check (forced in (0, 1)),
    loaded_at bigint not null
);
create index pack_loads_of_pack on pack_loads (pack, id);

create trigger pack_loads_stay before update or delete or truncate on pack_loads
execute function booked_stays();
