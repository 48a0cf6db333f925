-- Two persons (双人复核), manual adjustments (手工调账), and which versions of packs are in force for booking (政策包启用).

-- Something that a second person has to confirm. `content` is what will be done, exactly.
create table approvals (
    id bigint generated always as identity primary key,
    public_id text not null unique,
    kind text not null check (kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION')),
    sender text not null,
    key text not null,
    subject text not null,
    content bytea not null,
    digest bytea not null check (length(digest) = 32),
    reason text not null check (reason <> ''),
    asked_by text not null,
    asked_holder text not null,
    asked_at bigint not null,
    expires_at bigint not null check (expires_at > asked_at),
    unique (kind, sender, key)
);

-- One decision (number 1) and one outcome (number 2), never changed.
create table approval_steps (
    approval bigint not null references approvals (id),
    number bigint not null check (number in (1, 2)),
    step text not null check (number = 1 and step in ('CONFIRMED', 'DECLINED') or number = 2 and step in ('DONE', 'FAILED')),
    who text not null,
    holder text not null,
    at bigint not null,
    text bytea not null,
    primary key (approval, number)
);

-- An adjustment of a member's account money or of one sum; one that takes back another has its amounts with the other
-- sign. Numbers are drawn from one series with those of settlements. Written last, and never changed.
create table adjustments (
    id bigint primary key,
    public_id text not null unique,
    member bigint not null references members (id),
    takes_back bigint unique references adjustments (id),
    reason text not null check (reason <> ''),
    document text not null check (document <> ''),
    account_fen bigint not null,
    booked_at bigint not null
);
create table adjustment_entries (
    adjustment bigint not null references adjustments (id) deferrable initially deferred,
    number bigint not null,
    account bigint not null references accounts (id),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (adjustment, number)
);
create table adjustment_movements (
    adjustment bigint not null references adjustments (id) deferrable initially deferred,
    counter bigint not null references counters (id),
    before bigint not null check (before >= 0),
    after bigint not null check (after >= 0 and after <> before),
    primary key (adjustment, counter)
);

alter table account_movements add column adjustment bigint references adjustments (id) deferrable initially deferred
    check (adjustment is null or settlement is null and reversal is null and correction is null);
create unique index account_movements_of_adjustment on account_movements (adjustment, member)
    where adjustment is not null;

drop view journal;
create view journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries
    union all select correction, number, account, amount_fen from correction_entries
    union all select adjustment, number, account, amount_fen from adjustment_entries;
drop view movements;
create view movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements
    union all select correction, counter, before, after from correction_movements
    union all select adjustment, counter, before, after from adjustment_movements;

-- A version of a pack that books from a moment on, until another of the same pack does.
create table activations (
    id bigint generated always as identity primary key,
    approval text not null unique,
    pack text not null,
    version text not null,
    hash text not null,
    effective_at bigint not null,
    forced bigint not null check (forced in (0, 1)),
    confirmed_at bigint not null
);
create index activations_of_pack on activations (pack, effective_at);

-- What the database itself keeps -------------------------------------------------------------------------------------

create function adjustment_is_sum_of_its_parts() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(amount_fen), 0) from adjustment_entries where adjustment = new.id) <> 0 then
        raise exception 'adjustment: its entries do not sum to zero';
    end if;
    if new.account_fen <> (select coalesce(sum(current_year_fen + earlier_years_fen), 0)
            from account_movements where adjustment = new.id)
        or new.account_fen <> (select coalesce(sum(e.amount_fen), 0)
            from adjustment_entries e join accounts a on a.id = e.account
            where e.adjustment = new.id and a.kind = 'PERSONAL_ACCOUNT') then
        raise exception 'adjustment: its account money was not moved';
    end if;
    if exists (select 1 from adjustment_movements m join counters c on c.id = m.counter
            where m.adjustment = new.id and c.sum <> m.after) then
        raise exception 'adjustment: a counter is not what it leaves';
    end if;
    return new;
end $$;
create trigger adjustment_is_sum_of_its_parts after insert on adjustments
for each row execute function adjustment_is_sum_of_its_parts();

create function adjustment_is_not_booked() returns trigger language plpgsql as $$
begin
    if exists (select 1 from adjustments where id = new.adjustment) then
        raise exception '%: the adjustment is booked', tg_table_name;
    end if;
    return new;
end $$;
create trigger adjustment_entries_are_complete before insert on adjustment_entries
for each row execute function adjustment_is_not_booked();
create trigger adjustment_movements_are_complete before insert on adjustment_movements
for each row execute function adjustment_is_not_booked();
create trigger adjusted_account_movements_are_complete before insert on account_movements
for each row execute function adjustment_is_not_booked();

create trigger approvals_stay before update or delete or truncate on approvals
execute function booked_stays();
create trigger approval_steps_stay before update or delete or truncate on approval_steps
execute function booked_stays();
create trigger adjustments_stay before update or delete or truncate on adjustments
execute function booked_stays();
create trigger adjustment_entries_stay before update or delete or truncate on adjustment_entries
execute function booked_stays();
create trigger adjustment_movements_stay before update or delete or truncate on adjustment_movements
execute function booked_stays();
create trigger activations_stay before update or delete or truncate on activations
execute function booked_stays();
