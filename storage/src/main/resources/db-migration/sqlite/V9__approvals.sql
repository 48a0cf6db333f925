-- Two persons (双人复核), manual adjustments (手工调账), and which versions of packs are in force for booking (政策包启用).

-- Something that a second person has to confirm. `content` is what will be done, exactly.
create table approvals (
    id integer primary key,
    public_id text not null unique,
    kind text not null check (kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION')),
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

-- One decision (number 1) and one outcome (number 2), never changed.
create table approval_steps (
    approval integer not null references approvals (id),
    number integer not null check (number in (1, 2)),
    step text not null check (number = 1 and step in ('CONFIRMED', 'DECLINED') or number = 2 and step in ('DONE', 'FAILED')),
    who text not null,
    holder text not null,
    at integer not null,
    text blob not null,
    primary key (approval, number)
) strict, without rowid;

-- An adjustment of a member's account money or of one sum; one that takes back another has its amounts with the other
-- sign. Numbers are drawn from one series with those of settlements. Written last, and never changed.
create table adjustments (
    id integer primary key,
    public_id text not null unique,
    member integer not null references members (id),
    takes_back integer unique references adjustments (id),
    reason text not null check (reason <> ''),
    document text not null check (document <> ''),
    account_fen integer not null,
    booked_at integer not null
) strict;
create table adjustment_entries (
    adjustment integer not null references adjustments (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (adjustment, number)
) strict, without rowid;
create table adjustment_movements (
    adjustment integer not null references adjustments (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (adjustment, counter)
) strict, without rowid;

alter table account_movements add column adjustment integer references adjustments (id) deferrable initially deferred
    check (adjustment is null or settlement is null and reversal is null and correction is null);
create unique index account_movements_of_adjustment on account_movements (adjustment, member)
    where adjustment is not null;

drop view journal;
create view journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries
    union all select correction, number, account, amount_fen from correction_entries
    union all select adjustment, number, account, amount_fen from adjustment_entries;
drop view movements;
create view movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements
    union all select correction, counter, before, after from correction_movements
    union all select adjustment, counter, before, after from adjustment_movements;

-- A version of a pack that books from a moment on, until another of the same pack does.
create table activations (
    id integer primary key,
    approval text not null unique,
    pack text not null,
    version text not null,
    hash text not null,
    effective_at integer not null,
    forced integer not null check (forced in (0, 1)),
    confirmed_at integer not null
) strict;
create index activations_of_pack on activations (pack, effective_at);

-- What the database itself keeps -------------------------------------------------------------------------------------

create trigger adjustment_is_sum_of_its_parts after insert on adjustments
begin
    select raise(abort, 'adjustment: its entries do not sum to zero')
    where (select coalesce(sum(amount_fen), 0) from adjustment_entries where adjustment = new.id) <> 0;
    select raise(abort, 'adjustment: its account money was not moved')
    where new.account_fen <> (select coalesce(sum(current_year_fen + earlier_years_fen), 0)
        from account_movements where adjustment = new.id)
        or new.account_fen <> (select coalesce(sum(e.amount_fen), 0)
        from adjustment_entries e join accounts a on a.id = e.account
        where e.adjustment = new.id and a.kind = 'PERSONAL_ACCOUNT');
    select raise(abort, 'adjustment: a counter is not what it leaves')
    where exists (select 1 from adjustment_movements m join counters c on c.id = m.counter
        where m.adjustment = new.id and c.sum <> m.after);
end;
create trigger adjustment_entries_are_complete before insert on adjustment_entries
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'adjustment_entries: the adjustment is booked'); end;
create trigger adjustment_movements_are_complete before insert on adjustment_movements
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'adjustment_movements: the adjustment is booked'); end;
create trigger adjusted_account_movements_are_complete before insert on account_movements
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'account_movements: the adjustment is booked'); end;
create trigger approvals_stay before update on approvals
begin select raise(abort, 'approvals: what is booked is never edited'); end;
create trigger approvals_remain before delete on approvals
begin select raise(abort, 'approvals: what is booked is never deleted'); end;
create trigger approval_steps_stay before update on approval_steps
begin select raise(abort, 'approval_steps: what is booked is never edited'); end;
create trigger approval_steps_remain before delete on approval_steps
begin select raise(abort, 'approval_steps: what is booked is never deleted'); end;
create trigger adjustments_stay before update on adjustments
begin select raise(abort, 'adjustments: what is booked is never edited'); end;
create trigger adjustments_remain before delete on adjustments
begin select raise(abort, 'adjustments: what is booked is never deleted'); end;
create trigger adjustment_entries_stay before update on adjustment_entries
begin select raise(abort, 'adjustment_entries: what is booked is never edited'); end;
create trigger adjustment_entries_remain before delete on adjustment_entries
begin select raise(abort, 'adjustment_entries: what is booked is never deleted'); end;
create trigger adjustment_movements_stay before update on adjustment_movements
begin select raise(abort, 'adjustment_movements: what is booked is never edited'); end;
create trigger adjustment_movements_remain before delete on adjustment_movements
begin select raise(abort, 'adjustment_movements: what is booked is never deleted'); end;
create trigger activations_stay before update on activations
begin select raise(abort, 'activations: what is booked is never edited'); end;
create trigger activations_remain before delete on activations
begin select raise(abort, 'activations: what is booked is never deleted'); end;
