-- The book of record (账簿). Money is whole fen. A day is ISO text; an unknown last day is null. Integers name rows
-- inside the book; outside it, codes, tokens and settlement ids do.

-- Who gives care ------------------------------------------------------------------------------------------------------

create table institutions (
    id integer primary key,
    code text not null unique
) strict;

-- An institution as it stands during a period; a successor closes an open predecessor.
create table institution_versions (
    institution integer not null references institutions (id),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    name text not null,
    division text not null,
    tier text not null,
    kind text not null,
    administration text not null,
    specialty text not null,
    primary key (institution, first_day)
) strict, without rowid;

create table alliances (
    id integer primary key,
    code text not null unique,
    kind text not null check (
        kind in ('URBAN_GROUP', 'COUNTY_COMMUNITY', 'SPECIALTY_ALLIANCE', 'TELEMEDICINE_NETWORK')),
    name text not null
) strict;

create table memberships (
    alliance integer not null references alliances (id),
    number integer not null,
    institution integer not null references institutions (id),
    role text not null check (role in ('LEAD', 'MEMBER')),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    primary key (alliance, number)
) strict, without rowid;
create index memberships_of_institution on memberships (institution);

-- Who is insured ------------------------------------------------------------------------------------------------------

create table members (
    id integer primary key,
    token text not null unique,
    birth text not null check (birth is date(birth)),
    current_year_fen integer not null check (current_year_fen >= 0),
    earlier_years_fen integer not null check (earlier_years_fen >= 0)
) strict;

-- Relatives whose accounts the member may use (家庭共济), in the order in which they are used.
create table sharers (
    member integer not null references members (id),
    number integer not null,
    sharer integer not null references members (id) check (sharer <> member),
    primary key (member, number),
    unique (member, sharer)
) strict, without rowid;

create table standings (
    id integer primary key,
    member integer not null references members (id),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    area text not null,
    scheme text not null,
    status text not null,
    plan text not null,
    relief text not null,
    civil_servant integer not null check (civil_servant in (0, 1)),
    enrolled_since text not null check (enrolled_since is date(enrolled_since)),
    entitled_from text not null check (entitled_from is date(entitled_from)),
    retired_on text check (retired_on is date(retired_on)),
    contract_with text,
    contract_first_day text check (contract_first_day is date(contract_first_day)),
    contract_last_day text check (contract_last_day is date(contract_last_day)),
    unique (member, first_day),
    check ((contract_with is null) = (contract_first_day is null))
) strict;

-- The lists of a standing: designated institutions, registered diseases, the area's tags.
create table standing_words (
    standing integer not null references standings (id),
    list text not null check (list in ('DESIGNATED', 'DISEASE', 'TAG')),
    number integer not null,
    word text not null,
    primary key (standing, list, number)
) strict, without rowid;

-- Words that settlements repeat ---------------------------------------------------------------------------------------

create table items (
    id integer primary key,
    name text not null unique
) strict;

create table layers (
    id integer primary key,
    name text not null unique
) strict;

-- A benefit of a pack in one version: what a settlement was settled by.
create table rules (
    id integer primary key,
    pack text not null,
    version text not null,
    hash text not null,
    area text not null,
    benefit text not null,
    unique (pack, version, hash, area, benefit)
) strict;

create table counter_names (
    id integer primary key,
    name text not null,
    period text not null,
    unit text not null check (unit in ('FEN', 'STAYS')),
    unique (name, period)
) strict;

create table accounts (
    id integer primary key,
    kind text not null,
    owner text not null,
    unique (kind, owner)
) strict;

-- What was settled ----------------------------------------------------------------------------------------------------

create table encounters (
    id integer primary key,
    name text not null,
    member integer not null references members (id),
    institution integer not null references institutions (id),
    care text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text not null check (last_day is date(last_day) and last_day >= first_day),
    place text not null,
    filing text not null,
    referral text,
    episode text,
    referred_on text check (referred_on is date(referred_on)),
    disease text not null
) strict;
create index encounters_of_member on encounters (member, first_day);

