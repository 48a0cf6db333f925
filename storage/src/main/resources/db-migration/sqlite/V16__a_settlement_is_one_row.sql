-- A settlement is one row (一笔结算一行): the head, its encounter, and its parts as lists of equal length, in their order,
-- in JSON. What had tables of its own is read as before, in views of the same names. The papers, which are twice as long,
-- stay where they are.

create table parts_of_settlements as select s.*,
    e.name, e.institution as treated_by, e.care, e.first_day, e.last_day, e.place, e.filing, e.referral, e.episode,
    e.referred_on, e.disease,
    (select json_group_array(number) from (select number from charge_lines where settlement = s.id order by number))
        as line_numbers,
    (select json_group_array(item) from (select item from charge_lines where settlement = s.id order by number))
        as line_items,
    (select group_concat(pay_class, '') from (select pay_class from charge_lines where settlement = s.id
        order by number)) as line_classes,
    (select json_group_array(amount_fen) from (select amount_fen from charge_lines where settlement = s.id
        order by number)) as line_amounts,
    (select json_group_array(full_self_pay_fen) from (select full_self_pay_fen from charge_lines
        where settlement = s.id order by number)) as line_full_self_pay,
    (select json_group_array(over_limit_fen) from (select over_limit_fen from charge_lines
        where settlement = s.id order by number)) as line_over_limit,
    (select json_group_array(pre_pay_fen) from (select pre_pay_fen from charge_lines
        where settlement = s.id order by number)) as line_pre_pay,
    (select json_group_array(payer) from (select payer from postings where settlement = s.id order by number))
        as posting_payers,
    (select json_group_array(layer) from (select layer from postings where settlement = s.id order by number))
        as posting_layers,
    (select json_group_array(amount_fen) from (select amount_fen from postings where settlement = s.id
        order by number)) as posting_amounts,
    (select json_group_array(account) from (select account from entries where settlement = s.id order by number))
        as entry_accounts,
    (select json_group_array(amount_fen) from (select amount_fen from entries where settlement = s.id
        order by number)) as entry_amounts,
    (select json_group_array(counter) from (select counter from counter_movements where settlement = s.id
        order by counter)) as moved_counters,
    (select json_group_array(before) from (select before from counter_movements where settlement = s.id
        order by counter)) as moved_before,
    (select json_group_array(after) from (select after from counter_movements where settlement = s.id
        order by counter)) as moved_after
from settlements s join encounters e on e.id = s.encounter;

drop view journal;
drop view movements;
drop table charge_lines;
drop table postings;
drop table entries;
drop table counter_movements;
drop table settlements;
drop table encounters;

-- A settlement. `name` is null where the encounter is called by the code of the sender, a slash and the key.
-- `line_numbers` is null where lines are numbered from one, `line_full_self_pay`, `line_over_limit` and
-- `line_pre_pay` where all are zero; a letter of `line_classes` is the class of a line. Written once
-- and never changed.
create table settlements (
    id integer primary key,
    public_id text not null unique,
    institution integer not null references institutions (id),
    key text not null,
    member integer not null references members (id),
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
    name text,
    treated_by integer not null references institutions (id),
    care text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text not null check (last_day is date(last_day) and last_day >= first_day),
    place text not null,
    filing text not null,
    referral text,
    episode text,
    referred_on text check (referred_on is date(referred_on)),
    disease text not null,
    line_numbers text,
    line_items text not null,
    line_classes text not null,
    line_amounts text not null,
    line_full_self_pay text,
    line_over_limit text,
    line_pre_pay text,
    posting_payers text not null,
    posting_layers text not null,
    posting_amounts text not null,
    entry_accounts text not null,
    entry_amounts text not null,
    moved_counters text not null,
    moved_before text not null,
    moved_after text not null,
    unique (institution, key),
    check (total_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen),
    check (total_fen = fund_fen + account_fen + cash_fen + hospital_fen)
) strict;

insert into settlements select id, public_id, institution, key, member, rules, binding_day, known_on, booked_at,
    total_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen, in_scope_fen, deductible_fen, fund_fen, account_fen,
    cash_fen, hospital_fen, name, treated_by, care, first_day, last_day, place, filing, referral, episode, referred_on,
    disease, line_numbers, line_items, coalesce(line_classes, ''), line_amounts, line_full_self_pay, line_over_limit,
    line_pre_pay, posting_payers, posting_layers, posting_amounts, entry_accounts, entry_amounts, moved_counters,
    moved_before, moved_after
