-- The book of record (账簿). Money is whole fen. An unknown last day is null. Integers name rows
-- inside the book; outside it, codes, tokens and settlement ids do.

-- Who gives care ------------------------------------------------------------------------------------------------------

create table institutions (
    id bigint generated always as identity primary key,
    code text not null unique
);

-- An institution as it stands during a period; a successor closes an open predecessor.
create table institution_versions (
    institution bigint not null references institutions (id),
    first_day date not null,
    last_day date check (last_day >= first_day),
    name text not null,
    division text not null,
    tier text not null,
    kind text not null,
    administration text not null,
    specialty text not null,
    primary key (institution, first_day)
);

create table alliances (
    id bigint generated always as identity primary key,
    code text not null unique,
    kind text not null check (
        kind in ('URBAN_GROUP', 'COUNTY_COMMUNITY', 'SPECIALTY_ALLIANCE', 'TELEMEDICINE_NETWORK')),
    name text not null
);

create table memberships (
    alliance bigint not null references alliances (id),
    number bigint not null,
    institution bigint not null references institutions (id),
    role text not null check (role in ('LEAD', 'MEMBER')),
    first_day date not null,
    last_day date check (last_day >= first_day),
    primary key (alliance, number)
);
create index memberships_of_institution on memberships (institution);

-- Who is insured ------------------------------------------------------------------------------------------------------

create table members (
    id bigint generated always as identity primary key,
    token text not null unique,
    birth date not null,
    current_year_fen bigint not null check (current_year_fen >= 0),
    earlier_years_fen bigint not null check (earlier_years_fen >= 0)
);

-- Relatives whose accounts the member may use (家庭共济), in the order in which they are used.
create table sharers (
    member bigint not null references members (id),
    number bigint not null,
    sharer bigint not null references members (id) check (sharer <> member),
    primary key (member, number),
    unique (member, sharer)
);

create table standings (
    id bigint generated always as identity primary key,
    member bigint not null references members (id),
    first_day date not null,
    last_day date check (last_day >= first_day),
    area text not null,
    scheme text not null,
    status text not null,
    plan text not null,
    relief text not null,
    civil_servant bigint not null check (civil_servant in (0, 1)),
    enrolled_since date not null,
    entitled_from date not null,
    retired_on date,
    contract_with text,
    contract_first_day date,
    contract_last_day date,
    unique (member, first_day),
    check ((contract_with is null) = (contract_first_day is null))
);

-- The lists of a standing: designated institutions, registered diseases, the area's tags.
create table standing_words (
    standing bigint not null references standings (id),
    list text not null check (list in ('DESIGNATED', 'DISEASE', 'TAG')),
    number bigint not null,
    word text not null,
    primary key (standing, list, number)
);

-- Words that settlements repeat ---------------------------------------------------------------------------------------

create table items (
    id bigint generated always as identity primary key,
    name text not null unique
);

create table layers (
    id bigint generated always as identity primary key,
    name text not null unique
);

-- A benefit of a pack in one version: what a settlement was settled by.
create table rules (
    id bigint generated always as identity primary key,
    pack text not null,
    version text not null,
    hash text not null,
    area text not null,
    benefit text not null,
    unique (pack, version, hash, area, benefit)
);

create table counter_names (
    id bigint generated always as identity primary key,
    name text not null,
    period text not null,
    unit text not null check (unit in ('FEN', 'STAYS')),
    unique (name, period)
);

create table accounts (
    id bigint generated always as identity primary key,
    kind text not null,
    owner text not null,
    unique (kind, owner)
);

-- What was settled ----------------------------------------------------------------------------------------------------

create table encounters (
    id bigint generated always as identity primary key,
    name text not null,
    member bigint not null references members (id),
    institution bigint not null references institutions (id),
    care text not null,
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    place text not null,
    filing text not null,
    referral text,
    episode text,
    referred_on date,
    disease text not null
);
create index encounters_of_member on encounters (member, first_day);

-- The head of a settlement (结算). It is written last, when all its parts are there, and never changed.
create sequence settlement_ids;
create table settlements (
    id bigint primary key,
    public_id text not null unique,
    institution bigint not null references institutions (id),
    key text not null,
    member bigint not null references members (id),
    encounter bigint not null references encounters (id),
    rules bigint not null references rules (id),
    binding_day date not null,
    known_on date,
    booked_at bigint not null,
    total_fen bigint not null check (total_fen >= 0),
    full_self_pay_fen bigint not null check (full_self_pay_fen >= 0),
    over_limit_fen bigint not null check (over_limit_fen >= 0),
    pre_pay_fen bigint not null check (pre_pay_fen >= 0),
    in_scope_fen bigint not null check (in_scope_fen >= 0),
    deductible_fen bigint not null check (deductible_fen between 0 and total_fen),
    fund_fen bigint not null check (fund_fen >= 0),
    account_fen bigint not null check (account_fen >= 0),
    cash_fen bigint not null check (cash_fen >= 0),
    hospital_fen bigint not null check (hospital_fen >= 0),
    unique (institution, key),
    check (total_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen),
    check (total_fen = fund_fen + account_fen + cash_fen + hospital_fen)
);
create index settlements_of_member on settlements (member);
create index settlements_by_time on settlements (booked_at);

-- The request and the reply, both deflated; the hash is SHA-256 of the request before that.
create table papers (
    settlement bigint primary key references settlements (id) deferrable initially deferred,
    content_hash bytea not null check (length(content_hash) = 32),
    content bytea not null,
    reply bytea not null
);

