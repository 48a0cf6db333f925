-- Items are looked up by code through their terms, which are written in order; an index in the order of codes costs a
-- long list, which comes in any order, a page for nearly every item (按编码查找改用检索词).
drop index catalogue_items_of_code;
