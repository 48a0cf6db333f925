-- What the book knew when it booked (入账时所知), re-settlements that two persons confirm, and what they leave due.

-- The last booking before a version was recorded, and before its successor ended it. A version without the first was
-- recorded before this was kept.
alter table standings add column recorded bigint;
alter table standings add column ended bigint;
alter table institution_versions add column recorded bigint;
alter table institution_versions add column ended bigint;

-- A re-settlement too may have to be confirmed by a second person.
alter table approvals drop constraint approvals_kind_check;
alter table approvals add constraint approvals_kind_check
    check (kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION', 'RESETTLEMENT'));

-- What corrections leave due is listed by when they were booked.
create index corrections_by_time on corrections (booked_at, id);