create table charge_lines (
    settlement bigint not null references settlements (id) deferrable initially deferred,
    number bigint not null,
    item bigint not null references items (id),
    pay_class text not null check (pay_class in ('A', 'B', 'C')),
    amount_fen bigint not null,
    full_self_pay_fen bigint not null check (full_self_pay_fen >= 0),
    over_limit_fen bigint not null check (over_limit_fen >= 0),
    pre_pay_fen bigint not null check (pre_pay_fen >= 0),
    in_scope_fen bigint not null check (in_scope_fen >= 0),
    primary key (settlement, number),
    check (amount_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen)
);

create table postings (
    settlement bigint not null references settlements (id) deferrable initially deferred,
    number bigint not null,
    payer text not null,
    layer bigint references layers (id),
    amount_fen bigint not null check (amount_fen >= 0),
    primary key (settlement, number)
);

-- Double entry: received when positive, given when negative.
create table entries (
    settlement bigint not null references settlements (id) deferrable initially deferred,
    number bigint not null,
    account bigint not null references accounts (id),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (settlement, number)
);

-- What a member carries from one settlement to the next (累计), and what each settlement did to it.
create table counters (
    id bigint generated always as identity primary key,
    member bigint not null references members (id),
    name bigint not null references counter_names (id),
    period_key text not null,
    sum bigint not null check (sum >= 0),
    unique (member, name, period_key)
);

create table counter_movements (
    settlement bigint not null references settlements (id) deferrable initially deferred,
    counter bigint not null references counters (id),
    before bigint not null check (before >= 0),
    after bigint not null check (after >= 0 and after <> before),
    primary key (settlement, counter)
);

-- What was put into a member's account or taken out of it; without a settlement it is the opening balance.
create table account_movements (
    id bigint generated always as identity primary key,
    member bigint not null references members (id),
    settlement bigint references settlements (id) deferrable initially deferred,
    current_year_fen bigint not null,
    earlier_years_fen bigint not null,
    current_year_after_fen bigint not null check (current_year_after_fen >= 0),
    earlier_years_after_fen bigint not null check (earlier_years_after_fen >= 0)
);
create index account_movements_of_member on account_movements (member);
create unique index account_movements_of_settlement on account_movements (settlement, member)
    where settlement is not null;

-- What the database itself keeps -------------------------------------------------------------------------------------

create function settlement_is_sum_of_its_parts() returns trigger language plpgsql as $$
begin
    if (new.total_fen, new.full_self_pay_fen, new.over_limit_fen, new.pre_pay_fen, new.in_scope_fen) <> (
            select coalesce(sum(amount_fen), 0), coalesce(sum(full_self_pay_fen), 0),
                coalesce(sum(over_limit_fen), 0), coalesce(sum(pre_pay_fen), 0), coalesce(sum(in_scope_fen), 0)
            from charge_lines where settlement = new.id) then
        raise exception 'settlement: its charge lines do not add up';
    end if;
    if (new.account_fen, new.cash_fen, new.hospital_fen, new.total_fen) <> (
            select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                    then amount_fen end), 0),
                coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
                coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
                coalesce(sum(amount_fen), 0)
            from postings where settlement = new.id) then
        raise exception 'settlement: its postings do not add up';
    end if;
    if (select coalesce(sum(amount_fen), 0) from entries where settlement = new.id) <> 0 then
        raise exception 'settlement: its entries do not sum to zero';
    end if;
    if exists (select 1 from counter_movements m join counters c on c.id = m.counter
            where m.settlement = new.id and c.sum <> m.after) then
        raise exception 'settlement: a counter is not what it leaves';
    end if;
    if new.account_fen <> (
            select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
            from account_movements where settlement = new.id) then
        raise exception 'settlement: its account money was not taken';
    end if;
    if not exists (select 1 from papers where settlement = new.id) then
        raise exception 'settlement: its papers are missing';
    end if;
    return new;
end $$;
create trigger settlement_is_sum_of_its_parts after insert on settlements
for each row execute function settlement_is_sum_of_its_parts();

create function settlement_is_not_booked() returns trigger language plpgsql as $$
begin
    if exists (select 1 from settlements where id = new.settlement) then
        raise exception '%: the settlement is booked', tg_table_name;
    end if;
    return new;
end $$;
create trigger charge_lines_are_complete before insert on charge_lines
for each row execute function settlement_is_not_booked();
create trigger postings_are_complete before insert on postings
for each row execute function settlement_is_not_booked();
create trigger entries_are_complete before insert on entries
for each row execute function settlement_is_not_booked();
create trigger counter_movements_are_complete before insert on counter_movements
for each row execute function settlement_is_not_booked();

create function booked_stays() returns trigger language plpgsql as $$
begin
    raise exception '%: what is booked is never edited', tg_table_name;
end $$;
create trigger encounters_stay before update or delete or truncate on encounters
execute function booked_stays();
create trigger settlements_stay before update or delete or truncate on settlements
execute function booked_stays();
create trigger papers_stay before update or delete or truncate on papers
execute function booked_stays();
create trigger charge_lines_stay before update or delete or truncate on charge_lines
execute function booked_stays();
create trigger postings_stay before update or delete or truncate on postings
execute function booked_stays();
create trigger entries_stay before update or delete or truncate on entries
execute function booked_stays();
create trigger counter_movements_stay before update or delete or truncate on counter_movements
execute function booked_stays();
create trigger account_movements_stay before update or delete or truncate on account_movements
execute function booked_stays();
