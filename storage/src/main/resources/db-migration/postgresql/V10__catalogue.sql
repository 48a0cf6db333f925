-- The catalogue (目录): imported items, every version of them, and what they are searched by.

-- An import. Its rows are seen once it is published, all at once; one that was never published is cleared by the next.
create table catalogue_versions (
    version bigint primary key,
    kind text not null,
    source text not null,
    imported_at bigint not null,
    published integer not null check (published in (0, 1)),
    rows bigint not null check (rows >= 0)
);

-- An item as one import stated it: seen from version `added` up to the version before `ended`. Numbers of one kind lie
-- in a range of their own. `names` and `spellings` hold one a line, `attributes` a name, a tab and a value a line.
create table catalogue_items (
    id bigint primary key,
    kind text not null,
    code text collate "C" not null,
    names text not null,
    generic text not null,
    approval text not null,
    pay_class text not null check (pay_class in ('', 'A', 'B', 'C')),
    procurement text not null,
    first_day date not null,
    last_day date check (last_day >= first_day),
    edition text not null,
    source text not null,
    attributes text not null,
    spellings text not null,
    initials text not null,
    searched text not null,
    fingerprint text not null,
    added bigint not null,
    ended bigint
);
create unique index catalogue_items_of_code on catalogue_items (kind, code, edition, first_day, added);
create index catalogue_items_added on catalogue_items (added);
create index catalogue_items_ended on catalogue_items (ended) where ended is not null;

-- What an item is found by from its beginning: c code, a approval number, n name, i initials, p full pinyin.
create table catalogue_terms (
    kind text collate "C" not null,
    field text collate "C" not null check (field in ('c', 'a', 'n', 'i', 'p')),
    term text collate "C" not null,
    item bigint not null,
    primary key (kind, field, term, item)
);

-- What an item is found by from its middle: the pairs of neighbouring characters of its names and initials.
create table catalogue_text (
    item bigint primary key,
    grams text[] not null
);
create index catalogue_text_grams on catalogue_text using gin (grams);
