-- The beginnings of the syllables within the full pinyin of an item (拼音音节), each behind a mark; what was imported
-- before has none until its list is imported again.
alter table catalogue_items add column sounds text not null default '';
