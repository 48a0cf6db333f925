-- What the database itself keeps of a settlement: its charge lines and its postings come to the bill, its entries
-- to zero, account money was taken, papers are there. Which payer bears what, and what becomes of the sums of the
-- year, is checked before anything is written and again by `verify` (入库约束从简).
create or replace function settlement_is_sum_of_its_parts() returns trigger language plpgsql as $$
begin
    if new.total_fen <> (select coalesce(sum(amount_fen), 0) from charge_lines where settlement = new.id)
            or new.total_fen <> (
                select coalesce(sum(amount_fen), 0) from postings where settlement = new.id and amount_fen >= 0)
            or (select coalesce(sum(amount_fen), 0) from entries where settlement = new.id) <> 0
            or new.account_fen <> 0 and new.account_fen <> (
                select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
                from account_movements where settlement = new.id)
            or not exists (select 1 from papers where settlement = new.id) then
        raise exception 'settlement: its parts do not add up';
    end if;
    return new;
end $$;
