-- Reversals (退费, 撤销), settlements that met sums which no longer hold (待重算), and parked members (挂起).

-- A settlement that was taken back: every amount of it with the other sign. Numbers are drawn from one series with
-- those of settlements, so that together they give the order of booking. Written last, and never changed.
create table reversals (
    id bigint primary key,
    public_id text not null unique,
    settlement bigint not null unique references settlements (id),
    sender text not null,
    key text not null,
    reason text not null check (reason <> ''),
    reversed_at bigint not null,
    total_fen bigint not null check (total_fen <= 0),
    full_self_pay_fen bigint not null check (full_self_pay_fen <= 0),
    over_limit_fen bigint not null check (over_limit_fen <= 0),
    pre_pay_fen bigint not null check (pre_pay_fen <= 0),
    in_scope_fen bigint not null check (in_scope_fen <= 0),
    deductible_fen bigint not null check (deductible_fen <= 0),
    fund_fen bigint not null check (fund_fen <= 0),
    account_fen bigint not null check (account_fen <= 0),
    cash_fen bigint not null check (cash_fen <= 0),
    hospital_fen bigint not null check (hospital_fen <= 0),
    unique (sender, key)
);

create table reversal_papers (
    reversal bigint primary key references reversals (id) deferrable initially deferred,
    content_hash bytea not null check (length(content_hash) = 32),
    content bytea not null,
    reply bytea not null
);

create table reversal_postings (
    reversal bigint not null references reversals (id) deferrable initially deferred,
    number bigint not null,
    payer text not null,
    layer bigint references layers (id),
    amount_fen bigint not null check (amount_fen <= 0),
    primary key (reversal, number)
);

create table reversal_entries (
    reversal bigint not null references reversals (id) deferrable initially deferred,
    number bigint not null,
    account bigint not null references accounts (id),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (reversal, number)
);

create table reversal_movements (
    reversal bigint not null references reversals (id) deferrable initially deferred,
    counter bigint not null references counters (id),
    before bigint not null check (before >= 0),
    after bigint not null check (after >= 0 and after <> before),
    primary key (reversal, counter)
);

alter table account_movements add column reversal bigint references reversals (id) deferrable initially deferred
    check (reversal is null or settlement is null);
create unique index account_movements_of_reversal on account_movements (reversal, member) where reversal is not null;

-- What every booking did, in the order of booking.
create view journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries;
create view movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements;

drop index settlements_of_member;
create index settlements_of_member_by_day on settlements (member, binding_day);

-- The sums that a benefit reads; benefits that were settled by before this table was there read any.
create table rule_counters (
    id bigint generated always as identity primary key,
    rule bigint not null references rules (id),
    name bigint not null references counter_names (id),
    unique (rule, name)
);

-- A settlement that met sums which the booking `cause` has changed behind it.
create table stale_settlements (
    settlement bigint not null references settlements (id),
    cause bigint not null,
    reason text not null check (reason in ('REVERSAL', 'LATE_ARRIVAL')),
    primary key (settlement, cause)
);

-- A member for whom nothing is booked until a person has looked; parked by the book itself where nobody is named.
create table parkings (
    id bigint generated always as identity primary key,
    member bigint not null references members (id),
    reason text not null check (reason <> ''),
    parked_by text not null,
    parked_at bigint not null
);
create index parkings_of_member on parkings (member);

create table releases (
    parking bigint primary key references parkings (id),
    reason text not null check (reason <> ''),
    released_by text not null check (released_by <> ''),
    released_at bigint not null
);

-- What the database itself keeps -------------------------------------------------------------------------------------

