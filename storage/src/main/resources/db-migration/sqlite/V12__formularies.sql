-- One list for an alliance (药随病走): what the lead lists, what members stock, and prescriptions that go with a referral.

-- An item on the list of an alliance. `price_fen` is what one unit costs at every member, null where none was agreed.
create table formulary_entries (
    id integer primary key,
    alliance integer not null references alliances (id),
    item text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    price_fen integer check (price_fen > 0),
    unit text not null,
    document text not null,
    unique (alliance, item, first_day)
) strict;

-- An item that an institution has on its shelves.
create table stocks (
    id integer primary key,
    institution integer not null references institutions (id),
    item text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    unique (institution, item, first_day)
) strict;

-- A village clinic and the township centre it belongs to.
create table affiliations (
    id integer primary key,
    village integer not null references institutions (id),
    centre integer not null references institutions (id) check (centre <> village),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    unique (village, first_day)
) strict;

-- A referral down with what is to go on being taken; never changed.
create table referrals (
    id integer primary key,
    public_id text not null unique,
    member integer not null references members (id),
    sender integer not null references institutions (id),
    receiver integer not null references institutions (id) check (receiver <> sender),
    episode text not null,
    issued text not null check (issued is date(issued)),
    last_day text not null check (last_day is date(last_day) and last_day >= issued)
) strict;
create index referrals_of_member on referrals (member);

create table referral_items (
    referral integer not null references referrals (id),
    number integer not null,
    item text not null,
    quantity text not null,
    primary key (referral, number)
) strict, without rowid;
