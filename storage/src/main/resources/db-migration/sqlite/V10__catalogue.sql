-- The catalogue (目录): imported items, every version of them, and what they are searched by.

-- An import. Its rows are seen once it is published, all at once; one that was never published is cleared by the next.
create table catalogue_versions (
    version integer primary key,
    kind text not null,
    source text not null,
    imported_at integer not null,
    published integer not null check (published in (0, 1)),
    rows integer not null check (rows >= 0)
) strict;

-- An item as one import stated it: seen from version `added` up to the version before `ended`. Numbers of one kind lie
-- in a range of their own. `names` and `spellings` hold one a line, `attributes` a name, a tab and a value a line.
create table catalogue_items (
    id integer primary key,
    kind text not null,
    code text not null,
    names text not null,
    generic text not null,
    approval text not null,
    pay_class text not null check (pay_class in ('', 'A', 'B', 'C')),
    procurement text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    edition text not null,
    source text not null,
    attributes text not null,
    spellings text not null,
    initials text not null,
    searched text not null,
    fingerprint text not null,
    added integer not null,
    ended integer
) strict;
create unique index catalogue_items_of_code on catalogue_items (kind, code, edition, first_day, added);
create index catalogue_items_added on catalogue_items (added);
create index catalogue_items_ended on catalogue_items (ended) where ended is not null;

-- What an item is found by from its beginning: c code, a approval number, n name, i initials, p full pinyin.
create table catalogue_terms (
    kind text not null,
    field text not null check (field in ('c', 'a', 'n', 'i', 'p')),
    term text not null,
    item integer not null,
    primary key (kind, field, term, item)
) strict, without rowid;

-- What an item is found by from its middle: the pairs of neighbouring characters of its names and initials.
create virtual table catalogue_text using fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
