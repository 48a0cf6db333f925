-- Which tiers may use an item of the catalogue (使用级别): 1 primary, 2 secondary, 4 tertiary, added up.
alter table catalogue_items add column tiers integer not null default 7 check (tiers between 1 and 7);
