-- Budgets (总额预算): what is allotted to institutions and alliances, and what the funds paid by day, institution and fund.

-- What funds of an area are to pay at most in a calendar year. Opened with its first allotment, and never changed.
create table budgets (
    id bigint generated always as identity primary key,
    code text collate "C" not null unique,
    alliance bigint references alliances (id),
    institution bigint references institutions (id),
    area text not null,
    year bigint not null check (year between 1000 and 9999),
    check ((alliance is null) <> (institution is null))
);
create table budget_funds (
    budget bigint not null references budgets (id),
    fund text not null,
    primary key (budget, fund)
);

-- What was put into a budget, or taken out of it again when it is less than zero. Two persons decided it.
create table allotments (
    id bigint generated always as identity primary key,
    public_id text collate "C" not null unique,
    budget bigint not null references budgets (id),
    amount_fen bigint not null check (amount_fen <> 0),
    document text not null check (document <> ''),
    reason text not null check (reason <> ''),
    asked_by text not null,
    confirmed_by text not null,
    allotted_at bigint not null
);
create index allotments_of_budget on allotments (budget);

-- What fund accounts gave by the day that binds a settlement and the institution that treated, summed over the bookings
-- up to `through`; what was booked since stands in the journal. Kept so that nobody has to add up a whole book.
create table fund_spending (
    day date not null,
    institution bigint not null references institutions (id),
    account bigint not null references accounts (id),
    fen bigint not null,
    primary key (day, institution, account)
);
create table fund_spending_reach (
    id bigint primary key check (id = 1),
    through bigint not null check (through >= 0)
);
insert into fund_spending_reach (id, through) values (1, 0);

-- An allotment too is confirmed by a second person.
alter table approvals drop constraint approvals_kind_check;
alter table approvals add constraint approvals_kind_check
    check (kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION', 'RESETTLEMENT', 'ALLOTMENT'));

-- What the database itself keeps -------------------------------------------------------------------------------------

create function allotments_are_not_cut_below_zero() returns trigger language plpgsql as $$
begin
    if (select sum(amount_fen) from allotments where budget = new.budget) < 0 then
        raise exception 'allotment: more is cut than was allotted';
    end if;
    return new;
end $$;
create trigger allotments_are_not_cut_below_zero after insert on allotments
for each row execute function allotments_are_not_cut_below_zero();

create trigger budgets_stay before update or delete or truncate on budgets
execute function booked_stays();
create trigger budget_funds_stay before update or delete or truncate on budget_funds
execute function booked_stays();
create trigger allotments_stay before update or delete or truncate on allotments
execute function booked_stays();
