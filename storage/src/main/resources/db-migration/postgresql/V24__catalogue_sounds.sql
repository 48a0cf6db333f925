-- The beginnings of the syllables within the full pinyin of an item (拼音音节), each behind a mark; what was imported
-- before has none until its list is imported again.
alter table catalogue_items add column sounds text not null default '';

-- The words of the full-text index become numbers, which are compared faster and take less room, and its words for
-- class and procurement narrow what is found by text in the same index (筛选标记): yA, yB, yC, yp. The number of a word is
-- the sum of its signs, each times 31 to the power of how many come behind it, in 32 bits.
create table catalogue_words as
    select t.item, array_agg(distinct (case when n.number >= 2147483648 then n.number - 4294967296
        else n.number end)::integer) as grams
    from catalogue_text t join catalogue_items i on i.id = t.item
    cross join lateral unnest(t.grams || array_remove(array[case when i.pay_class <> '' then 'y' || i.pay_class end,
        case when i.procurement <> '' then 'yp' end], null)) as word
    cross join lateral (select mod(sum(ascii(substr(word, place, 1)) * power(31::numeric, length(word) - place)),
        4294967296) as number from generate_series(1, length(word)) as place) n
    group by t.item;
drop index catalogue_text_grams;
truncate catalogue_text;
alter table catalogue_text alter column grams type integer[] using null;
insert into catalogue_text (item, grams) select item, grams from catalogue_words;
drop table catalogue_words;
create index catalogue_text_grams on catalogue_text using gin (grams);
