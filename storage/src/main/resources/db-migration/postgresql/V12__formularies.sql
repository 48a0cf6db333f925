-- One list for an alliance (药随病走): what the lead lists, what members stock, and prescriptions that go with a referral.

-- An item on the list of an alliance. `price_fen` is what one unit costs at every member, null where none was agreed.
create table formulary_entries (
    id bigint generated always as identity primary key,
    alliance bigint not null references alliances (id),
    item text collate "C" not null,
    first_day date not null,
    last_day date check (last_day >= first_day),
    price_fen bigint check (price_fen > 0),
    unit text not null,
    document text not null,
    unique (alliance, item, first_day)
);

-- An item that an institution has on its shelves.
create table stocks (
    id bigint generated always as identity primary key,
    institution bigint not null references institutions (id),
    item text collate "C" not null,
    first_day date not null,
    last_day date check (last_day >= first_day),
    unique (institution, item, first_day)
);

-- A village clinic and the township centre it belongs to.
create table affiliations (
    id bigint generated always as identity primary key,
    village bigint not null references institutions (id),
    centre bigint not null references institutions (id) check (centre <> village),
    first_day date not null,
    last_day date check (last_day >= first_day),
    unique (village, first_day)
);

-- A referral down with what is to go on being taken; never changed.
create table referrals (
    id bigint generated always as identity primary key,
    public_id text collate "C" not null unique,
    member bigint not null references members (id),
    sender bigint not null references institutions (id),
    receiver bigint not null references institutions (id) check (receiver <> sender),
    episode text not null,
    issued date not null,
    last_day date not null check (last_day >= issued)
);
create index referrals_of_member on referrals (member);

create table referral_items (
    referral bigint not null references referrals (id),
    number integer not null,
    item text collate "C" not null,
    quantity text not null,
    primary key (referral, number)
);
