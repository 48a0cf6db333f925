-- Re-settlements (重算): settlements computed again, the differences shown, and booked as entries of their own.

-- A piece of work that lasts. Where it stands (`state`, `resumes`, `reached`) is the only thing about it that changes.
create table resettlements (
    id bigint generated always as identity primary key,
    public_id text not null unique,
    cause text not null check (cause in ('STALE', 'RULES', 'MEMBER')),
    area text not null,
    pack text not null,
    version text not null,
    hash text not null,
    known_on date,
    first_day date not null,
    member text not null,
    reason text not null check (reason <> ''),
    members bigint not null check (members >= 0),
    state text not null check (state in ('COMPUTING', 'READY', 'BOOKING', 'STOPPED', 'DONE', 'DISMISSED')),
    resumes text not null check (resumes in ('', 'COMPUTING', 'BOOKING')),
    reached text not null
);

-- Who brought it there, and when.
create table resettlement_events (
    resettlement bigint not null references resettlements (id),
    number bigint not null,
    state text not null,
    who text not null,
    at bigint not null,
    primary key (resettlement, number)
);

-- A member that was looked at. CHANGED: when it was to be booked, another difference came out, which replaced the first.
create table resettlement_members (
    resettlement bigint not null references resettlements (id),
    member bigint not null references members (id),
    state text not null check (state in ('COMPUTED', 'BLOCKED', 'CHANGED', 'BOOKED')),
    settlements bigint not null check (settlements >= 0),
    fingerprint bytea not null check (length(fingerprint) = 32),
    obstacle_at text not null,
    obstacle text not null,
    primary key (resettlement, member)
);

-- What was found and is not booked: replaced when the member is computed again.
create table differences (
    id bigint generated always as identity primary key,
    resettlement bigint not null references resettlements (id),
    member bigint not null references members (id),
    settlement bigint not null references settlements (id),
    rules bigint not null references rules (id),
    known_on date,
    reply bytea not null,
    unique (resettlement, member, settlement)
);
create table difference_payers (
    difference bigint not null references differences (id) on delete cascade,
    payer text not null,
    before_fen bigint not null,
    after_fen bigint not null,
    primary key (difference, payer)
);
create table difference_counters (
    difference bigint not null references differences (id) on delete cascade,
    name bigint not null references counter_names (id),
    period_key text not null,
    met bigint not null,
    before bigint not null,
    after bigint not null,
    primary key (difference, name, period_key)
);

-- The difference entry of a settlement (更正分录): what it comes to now less what was booked for it before. Cash that was
-- paid stays paid: what the person is owed or owes is `-cash_fen`. One that goes with a reversal takes an earlier one
-- back. Numbers are drawn from one series with those of settlements and reversals. Written last, and never changed.
create table corrections (
    id bigint primary key,
    public_id text not null unique,
    settlement bigint not null references settlements (id),
    resettlement bigint references resettlements (id),
    takes_back bigint unique references corrections (id),
    rules bigint not null references rules (id),
    known_on date,
    booked_at bigint not null,
    full_self_pay_fen bigint not null,
    over_limit_fen bigint not null,
    pre_pay_fen bigint not null,
    in_scope_fen bigint not null,
    deductible_fen bigint not null,
    fund_fen bigint not null,
    account_fen bigint not null,
    cash_fen bigint not null,
    hospital_fen bigint not null,
    check (full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen = 0),
    check (fund_fen + account_fen + cash_fen + hospital_fen = 0),
    check ((resettlement is null) = (takes_back is not null))
);
create index corrections_of_settlement on corrections (settlement);
create index corrections_of_resettlement on corrections (resettlement) where resettlement is not null;

-- The reply the settlement would have by the correction, deflated.
create table correction_papers (
    correction bigint primary key references corrections (id) deferrable initially deferred,
    reply bytea not null
);
create table correction_postings (
    correction bigint not null references corrections (id) deferrable initially deferred,
    number bigint not null,
    payer text not null,
    layer bigint references layers (id),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (correction, number)
);
create table correction_entries (
    correction bigint not null references corrections (id) deferrable initially deferred,
    number bigint not null,
    account bigint not null references accounts (id),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (correction, number)
);
create table correction_movements (
    correction bigint not null references corrections (id) deferrable initially deferred,
    counter bigint not null references counters (id),
    before bigint not null check (before >= 0),
    after bigint not null check (after >= 0 and after <> before),
    primary key (correction, counter)
);

alter table account_movements add column correction bigint references corrections (id) deferrable initially deferred
    check (correction is null or settlement is null and reversal is null);
create unique index account_movements_of_correction on account_movements (correction, member)
    where correction is not null;

