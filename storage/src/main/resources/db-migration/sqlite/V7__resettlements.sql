-- Re-settlements (重算): settlements computed again, the differences shown, and booked as entries of their own.

-- A piece of work that lasts. Where it stands (`state`, `resumes`, `reached`) is the only thing about it that changes.
create table resettlements (
    id integer primary key,
    public_id text not null unique,
    cause text not null check (cause in ('STALE', 'RULES', 'MEMBER')),
    area text not null,
    pack text not null,
    version text not null,
    hash text not null,
    known_on text check (known_on is date(known_on)),
    first_day text not null check (first_day is date(first_day)),
    member text not null,
    reason text not null check (reason <> ''),
    members integer not null check (members >= 0),
    state text not null check (state in ('COMPUTING', 'READY', 'BOOKING', 'STOPPED', 'DONE', 'DISMISSED')),
    resumes text not null check (resumes in ('', 'COMPUTING', 'BOOKING')),
    reached text not null
) strict;

-- Who brought it there, and when.
create table resettlement_events (
    resettlement integer not null references resettlements (id),
    number integer not null,
    state text not null,
    who text not null,
    at integer not null,
    primary key (resettlement, number)
) strict, without rowid;

-- A member that was looked at. CHANGED: when it was to be booked, another difference came out, which replaced the first.
create table resettlement_members (
    resettlement integer not null references resettlements (id),
    member integer not null references members (id),
    state text not null check (state in ('COMPUTED', 'BLOCKED', 'CHANGED', 'BOOKED')),
    settlements integer not null check (settlements >= 0),
    fingerprint blob not null check (length(fingerprint) = 32),
    obstacle_at text not null,
    obstacle text not null,
    primary key (resettlement, member)
) strict, without rowid;

-- What was found and is not booked: replaced when the member is computed again.
create table differences (
    id integer primary key,
    resettlement integer not null references resettlements (id),
    member integer not null references members (id),
    settlement integer not null references settlements (id),
    rules integer not null references rules (id),
    known_on text check (known_on is date(known_on)),
    reply blob not null,
    unique (resettlement, member, settlement)
) strict;
create table difference_payers (
    difference integer not null references differences (id) on delete cascade,
    payer text not null,
    before_fen integer not null,
    after_fen integer not null,
    primary key (difference, payer)
) strict, without rowid;
create table difference_counters (
    difference integer not null references differences (id) on delete cascade,
    name integer not null references counter_names (id),
    period_key text not null,
    met integer not null,
    before integer not null,
    after integer not null,
    primary key (difference, name, period_key)
) strict, without rowid;

-- The difference entry of a settlement (更正分录): what it comes to now less what was booked for it before. Cash that was
-- paid stays paid: what the person is owed or owes is `-cash_fen`. One that goes with a reversal takes an earlier one
-- back. Numbers are drawn from one series with those of settlements and reversals. Written last, and never changed.
create table corrections (
    id integer primary key,
    public_id text not null unique,
    settlement integer not null references settlements (id),
    resettlement integer references resettlements (id),
    takes_back integer unique references corrections (id),
    rules integer not null references rules (id),
    known_on text check (known_on is date(known_on)),
    booked_at integer not null,
    full_self_pay_fen integer not null,
    over_limit_fen integer not null,
    pre_pay_fen integer not null,
    in_scope_fen integer not null,
    deductible_fen integer not null,
    fund_fen integer not null,
    account_fen integer not null,
    cash_fen integer not null,
    hospital_fen integer not null,
    check (full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen = 0),
    check (fund_fen + account_fen + cash_fen + hospital_fen = 0),
    check ((resettlement is null) = (takes_back is not null))
) strict;
create index corrections_of_settlement on corrections (settlement);
create index corrections_of_resettlement on corrections (resettlement) where resettlement is not null;