-- The head of a settlement (结算). It is written last, when all its parts are there, and never changed.
create table settlements (
    id integer primary key,
    public_id text not null unique,
    institution integer not null references institutions (id),
    key text not null,
    member integer not null references members (id),
    encounter integer not null references encounters (id),
    rules integer not null references rules (id),
    binding_day text not null check (binding_day is date(binding_day)),
    known_on text check (known_on is date(known_on)),
    booked_at integer not null,
    total_fen integer not null check (total_fen >= 0),
    full_self_pay_fen integer not null check (full_self_pay_fen >= 0),
    over_limit_fen integer not null check (over_limit_fen >= 0),
    pre_pay_fen integer not null check (pre_pay_fen >= 0),
    in_scope_fen integer not null check (in_scope_fen >= 0),
    deductible_fen integer not null check (deductible_fen between 0 and total_fen),
    fund_fen integer not null check (fund_fen >= 0),
    account_fen integer not null check (account_fen >= 0),
    cash_fen integer not null check (cash_fen >= 0),
    hospital_fen integer not null check (hospital_fen >= 0),
    unique (institution, key),
    check (total_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen),
    check (total_fen = fund_fen + account_fen + cash_fen + hospital_fen)
) strict;
create index settlements_of_member on settlements (member);
create index settlements_by_time on settlements (booked_at);

-- The request and the reply, both deflated; the hash is SHA-256 of the request before that.
create table papers (
    settlement integer primary key references settlements (id) deferrable initially deferred,
    content_hash blob not null check (length(content_hash) = 32),
    content blob not null,
    reply blob not null
) strict;

create table charge_lines (
    settlement integer not null references settlements (id) deferrable initially deferred,
    number integer not null,
    item integer not null references items (id),
    pay_class text not null check (pay_class in ('A', 'B', 'C')),
    amount_fen integer not null,
    full_self_pay_fen integer not null check (full_self_pay_fen >= 0),
    over_limit_fen integer not null check (over_limit_fen >= 0),
    pre_pay_fen integer not null check (pre_pay_fen >= 0),
    in_scope_fen integer not null check (in_scope_fen >= 0),
    primary key (settlement, number),
    check (amount_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen)
) strict, without rowid;

create table postings (
    settlement integer not null references settlements (id) deferrable initially deferred,
    number integer not null,
    payer text not null,
    layer integer references layers (id),
    amount_fen integer not null check (amount_fen >= 0),
    primary key (settlement, number)
) strict, without rowid;

-- Double entry: received when positive, given when negative.
create table entries (
    settlement integer not null references settlements (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (settlement, number)
) strict, without rowid;

-- What a member carries from one settlement to the next (累计), and what each settlement did to it.
create table counters (
    id integer primary key,
    member integer not null references members (id),
    name integer not null references counter_names (id),
    period_key text not null,
    sum integer not null check (sum >= 0),
    unique (member, name, period_key)
) strict;

create table counter_movements (
    settlement integer not null references settlements (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (settlement, counter)
) strict, without rowid;

-- What was put into a member's account or taken out of it; without a settlement it is the opening balance.
create table account_movements (
    id integer primary key,
    member integer not null references members (id),
    settlement integer references settlements (id) deferrable initially deferred,
    current_year_fen integer not null,
    earlier_years_fen integer not null,
    current_year_after_fen integer not null check (current_year_after_fen >= 0),
    earlier_years_after_fen integer not null check (earlier_years_after_fen >= 0)
) strict;
create index account_movements_of_member on account_movements (member);
create unique index account_movements_of_settlement on account_movements (settlement, member)
    where settlement is not null;

-- What the database itself keeps -------------------------------------------------------------------------------------

create trigger settlement_is_sum_of_its_parts after insert on settlements
begin
    select raise(abort, 'settlement: its charge lines do not add up')
    where (new.total_fen, new.full_self_pay_fen, new.over_limit_fen, new.pre_pay_fen, new.in_scope_fen) <> (
        select coalesce(sum(amount_fen), 0), coalesce(sum(full_self_pay_fen), 0), coalesce(sum(over_limit_fen), 0),
            coalesce(sum(pre_pay_fen), 0), coalesce(sum(in_scope_fen), 0)
        from charge_lines where settlement = new.id);
    select raise(abort, 'settlement: its postings do not add up')
    where (new.account_fen, new.cash_fen, new.hospital_fen, new.total_fen) <> (
        select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                then amount_fen end), 0),
            coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
            coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
            coalesce(sum(amount_fen), 0)
        from postings where settlement = new.id);
    select raise(abort, 'settlement: its entries do not sum to zero')
    where (select coalesce(sum(amount_fen), 0) from entries where settlement = new.id) <> 0;
    select raise(abort, 'settlement: a counter is not what it leaves')
    where exists (select 1 from counter_movements m join counters c on c.id = m.counter
        where m.settlement = new.id and c.sum <> m.after);
    select raise(abort, 'settlement: its account money was not taken')
    where new.account_fen <> (
        select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
        from account_movements where settlement = new.id);
    select raise(abort, 'settlement: its papers are missing')
    where not exists (select 1 from papers where settlement = new.id);
