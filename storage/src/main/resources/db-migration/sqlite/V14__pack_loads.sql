-- Which versions of packs the servers of this book worked with (政策包装载记录). Only added to.
create table pack_loads (
    id integer primary key,
    pack text not null,
    version text not null,
    hash text not null,
    signer text not null,
    forced integer not null check (forced in (0, 1)),
    loaded_at integer not null
) strict;
create index pack_loads_of_pack on pack_loads (pack, id);

create trigger pack_loads_stay before update on pack_loads
begin select raise(abort, 'pack_loads: what was loaded is never edited'); end;
create trigger pack_loads_remain before delete on pack_loads
begin select raise(abort, 'pack_loads: what was loaded is never deleted'); end;