-- The reply the settlement would have by the correction, deflated.
create table correction_papers (
    correction integer primary key references corrections (id) deferrable initially deferred,
    reply blob not null
) strict;
create table correction_postings (
    correction integer not null references corrections (id) deferrable initially deferred,
    number integer not null,
    payer text not null,
    layer integer references layers (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (correction, number)
) strict, without rowid;
create table correction_entries (
    correction integer not null references corrections (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (correction, number)
) strict, without rowid;
create table correction_movements (
    correction integer not null references corrections (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (correction, counter)
) strict, without rowid;

alter table account_movements add column correction integer references corrections (id) deferrable initially deferred
    check (correction is null or settlement is null and reversal is null);
create unique index account_movements_of_correction on account_movements (correction, member)
    where correction is not null;

-- A mark of `stale_settlements` that was looked at.
create table stale_clearings (
    settlement integer not null,
    cause integer not null,
    resettlement integer not null references resettlements (id),
    primary key (settlement, cause),
    foreign key (settlement, cause) references stale_settlements (settlement, cause)
) strict, without rowid;

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

create trigger correction_is_sum_of_its_parts after insert on corrections
begin
    select raise(abort, 'correction: its settlement is reversed')
    where exists (select 1 from reversals where settlement = new.settlement);
    select raise(abort, 'correction: its postings do not add up')
    where (new.account_fen, new.cash_fen, new.hospital_fen, 0) <> (
        select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                then amount_fen end), 0),
            coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
            coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
            coalesce(sum(amount_fen), 0)
        from correction_postings where correction = new.id);
    select raise(abort, 'correction: its entries do not sum to zero')
    where (select coalesce(sum(amount_fen), 0) from correction_entries where correction = new.id) <> 0;
    select raise(abort, 'correction: it is not due to the person')
    where -new.cash_fen <> (select coalesce(sum(e.amount_fen), 0)
        from correction_entries e join accounts a on a.id = e.account
        where e.correction = new.id and a.kind = 'PERSON_DUE');
    select raise(abort, 'correction: a counter is not what it leaves')
    where exists (select 1 from correction_movements m join counters c on c.id = m.counter
        where m.correction = new.id and c.sum <> m.after);
    select raise(abort, 'correction: its account money was not moved')
    where new.account_fen <> (
        select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
        from account_movements where correction = new.id);
    select raise(abort, 'correction: its papers are missing')
    where new.takes_back is null and not exists (select 1 from correction_papers where correction = new.id);
    select raise(abort, 'correction: its amounts do not cancel')
    where new.takes_back is not null and not exists (select 1 from corrections c where c.id = new.takes_back
        and c.settlement = new.settlement and c.takes_back is null
        and (c.fund_fen, c.account_fen, c.cash_fen, c.hospital_fen, c.deductible_fen) =
            (-new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen, -new.deductible_fen));
end;

create trigger correction_papers_are_complete before insert on correction_papers
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_papers: the correction is booked'); end;
create trigger correction_postings_are_complete before insert on correction_postings
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_postings: the correction is booked'); end;
create trigger correction_entries_are_complete before insert on correction_entries
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_entries: the correction is booked'); end;
create trigger correction_movements_are_complete before insert on correction_movements
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_movements: the correction is booked'); end;
create trigger corrected_account_movements_are_complete before insert on account_movements
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'account_movements: the correction is booked'); end;

create trigger corrections_stay before update on corrections
begin select raise(abort, 'corrections: what is booked is never edited'); end;
create trigger corrections_remain before delete on corrections
begin select raise(abort, 'corrections: what is booked is never deleted'); end;
create trigger correction_papers_stay before update on correction_papers
begin select raise(abort, 'correction_papers: what is booked is never edited'); end;
create trigger correction_papers_remain before delete on correction_papers
begin select raise(abort, 'correction_papers: what is booked is never deleted'); end;
create trigger correction_postings_stay before update on correction_postings
begin select raise(abort, 'correction_postings: what is booked is never edited'); end;
create trigger correction_postings_remain before delete on correction_postings
begin select raise(abort, 'correction_postings: what is booked is never deleted'); end;
create trigger correction_entries_stay before update on correction_entries
begin select raise(abort, 'correction_entries: what is booked is never edited'); end;
create trigger correction_entries_remain before delete on correction_entries
begin select raise(abort, 'correction_entries: what is booked is never deleted'); end;
create trigger correction_movements_stay before update on correction_movements
begin select raise(abort, 'correction_movements: what is booked is never edited'); end;
create trigger correction_movements_remain before delete on correction_movements
begin select raise(abort, 'correction_movements: what is booked is never deleted'); end;
create trigger stale_clearings_stay before update on stale_clearings
begin select raise(abort, 'stale_clearings: what is booked is never edited'); end;
create trigger stale_clearings_remain before delete on stale_clearings
begin select raise(abort, 'stale_clearings: what is booked is never deleted'); end;
create trigger resettlement_events_stay before update on resettlement_events
begin select raise(abort, 'resettlement_events: what happened is never edited'); end;
create trigger resettlement_events_remain before delete on resettlement_events
begin select raise(abort, 'resettlement_events: what happened is never deleted'); end;
create trigger resettlements_stay before update on resettlements
when (new.id, new.public_id, new.cause, new.area, new.pack, new.version, new.hash, new.first_day, new.member)
        <> (old.id, old.public_id, old.cause, old.area, old.pack, old.version, old.hash, old.first_day, old.member)
    or new.known_on is not old.known_on or new.reason <> old.reason or new.members <> old.members
    or old.state in ('DONE', 'DISMISSED')
begin select raise(abort, 'resettlements: only where it stands may change'); end;
create trigger resettlements_remain before delete on resettlements
begin select raise(abort, 'resettlements: what happened is never deleted'); end;
