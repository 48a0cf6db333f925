-- Reversals (退费, 撤销), settlements that met sums which no longer hold (待重算), and parked members (挂起).

-- A settlement that was taken back: every amount of it with the other sign. Numbers are drawn from one series with
-- those of settlements, so that together they give the order of booking. Written last, and never changed.
create table reversals (
    id integer primary key,
    public_id text not null unique,
    settlement integer not null unique references settlements (id),
    sender text not null,
    key text not null,
    reason text not null check (reason <> ''),
    reversed_at integer not null,
    total_fen integer not null check (total_fen <= 0),
    full_self_pay_fen integer not null check (full_self_pay_fen <= 0),
    over_limit_fen integer not null check (over_limit_fen <= 0),
    pre_pay_fen integer not null check (pre_pay_fen <= 0),
    in_scope_fen integer not null check (in_scope_fen <= 0),
    deductible_fen integer not null check (deductible_fen <= 0),
    fund_fen integer not null check (fund_fen <= 0),
    account_fen integer not null check (account_fen <= 0),
    cash_fen integer not null check (cash_fen <= 0),
    hospital_fen integer not null check (hospital_fen <= 0),
    unique (sender, key)
) strict;

create table reversal_papers (
    reversal integer primary key references reversals (id) deferrable initially deferred,
    content_hash blob not null check (length(content_hash) = 32),
    content blob not null,
    reply blob not null
) strict;

create table reversal_postings (
    reversal integer not null references reversals (id) deferrable initially deferred,
    number integer not null,
    payer text not null,
    layer integer references layers (id),
    amount_fen integer not null check (amount_fen <= 0),
    primary key (reversal, number)
) strict, without rowid;

create table reversal_entries (
    reversal integer not null references reversals (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (reversal, number)
) strict, without rowid;

create table reversal_movements (
    reversal integer not null references reversals (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (reversal, counter)
) strict, without rowid;

alter table account_movements add column reversal integer references reversals (id) deferrable initially deferred
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
    id integer primary key,
    rule integer not null references rules (id),
    name integer not null references counter_names (id),
    unique (rule, name)
) strict;

-- A settlement that met sums which the booking `cause` has changed behind it.
create table stale_settlements (
    settlement integer not null references settlements (id),
    cause integer not null,
    reason text not null check (reason in ('REVERSAL', 'LATE_ARRIVAL')),
    primary key (settlement, cause)
) strict, without rowid;

-- A member for whom nothing is booked until a person has looked; parked by the book itself where nobody is named.
create table parkings (
    id integer primary key,
    member integer not null references members (id),
    reason text not null check (reason <> ''),
    parked_by text not null,
    parked_at integer not null
) strict;
create index parkings_of_member on parkings (member);

create table releases (
    parking integer primary key references parkings (id),
    reason text not null check (reason <> ''),
    released_by text not null check (released_by <> ''),
    released_at integer not null
) strict;

-- What the database itself keeps -------------------------------------------------------------------------------------

create trigger reversal_cancels_its_settlement after insert on reversals
begin
    select raise(abort, 'reversal: its amounts do not cancel')
    where not exists (select 1 from settlements s where s.id = new.settlement
        and (s.total_fen, s.full_self_pay_fen, s.over_limit_fen, s.pre_pay_fen, s.in_scope_fen) =
            (-new.total_fen, -new.full_self_pay_fen, -new.over_limit_fen, -new.pre_pay_fen, -new.in_scope_fen)
        and (s.deductible_fen, s.fund_fen, s.account_fen, s.cash_fen, s.hospital_fen) =
            (-new.deductible_fen, -new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen));
    select raise(abort, 'reversal: its postings do not cancel')
    where exists (
            select number, payer, layer, amount_fen from postings where settlement = new.settlement
            except select number, payer, layer, -amount_fen from reversal_postings where reversal = new.id)
        or (select count(*) from postings where settlement = new.settlement)
            <> (select count(*) from reversal_postings where reversal = new.id);
    select raise(abort, 'reversal: its entries do not cancel')
    where exists (
            select number, account, amount_fen from entries where settlement = new.settlement
            except select number, account, -amount_fen from reversal_entries where reversal = new.id)
        or (select count(*) from entries where settlement = new.settlement)
            <> (select count(*) from reversal_entries where reversal = new.id);
    select raise(abort, 'reversal: its counters do not go back')
    where exists (
            select counter, after - before from counter_movements where settlement = new.settlement
            except select counter, before - after from reversal_movements where reversal = new.id)
        or (select count(*) from counter_movements where settlement = new.settlement)
            <> (select count(*) from reversal_movements where reversal = new.id);
    select raise(abort, 'reversal: its account money does not go back')
    where exists (
            select member, current_year_fen, earlier_years_fen from account_movements where settlement = new.settlement
            except select member, -current_year_fen, -earlier_years_fen from account_movements where reversal = new.id)
        or (select count(*) from account_movements where settlement = new.settlement)
            <> (select count(*) from account_movements where reversal = new.id);
    select raise(abort, 'reversal: its counter is not what it leaves')
    where exists (
            select 1 from reversal_movements m join counters c on c.id = m.counter
            where m.reversal = new.id and c.sum <> m.after);
    select raise(abort, 'reversal: its papers are missing')
    where not exists (select 1 from reversal_papers where reversal = new.id);
end;

create trigger reversal_postings_are_complete before insert on reversal_postings
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_postings: the reversal is booked'); end;
create trigger reversal_entries_are_complete before insert on reversal_entries
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_entries: the reversal is booked'); end;
create trigger reversal_movements_are_complete before insert on reversal_movements
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_movements: the reversal is booked'); end;

create trigger account_movements_are_complete before insert on account_movements
when exists (select 1 from settlements where id = new.settlement)
    or exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'account_movements: what moved is booked'); end;

