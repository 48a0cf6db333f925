-- What the book knew when it booked (入账时所知), re-settlements that two persons confirm, and what they leave due.

-- The last booking before a version was recorded, and before its successor ended it. A version without the first was
-- recorded before this was kept.
alter table standings add column recorded integer;
alter table standings add column ended integer;
alter table institution_versions add column recorded integer;
alter table institution_versions add column ended integer;

-- A re-settlement too may have to be confirmed by a second person. A check cannot be changed: the table is made anew.
create table approvals_of_all_kinds (
    id integer primary key,
    public_id text not null unique,
    kind text not null check (kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION', 'RESETTLEMENT')),
    sender text not null,
    key text not null,
    subject text not null,
    content blob not null,
    digest blob not null check (length(digest) = 32),
    reason text not null check (reason <> ''),
    asked_by text not null,
    asked_holder text not null,
    asked_at integer not null,
    expires_at integer not null check (expires_at > asked_at),
    unique (kind, sender, key)
) strict;
insert into approvals_of_all_kinds (id, public_id, kind, sender, key, subject, content, digest, reason, asked_by,
        asked_holder, asked_at, expires_at)
    select id, public_id, kind, sender, key, subject, content, digest, reason, asked_by, asked_holder, asked_at,
        expires_at from approvals;
drop table approvals;
alter table approvals_of_all_kinds rename to approvals;
create trigger approvals_stay before update on approvals
begin select raise(abort, 'approvals: what is booked is never edited'); end;
create trigger approvals_remain before delete on approvals
begin select raise(abort, 'approvals: what is booked is never deleted'); end;

-- What corrections leave due is listed by when they were booked.
create index corrections_by_time on corrections (booked_at, id);