from parts_of_settlements order by id;
drop table parts_of_settlements;
create index settlements_of_member_by_day on settlements (member, binding_day);

-- What had tables of its own -----------------------------------------------------------------------------------------

create view encounters as
    select s.id, coalesce(s.name, i.code || '/' || s.key) as name, s.member, s.treated_by as institution, s.care,
        s.first_day, s.last_day, s.place, s.filing, s.referral, s.episode, s.referred_on, s.disease
    from settlements s join institutions i on i.id = s.institution;
create view charge_lines as
    select settlement, number, item, pay_class, amount_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen,
        amount_fen - full_self_pay_fen - over_limit_fen - pre_pay_fen as in_scope_fen
    from (select s.id as settlement, coalesce(s.line_numbers ->> i.key, i.key + 1) as number, i.value as item,
            substr(s.line_classes, i.key + 1, 1) as pay_class, s.line_amounts ->> i.key as amount_fen,
            coalesce(s.line_full_self_pay ->> i.key, 0) as full_self_pay_fen,
            coalesce(s.line_over_limit ->> i.key, 0) as over_limit_fen,
            coalesce(s.line_pre_pay ->> i.key, 0) as pre_pay_fen
        from settlements s, json_each(s.line_items) i);
create view postings as
    select s.id as settlement, i.key + 1 as number, coalesce(s.posting_payers ->> i.key, '') as payer,
        s.posting_layers ->> i.key as layer, i.value as amount_fen
    from settlements s, json_each(s.posting_amounts) i;
create view entries as
    select s.id as settlement, i.key + 1 as number, s.entry_accounts ->> i.key as account, i.value as amount_fen
    from settlements s, json_each(s.entry_amounts) i;
create view counter_movements as
    select s.id as settlement, i.value as counter, s.moved_before ->> i.key as before,
        s.moved_after ->> i.key as after
    from settlements s, json_each(s.moved_counters) i;
create view journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries
    union all select correction, number, account, amount_fen from correction_entries
    union all select adjustment, number, account, amount_fen from adjustment_entries;
create view movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements
    union all select correction, counter, before, after from correction_movements
    union all select adjustment, counter, before, after from adjustment_movements;

-- What the database itself keeps -------------------------------------------------------------------------------------

-- That lists which belong together are equally long need not be asked: what a shorter one lacks is null, and no sum.
create trigger settlement_is_sum_of_its_parts after insert on settlements
begin
    select raise(abort, 'settlement: its charge lines do not add up')
    where new.total_fen <> (select coalesce(sum(value), 0) from json_each(new.line_amounts))
        or new.full_self_pay_fen <> (select coalesce(sum(value), 0) from json_each(new.line_full_self_pay))
        or new.over_limit_fen <> (select coalesce(sum(value), 0) from json_each(new.line_over_limit))
        or new.pre_pay_fen <> (select coalesce(sum(value), 0) from json_each(new.line_pre_pay));
    select raise(abort, 'settlement: its postings do not add up')
    where (new.account_fen, new.cash_fen, new.hospital_fen, new.total_fen) <> (
        select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                then value end), 0),
            coalesce(sum(case when payer = 'CASH' then value end), 0),
            coalesce(sum(case when payer = 'HOSPITAL' then value end), 0),
            coalesce(sum(case when payer is not null and value >= 0 then value end), 0)
        from (select value, new.posting_payers ->> key as payer from json_each(new.posting_amounts)));
    select raise(abort, 'settlement: its entries do not sum to zero')
    where (select coalesce(sum(value), 0) from json_each(new.entry_amounts)) <> 0;
    select raise(abort, 'settlement: a counter is not what it leaves')
    where exists (select 1 from json_each(new.moved_counters) m left join counters c on c.id = m.value
        where c.sum is not new.moved_after ->> m.key or c.member <> new.member);
    select raise(abort, 'settlement: its account money was not taken')
    where new.account_fen <> (
        select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
        from account_movements where settlement = new.id);
    select raise(abort, 'settlement: its papers are missing')
    where not exists (select 1 from papers where settlement = new.id);
end;
create trigger settlements_stay before update on settlements
begin select raise(abort, 'settlements: what is booked is never edited'); end;
create trigger settlements_remain before delete on settlements
begin select raise(abort, 'settlements: what is booked is never deleted'); end;
