-- Budgets (总额预算): what is allotted to institutions and alliances, and what the funds paid by day, institution and fund.

-- What funds of an area are to pay at most in a calendar year. Opened with its first allotment, and never changed.
create table budgets (
    id integer primary key,
    code text not null unique,
    alliance integer references alliances (id),
    institution integer references institutions (id),
    area text not null,
    year integer not null check (year between 1000 and 9999),
    check ((alliance is null) <> (institution is null))
) strict;
create table budget_funds (
    budget integer not null references budgets (id),
    fund text not null,
    primary key (budget, fund)
) strict, without rowid;

-- What was put into a budget, or taken out of it again when it is less than zero. Two persons decided it.
create table allotments (
    id integer primary key,
    public_id text not null unique,
    budget integer not null references budgets (id),
    amount_fen integer not null check (amount_fen <> 0),
    document text not null check (document <> ''),
    reason text not null check (reason <> ''),
    asked_by text not null,
    confirmed_by text not null,
    allotted_at integer not null
) strict;
create index allotments_of_budget on allotments (budget);

-- What fund accounts gave by the day that binds a settlement and the institution that treated, summed over the bookings
-- up to `through`; what was booked since stands in the journal. Kept so that nobody has to add up a whole book.
create table fund_spending (
    day text not null,
    institution integer not null references institutions (id),
    account integer not null references accounts (id),
    fen integer not null,
    primary key (day, institution, account)
) strict, without rowid;
create table fund_spending_reach (
    id integer primary key check (id = 1),
    through integer not null check (through >= 0)
) strict;
insert into fund_spending_reach (id, through) values (1, 0);

-- An allotment too is confirmed by a second person. A check cannot be changed: the table is made anew.
create table approvals_of_all_kinds (
    id integer primary key,
    public_id text not null unique,
    kind text not null check (
        kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION', 'RESETTLEMENT', 'ALLOTMENT')),
    sender text not null,
    key text not null,
    subject text not null,
    content blob not null,
    digest blob not null check (length(digest) = 32),
    reason text not null check (reason <> ''),
    asked_by text not null,
    asked_holder text not null,
    asked_at integer not null,
    expires_at integer not null check (expires_at > asked_at),
    unique (kind, sender, key)
) strict;
insert into approvals_of_all_kinds (id, public_id, kind, sender, key, subject, content, digest, reason, asked_by,
        asked_holder, asked_at, expires_at)
    select id, public_id, kind, sender, key, subject, content, digest, reason, asked_by, asked_holder, asked_at,
        expires_at from approvals;
drop table approvals;
alter table approvals_of_all_kinds rename to approvals;
create trigger approvals_stay before update on approvals
begin select raise(abort, 'approvals: what is booked is never edited'); end;
create trigger approvals_remain before delete on approvals
begin select raise(abort, 'approvals: what is booked is never deleted'); end;

-- What the database itself keeps -------------------------------------------------------------------------------------

create trigger allotments_are_not_cut_below_zero after insert on allotments
begin
    select raise(abort, 'allotment: more is cut than was allotted')
    where (select sum(amount_fen) from allotments where budget = new.budget) < 0;
end;
create trigger budgets_stay before update on budgets
begin select raise(abort, 'budgets: what is booked is never edited'); end;
create trigger budgets_remain before delete on budgets
begin select raise(abort, 'budgets: what is booked is never deleted'); end;
create trigger budget_funds_stay before update on budget_funds
begin select raise(abort, 'budget_funds: what is booked is never edited'); end;
create trigger budget_funds_remain before delete on budget_funds
begin select raise(abort, 'budget_funds: what is booked is never deleted'); end;
create trigger allotments_stay before update on allotments
begin select raise(abort, 'allotments: what is booked is never edited'); end;
create trigger allotments_remain before delete on allotments
begin select raise(abort, 'allotments: what is booked is never deleted'); end;