-- A mark of `stale_settlements` that was looked at.
create table stale_clearings (
    settlement bigint not null,
    cause bigint not null,
    resettlement bigint not null references resettlements (id),
    primary key (settlement, cause),
    foreign key (settlement, cause) references stale_settlements (settlement, cause)
);

drop view journal;
create view journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries
    union all select correction, number, account, amount_fen from correction_entries;
drop view movements;
create view movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements
    union all select correction, counter, before, after from correction_movements;

-- What the database itself keeps -------------------------------------------------------------------------------------

create function correction_is_sum_of_its_parts() returns trigger language plpgsql as $$
begin
    if exists (select 1 from reversals where settlement = new.settlement) then
        raise exception 'correction: its settlement is reversed';
    end if;
    if (new.account_fen, new.cash_fen, new.hospital_fen, 0) <> (
            select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                    then amount_fen end), 0),
                coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
                coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
                coalesce(sum(amount_fen), 0)
            from correction_postings where correction = new.id) then
        raise exception 'correction: its postings do not add up';
    end if;
    if (select coalesce(sum(amount_fen), 0) from correction_entries where correction = new.id) <> 0 then
        raise exception 'correction: its entries do not sum to zero';
    end if;
    if -new.cash_fen <> (select coalesce(sum(e.amount_fen), 0)
            from correction_entries e join accounts a on a.id = e.account
            where e.correction = new.id and a.kind = 'PERSON_DUE') then
        raise exception 'correction: it is not due to the person';
    end if;
    if exists (select 1 from correction_movements m join counters c on c.id = m.counter
            where m.correction = new.id and c.sum <> m.after) then
        raise exception 'correction: a counter is not what it leaves';
    end if;
    if new.account_fen <> (
            select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
            from account_movements where correction = new.id) then
        raise exception 'correction: its account money was not moved';
    end if;
    if new.takes_back is null and not exists (select 1 from correction_papers where correction = new.id) then
        raise exception 'correction: its papers are missing';
    end if;
    if new.takes_back is not null and not exists (select 1 from corrections c where c.id = new.takes_back
            and c.settlement = new.settlement and c.takes_back is null
            and (c.fund_fen, c.account_fen, c.cash_fen, c.hospital_fen, c.deductible_fen) =
                (-new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen, -new.deductible_fen)) then
        raise exception 'correction: its amounts do not cancel';
    end if;
    return new;
end $$;
create trigger correction_is_sum_of_its_parts after insert on corrections
for each row execute function correction_is_sum_of_its_parts();

create function correction_is_not_booked() returns trigger language plpgsql as $$
begin
    if exists (select 1 from corrections where id = new.correction) then
        raise exception '%: the correction is booked', tg_table_name;
    end if;
    return new;
end $$;
create trigger correction_papers_are_complete before insert on correction_papers
for each row execute function correction_is_not_booked();
create trigger correction_postings_are_complete before insert on correction_postings
for each row execute function correction_is_not_booked();
create trigger correction_entries_are_complete before insert on correction_entries
for each row execute function correction_is_not_booked();
create trigger correction_movements_are_complete before insert on correction_movements
for each row execute function correction_is_not_booked();
create trigger corrected_account_movements_are_complete before insert on account_movements
for each row execute function correction_is_not_booked();

create trigger corrections_stay before update or delete or truncate on corrections
execute function booked_stays();
create trigger correction_papers_stay before update or delete or truncate on correction_papers
execute function booked_stays();
create trigger correction_postings_stay before update or delete or truncate on correction_postings
execute function booked_stays();
create trigger correction_entries_stay before update or delete or truncate on correction_entries
execute function booked_stays();
create trigger correction_movements_stay before update or delete or truncate on correction_movements
execute function booked_stays();
create trigger stale_clearings_stay before update or delete or truncate on stale_clearings
execute function booked_stays();
create trigger resettlement_events_stay before update or delete or truncate on resettlement_events
execute function booked_stays();

create function resettlement_stays() returns trigger language plpgsql as $$
begin
    if (new.id, new.public_id, new.cause, new.area, new.pack, new.version, new.hash, new.first_day, new.member)
            <> (old.id, old.public_id, old.cause, old.area, old.pack, old.version, old.hash, old.first_day, old.member)
        or new.known_on is distinct from old.known_on or new.reason <> old.reason or new.members <> old.members
        or old.state in ('DONE', 'DISMISSED') then
        raise exception 'resettlements: only where it stands may change';
    end if;
    return new;
end $$;
create trigger resettlements_stay before update on resettlements
for each row execute function resettlement_stays();
create trigger resettlements_remain before delete or truncate on resettlements
execute function booked_stays();