end;

create trigger charge_lines_are_complete before insert on charge_lines
when exists (select 1 from settlements where id = new.settlement)
begin select raise(abort, 'charge_lines: the settlement is booked'); end;
create trigger postings_are_complete before insert on postings
when exists (select 1 from settlements where id = new.settlement)
begin select raise(abort, 'postings: the settlement is booked'); end;
create trigger entries_are_complete before insert on entries
when exists (select 1 from settlements where id = new.settlement)
begin select raise(abort, 'entries: the settlement is booked'); end;
create trigger counter_movements_are_complete before insert on counter_movements
when exists (select 1 from settlements where id = new.settlement)
begin select raise(abort, 'counter_movements: the settlement is booked'); end;

create trigger encounters_stay before update on encounters
begin select raise(abort, 'encounters: what is booked is never edited'); end;
create trigger encounters_remain before delete on encounters
begin select raise(abort, 'encounters: what is booked is never deleted'); end;
create trigger settlements_stay before update on settlements
begin select raise(abort, 'settlements: what is booked is never edited'); end;
create trigger settlements_remain before delete on settlements
begin select raise(abort, 'settlements: what is booked is never deleted'); end;
create trigger papers_stay before update on papers
begin select raise(abort, 'papers: what is booked is never edited'); end;
create trigger papers_remain before delete on papers
begin select raise(abort, 'papers: what is booked is never deleted'); end;
create trigger charge_lines_stay before update on charge_lines
begin select raise(abort, 'charge_lines: what is booked is never edited'); end;
create trigger charge_lines_remain before delete on charge_lines
begin select raise(abort, 'charge_lines: what is booked is never deleted'); end;
create trigger postings_stay before update on postings
begin select raise(abort, 'postings: what is booked is never edited'); end;
create trigger postings_remain before delete on postings
begin select raise(abort, 'postings: what is booked is never deleted'); end;
create trigger entries_stay before update on entries
begin select raise(abort, 'entries: what is booked is never edited'); end;
create trigger entries_remain before delete on entries
begin select raise(abort, 'entries: what is booked is never deleted'); end;
create trigger counter_movements_stay before update on counter_movements
begin select raise(abort, 'counter_movements: what is booked is never edited'); end;
create trigger counter_movements_remain before delete on counter_movements
begin select raise(abort, 'counter_movements: what is booked is never deleted'); end;
create trigger account_movements_stay before update on account_movements
begin select raise(abort, 'account_movements: what is booked is never edited'); end;
create trigger account_movements_remain before delete on account_movements
begin select raise(abort, 'account_movements: what is booked is never deleted'); end;
