-- A settlement is one row (一笔结算一行): the head, its encounter, and its parts as lists of equal length, in their order,
-- in JSON. What had tables of its own is read as before, in views of the same names. The papers, which are twice as long,
-- stay where they are.

drop trigger settlement_is_sum_of_its_parts on settlements;
drop trigger settlements_stay on settlements;

-- `name` is null where the encounter is called by the code of the sender, a slash and the key; `line_numbers` is null
-- where lines are numbered from one, `line_full_self_pay`, `line_over_limit` and `line_pre_pay` where all are zero; a
-- letter of `line_classes` is the class of a line.
alter table settlements
    add column name text,
    add column treated_by bigint references institutions (id),
    add column care text,
    add column first_day date,
    add column last_day date,
    add column place text,
    add column filing text,
    add column referral text,
    add column episode text,
    add column referred_on date,
    add column disease text,
    add column line_numbers text,
    add column line_items text,
    add column line_classes text,
    add column line_amounts text,
    add column line_full_self_pay text,
    add column line_over_limit text,
    add column line_pre_pay text,
    add column posting_payers text,
    add column posting_layers text,
    add column posting_amounts text,
    add column entry_accounts text,
    add column entry_amounts text,
    add column moved_counters text,
    add column moved_before text,
    add column moved_after text;

update settlements s set name = e.name, treated_by = e.institution, care = e.care, first_day = e.first_day,
    last_day = e.last_day, place = e.place, filing = e.filing, referral = e.referral, episode = e.episode,
    referred_on = e.referred_on, disease = e.disease
from encounters e where e.id = s.encounter;
update settlements s set (line_numbers, line_items, line_classes, line_amounts, line_full_self_pay, line_over_limit,
        line_pre_pay) = (
    select coalesce(json_agg(number order by number), '[]'), coalesce(json_agg(item order by number), '[]'),
        coalesce(string_agg(pay_class, '' order by number), ''), coalesce(json_agg(amount_fen order by number), '[]'),
        json_agg(full_self_pay_fen order by number), json_agg(over_limit_fen order by number),
        json_agg(pre_pay_fen order by number)
    from charge_lines where settlement = s.id);
update settlements s set (posting_payers, posting_layers, posting_amounts) = (
    select coalesce(json_agg(payer order by number), '[]'), coalesce(json_agg(layer order by number), '[]'),
        coalesce(json_agg(amount_fen order by number), '[]')
    from postings where settlement = s.id);
update settlements s set (entry_accounts, entry_amounts) = (
    select coalesce(json_agg(account order by number), '[]'), coalesce(json_agg(amount_fen order by number), '[]')
    from entries where settlement = s.id);
update settlements s set (moved_counters, moved_before, moved_after) = (
    select coalesce(json_agg(counter order by counter), '[]'), coalesce(json_agg(before order by counter), '[]'),
        coalesce(json_agg(after order by counter), '[]')
    from counter_movements where settlement = s.id);

drop view journal;
drop view movements;
drop table charge_lines;
drop table postings;
drop table entries;
drop table counter_movements;
alter table settlements drop column encounter;
drop table encounters;
drop function settlement_is_not_booked();
alter table settlements
    alter column treated_by set not null,
    alter column care set not null,
    alter column first_day set not null,
    alter column last_day set not null,
    alter column place set not null,
    alter column filing set not null,
    alter column disease set not null,
    alter column line_items set not null,
    alter column line_classes set not null,
    alter column line_amounts set not null,
    alter column posting_payers set not null,
    alter column posting_layers set not null,
    alter column posting_amounts set not null,
    alter column entry_accounts set not null,
    alter column entry_amounts set not null,
    alter column moved_counters set not null,
    alter column moved_before set not null,
    alter column moved_after set not null,
    add check (last_day >= first_day);

-- What had tables of its own -----------------------------------------------------------------------------------------

create view encounters as
    select s.id, coalesce(s.name, i.code || '/' || s.key) as name, s.member, s.treated_by as institution, s.care,
        s.first_day, s.last_day, s.place, s.filing, s.referral, s.episode, s.referred_on, s.disease
    from settlements s join institutions i on i.id = s.institution;
create view charge_lines as
    select settlement, number, item, pay_class, amount_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen,
        amount_fen - full_self_pay_fen - over_limit_fen - pre_pay_fen as in_scope_fen
    from (select s.id as settlement, coalesce((s.line_numbers::json ->> i.place)::bigint, i.place + 1) as number,
            (s.line_items::json ->> i.place)::bigint as item, substr(s.line_classes, i.place + 1, 1) as pay_class,
            (s.line_amounts::json ->> i.place)::bigint as amount_fen,
            coalesce((s.line_full_self_pay::json ->> i.place)::bigint, 0) as full_self_pay_fen,
            coalesce((s.line_over_limit::json ->> i.place)::bigint, 0) as over_limit_fen,
            coalesce((s.line_pre_pay::json ->> i.place)::bigint, 0) as pre_pay_fen
        from settlements s
            cross join lateral generate_series(0, json_array_length(s.line_items::json) - 1) i (place)) lines;
create view postings as
    select s.id as settlement, i.place + 1 as number, coalesce(s.posting_payers::json ->> i.place, '') as payer,
        (s.posting_layers::json ->> i.place)::bigint as layer,
        (s.posting_amounts::json ->> i.place)::bigint as amount_fen
    from settlements s cross join lateral generate_series(0, json_array_length(s.posting_amounts::json) - 1) i (place);
create view entries as
    select s.id as settlement, i.place + 1 as number, (s.entry_accounts::json ->> i.place)::bigint as account,
        (s.entry_amounts::json ->> i.place)::bigint as amount_fen
    from settlements s cross join lateral generate_series(0, json_array_length(s.entry_amounts::json) - 1) i (place);
create view counter_movements as
    select s.id as settlement, (s.moved_counters::json ->> i.place)::bigint as counter,
        (s.moved_before::json ->> i.place)::bigint as before, (s.moved_after::json ->> i.place)::bigint as after
    from settlements s cross join lateral generate_series(0, json_array_length(s.moved_counters::json) - 1) i (place);
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

create or replace function settlement_is_sum_of_its_parts() returns trigger language plpgsql as $$
begin
    if (new.total_fen, new.full_self_pay_fen, new.over_limit_fen, new.pre_pay_fen) <> (
            select coalesce(sum(amount_fen), 0), coalesce(sum(full_self_pay_fen), 0),
                coalesce(sum(over_limit_fen), 0), coalesce(sum(pre_pay_fen), 0)
            from charge_lines where settlement = new.id) then
        raise exception 'settlement: its charge lines do not add up';
    end if;
    if (new.account_fen, new.cash_fen, new.hospital_fen, new.total_fen) <> (
            select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                    then amount_fen end), 0),
                coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
                coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
                coalesce(sum(case when payer <> '' and amount_fen >= 0 then amount_fen end), 0)
            from postings where settlement = new.id) then
        raise exception 'settlement: its postings do not add up';
    end if;
    if (select coalesce(sum(amount_fen), 0) from entries where settlement = new.id) <> 0 then
        raise exception 'settlement: its entries do not sum to zero';
    end if;
    if exists (select 1 from counter_movements m left join counters c on c.id = m.counter
            where m.settlement = new.id and (c.sum is distinct from m.after or c.member <> new.member)) then
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
create trigger settlements_stay before update or delete or truncate on settlements
execute function booked_stays();