create trigger reversals_stay before update on reversals
begin select raise(abort, 'reversals: what is booked is never edited'); end;
create trigger reversals_remain before delete on reversals
begin select raise(abort, 'reversals: what is booked is never deleted'); end;
create trigger reversal_papers_stay before update on reversal_papers
begin select raise(abort, 'reversal_papers: what is booked is never edited'); end;
create trigger reversal_papers_remain before delete on reversal_papers
begin select raise(abort, 'reversal_papers: what is booked is never deleted'); end;
create trigger reversal_postings_stay before update on reversal_postings
begin select raise(abort, 'reversal_postings: what is booked is never edited'); end;
create trigger reversal_postings_remain before delete on reversal_postings
begin select raise(abort, 'reversal_postings: what is booked is never deleted'); end;
create trigger reversal_entries_stay before update on reversal_entries
begin select raise(abort, 'reversal_entries: what is booked is never edited'); end;
create trigger reversal_entries_remain before delete on reversal_entries
begin select raise(abort, 'reversal_entries: what is booked is never deleted'); end;
create trigger reversal_movements_stay before update on reversal_movements
begin select raise(abort, 'reversal_movements: what is booked is never edited'); end;
create trigger reversal_movements_remain before delete on reversal_movements
begin select raise(abort, 'reversal_movements: what is booked is never deleted'); end;
create trigger stale_settlements_stay before update on stale_settlements
begin select raise(abort, 'stale_settlements: what is booked is never edited'); end;
create trigger stale_settlements_remain before delete on stale_settlements
begin select raise(abort, 'stale_settlements: what is booked is never deleted'); end;
create trigger parkings_stay before update on parkings
begin select raise(abort, 'parkings: what is booked is never edited'); end;
create trigger parkings_remain before delete on parkings
begin select raise(abort, 'parkings: what is booked is never deleted'); end;
create trigger releases_stay before update on releases
begin select raise(abort, 'releases: what is booked is never edited'); end;
create trigger releases_remain before delete on releases
begin select raise(abort, 'releases: what is booked is never deleted'); end;