create function reversal_cancels_its_settlement() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from settlements s where s.id = new.settlement
        and (s.total_fen, s.full_self_pay_fen, s.over_limit_fen, s.pre_pay_fen, s.in_scope_fen) =
            (-new.total_fen, -new.full_self_pay_fen, -new.over_limit_fen, -new.pre_pay_fen, -new.in_scope_fen)
        and (s.deductible_fen, s.fund_fen, s.account_fen, s.cash_fen, s.hospital_fen) =
            (-new.deductible_fen, -new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen)) then
        raise exception 'reversal: its amounts do not cancel';
    end if;
    if exists (
            select number, payer, layer, amount_fen from postings where settlement = new.settlement
            except select number, payer, layer, -amount_fen from reversal_postings where reversal = new.id)
        or (select count(*) from postings where settlement = new.settlement)
            <> (select count(*) from reversal_postings where reversal = new.id) then
        raise exception 'reversal: its postings do not cancel';
    end if;
    if exists (
            select number, account, amount_fen from entries where settlement = new.settlement
            except select number, account, -amount_fen from reversal_entries where reversal = new.id)
        or (select count(*) from entries where settlement = new.settlement)
            <> (select count(*) from reversal_entries where reversal = new.id) then
        raise exception 'reversal: its entries do not cancel';
    end if;
    if exists (
            select counter, after - before from counter_movements where settlement = new.settlement
            except select counter, before - after from reversal_movements where reversal = new.id)
        or (select count(*) from counter_movements where settlement = new.settlement)
            <> (select count(*) from reversal_movements where reversal = new.id) then
        raise exception 'reversal: its counters do not go back';
    end if;
    if exists (
            select member, current_year_fen, earlier_years_fen from account_movements where settlement = new.settlement
            except select member, -current_year_fen, -earlier_years_fen from account_movements where reversal = new.id)
        or (select count(*) from account_movements where settlement = new.settlement)
            <> (select count(*) from account_movements where reversal = new.id) then
        raise exception 'reversal: its account money does not go back';
    end if;
    if exists (
            select 1 from reversal_movements m join counters c on c.id = m.counter
            where m.reversal = new.id and c.sum <> m.after) then
        raise exception 'reversal: its counter is not what it leaves';
    end if;
    if not exists (select 1 from reversal_papers where reversal = new.id) then
        raise exception 'reversal: its papers are missing';
    end if;
    return new;
end $$;
create trigger reversal_cancels_its_settlement after insert on reversals
for each row execute function reversal_cancels_its_settlement();

create function reversal_is_not_booked() returns trigger language plpgsql as $$
begin
    if exists (select 1 from reversals where id = new.reversal) then
        raise exception '%: the reversal is booked', tg_table_name;
    end if;
    return new;
end $$;
create trigger reversal_postings_are_complete before insert on reversal_postings
for each row execute function reversal_is_not_booked();
create trigger reversal_entries_are_complete before insert on reversal_entries
for each row execute function reversal_is_not_booked();
create trigger reversal_movements_are_complete before insert on reversal_movements
for each row execute function reversal_is_not_booked();

create function account_movement_is_not_booked() returns trigger language plpgsql as $$
begin
    if exists (select 1 from settlements where id = new.settlement)
            or exists (select 1 from reversals where id = new.reversal) then
        raise exception 'account_movements: what moved is booked';
    end if;
    return new;
end $$;
create trigger account_movements_are_complete before insert on account_movements
for each row execute function account_movement_is_not_booked();

create trigger reversals_stay before update or delete or truncate on reversals
execute function booked_stays();
create trigger reversal_papers_stay before update or delete or truncate on reversal_papers
execute function booked_stays();
create trigger reversal_postings_stay before update or delete or truncate on reversal_postings
execute function booked_stays();
create trigger reversal_entries_stay before update or delete or truncate on reversal_entries
execute function booked_stays();
create trigger reversal_movements_stay before update or delete or truncate on reversal_movements
execute function booked_stays();
create trigger stale_settlements_stay before update or delete or truncate on stale_settlements
execute function booked_stays();
create trigger parkings_stay before update or delete or truncate on parkings
execute function booked_stays();
create trigger releases_stay before update or delete or truncate on releases
execute function booked_stays();
