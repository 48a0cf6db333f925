-- Where few items of a kind are of a class or in a procurement, these are looked through instead of all that a text
-- finds (按类别与集采筛选).
create index catalogue_items_of_class on catalogue_items (kind, pay_class);
create index catalogue_items_procured on catalogue_items (kind) where procurement <> '';
