-- What the database itself keeps of a settlement: its charge lines and its postings come to the bill, its entries
-- to zero, account money was taken, papers are there. Which payer bears what, and what becomes of the sums of the
-- year, is checked before anything is written and again by `verify`: asking it here once more took a third of the
-- time in which a settlement is written (入库约束从简).
drop trigger settlement_is_sum_of_its_parts;
create trigger settlement_is_sum_of_its_parts after insert on settlements
begin
    select raise(abort, 'settlement: its parts do not add up')
    where new.total_fen <> (select coalesce(sum(value), 0) from json_each(new.line_amounts))
        or new.total_fen <> (select coalesce(sum(value), 0) from json_each(new.posting_amounts) where value >= 0)
        or (select coalesce(sum(value), 0) from json_each(new.entry_amounts)) <> 0
        or new.account_fen <> 0 and new.account_fen <> (
            select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
            from account_movements where settlement = new.id)
        or not exists (select 1 from papers where settlement = new.id);
end;
