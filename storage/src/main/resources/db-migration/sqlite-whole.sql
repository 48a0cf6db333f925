-- What the scripts of this version come to, in one. SchemaTest writes it; nobody edits it.
CREATE TABLE access_keys (
    id integer primary key,
    public_id text not null unique,
    hash blob not null check (length(hash) = 32),
    holder text not null,
    role text not null check (role in ('institution', 'alliance-lead', 'bureau-clerk', 'bureau-supervisor', 'auditor',
        'administrator')),
    scope text not null check ((scope = '') = (role = 'administrator')),
    first_day text not null check (first_day is date(first_day)),
    last_day text not null check (last_day is date(last_day) and last_day >= first_day),
    created_by text not null,
    created_at integer not null,
    replaces text references access_keys (public_id),
    revoked_by text,
    revoked_at integer,
    revoked_for text,
    check ((revoked_by is null) = (revoked_at is null) and (revoked_by is null) = (revoked_for is null))
) strict;
CREATE TABLE account_movements (
    id integer primary key,
    member integer not null references members (id),
    settlement integer references settlements (id) deferrable initially deferred,
    current_year_fen integer not null,
    earlier_years_fen integer not null,
    current_year_after_fen integer not null check (current_year_after_fen >= 0),
    earlier_years_after_fen integer not null check (earlier_years_after_fen >= 0)
, reversal integer references reversals (id) deferrable initially deferred
    check (reversal is null or settlement is null), correction integer references corrections (id) deferrable initially deferred
    check (correction is null or settlement is null and reversal is null), adjustment integer references adjustments (id) deferrable initially deferred
    check (adjustment is null or settlement is null and reversal is null and correction is null)) strict;
CREATE TABLE accounts (
    id integer primary key,
    kind text not null,
    owner text not null,
    unique (kind, owner)
) strict;
CREATE TABLE activations (
    id integer primary key,
    approval text not null unique,
    pack text not null,
    version text not null,
    hash text not null,
    effective_at integer not null,
    forced integer not null check (forced in (0, 1)),
    confirmed_at integer not null
) strict;
CREATE TABLE adjustment_entries (
    adjustment integer not null references adjustments (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (adjustment, number)
) strict, without rowid;
CREATE TABLE adjustment_movements (
    adjustment integer not null references adjustments (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (adjustment, counter)
) strict, without rowid;
CREATE TABLE adjustments (
    id integer primary key,
    public_id text not null unique,
    member integer not null references members (id),
    takes_back integer unique references adjustments (id),
    reason text not null check (reason <> ''),
    document text not null check (document <> ''),
    account_fen integer not null,
    booked_at integer not null
) strict;
CREATE TABLE affiliations (
    id integer primary key,
    village integer not null references institutions (id),
    centre integer not null references institutions (id) check (centre <> village),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    unique (village, first_day)
) strict;
CREATE TABLE alliances (
    id integer primary key,
    code text not null unique,
    kind text not null check (
        kind in ('URBAN_GROUP', 'COUNTY_COMMUNITY', 'SPECIALTY_ALLIANCE', 'TELEMEDICINE_NETWORK')),
    name text not null
) strict;
CREATE TABLE allotments (
    id integer primary key,
    public_id text not null unique,
    budget integer not null references budgets (id),
    amount_fen integer not null check (amount_fen <> 0),
    document text not null check (document <> ''),
    reason text not null check (reason <> ''),
    asked_by text not null,
    confirmed_by text not null,
    allotted_at integer not null
) strict;
CREATE TABLE approval_steps (
    approval integer not null references approvals (id),
    number integer not null check (number in (1, 2)),
    step text not null check (number = 1 and step in ('CONFIRMED', 'DECLINED') or number = 2 and step in ('DONE', 'FAILED')),
    who text not null,
    holder text not null,
    at integer not null,
    text blob not null,
    primary key (approval, number)
) strict, without rowid;
CREATE TABLE "approvals" (
    id integer primary key,
    public_id text not null unique,
    kind text not null check (
        kind in ('REVERSAL', 'REPLACEMENT', 'ADJUSTMENT', 'ACTIVATION', 'RESETTLEMENT', 'ALLOTMENT')),
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
CREATE TABLE audit (
    id integer primary key,
    algorithm text not null,
    hash blob not null,
    document blob not null
) strict;
CREATE TABLE budget_funds (
    budget integer not null references budgets (id),
    fund text not null,
    primary key (budget, fund)
) strict, without rowid;
CREATE TABLE budgets (
    id integer primary key,
    code text not null unique,
    alliance integer references alliances (id),
    institution integer references institutions (id),
    area text not null,
    year integer not null check (year between 1000 and 9999),
    check ((alliance is null) <> (institution is null))
) strict;
CREATE TABLE catalogue_items (
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
, tiers integer not null default 7 check (tiers between 1 and 7)) strict;
CREATE TABLE catalogue_terms (
    kind text not null,
    field text not null check (field in ('c', 'a', 'n', 'i', 'p')),
    term text not null,
    item integer not null,
    primary key (kind, field, term, item)
) strict, without rowid;
CREATE VIRTUAL TABLE catalogue_text using fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE catalogue_versions (
    version integer primary key,
    kind text not null,
    source text not null,
    imported_at integer not null,
    published integer not null check (published in (0, 1)),
    rows integer not null check (rows >= 0)
) strict;
CREATE TABLE checkpoints (
    size integer primary key,
    algorithm text not null,
    line text not null,
    edge blob not null
) strict;
CREATE TABLE correction_entries (
    correction integer not null references corrections (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (correction, number)
) strict, without rowid;
CREATE TABLE correction_movements (
    correction integer not null references corrections (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (correction, counter)
) strict, without rowid;
CREATE TABLE correction_papers (
    correction integer primary key references corrections (id) deferrable initially deferred,
    reply blob not null
) strict;
CREATE TABLE correction_postings (
    correction integer not null references corrections (id) deferrable initially deferred,
    number integer not null,
    payer text not null,
    layer integer references layers (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (correction, number)
) strict, without rowid;
CREATE TABLE corrections (
    id integer primary key,
    public_id text not null unique,
    settlement integer not null references settlements (id),
    resettlement integer references resettlements (id),
    takes_back integer unique references corrections (id),
    rules integer not null references rules (id),
    known_on text check (known_on is date(known_on)),
    booked_at integer not null,
    full_self_pay_fen integer not null,
    over_limit_fen integer not null,
    pre_pay_fen integer not null,
    in_scope_fen integer not null,
    deductible_fen integer not null,
    fund_fen integer not null,
    account_fen integer not null,
    cash_fen integer not null,
    hospital_fen integer not null,
    check (full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen = 0),
    check (fund_fen + account_fen + cash_fen + hospital_fen = 0),
    check ((resettlement is null) = (takes_back is not null))
) strict;
CREATE TABLE counter_names (
    id integer primary key,
    name text not null,
    period text not null,
    unit text not null check (unit in ('FEN', 'STAYS')),
    unique (name, period)
) strict;
CREATE TABLE counters (
    id integer primary key,
    member integer not null references members (id),
    name integer not null references counter_names (id),
    period_key text not null,
    sum integer not null check (sum >= 0),
    unique (member, name, period_key)
) strict;
CREATE TABLE difference_counters (
    difference integer not null references differences (id) on delete cascade,
    name integer not null references counter_names (id),
    period_key text not null,
    met integer not null,
    before integer not null,
    after integer not null,
    primary key (difference, name, period_key)
) strict, without rowid;
CREATE TABLE difference_payers (
    difference integer not null references differences (id) on delete cascade,
    payer text not null,
    before_fen integer not null,
    after_fen integer not null,
    primary key (difference, payer)
) strict, without rowid;
CREATE TABLE differences (
    id integer primary key,
    resettlement integer not null references resettlements (id),
    member integer not null references members (id),
    settlement integer not null references settlements (id),
    rules integer not null references rules (id),
    known_on text check (known_on is date(known_on)),
    reply blob not null,
    unique (resettlement, member, settlement)
) strict;
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE TABLE formulary_entries (
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
CREATE TABLE fund_spending (
    day text not null,
    institution integer not null references institutions (id),
    account integer not null references accounts (id),
    fen integer not null,
    primary key (day, institution, account)
) strict, without rowid;
CREATE TABLE fund_spending_reach (
    id integer primary key check (id = 1),
    through integer not null check (through >= 0)
) strict;
CREATE TABLE identities (
    member integer primary key references members (id),
    version integer not null references identity_keys (version),
    kind text not null,
    hash blob not null unique check (length(hash) = 32),
    sealed blob not null check (length(sealed) > 28)
) strict;
CREATE TABLE identity_keys (
    version integer primary key check (version > 0),
    algorithm text not null check (algorithm in ('AES-GCM', 'SM4-GCM')),
    wrapped blob not null check (length(wrapped) = 92),
    master text not null,
    created_at integer not null
) strict;
CREATE TABLE institution_versions (
    institution integer not null references institutions (id),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    name text not null,
    division text not null,
    tier text not null,
    kind text not null,
    administration text not null,
    specialty text not null, recorded integer, ended integer, grade text not null default 'NONE',
    primary key (institution, first_day)
) strict, without rowid;
CREATE TABLE institutions (
    id integer primary key,
    code text not null unique
) strict;
CREATE TABLE items (
    id integer primary key,
    name text not null unique
) strict;
CREATE TABLE layers (
    id integer primary key,
    name text not null unique
) strict;
CREATE TABLE members (
    id integer primary key,
    token text not null unique,
    birth text not null check (birth is date(birth)),
    current_year_fen integer not null check (current_year_fen >= 0),
    earlier_years_fen integer not null check (earlier_years_fen >= 0)
) strict;
CREATE TABLE memberships (
    alliance integer not null references alliances (id),
    number integer not null,
    institution integer not null references institutions (id),
    role text not null check (role in ('LEAD', 'MEMBER')),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    primary key (alliance, number)
) strict, without rowid;
CREATE TABLE pack_loads (
    id integer primary key,
    pack text not null,
    version text not null,
    hash text not null,
    signer text not null,
    forced integer not null check (forced in (0, 1)),
    loaded_at integer not null
) strict;
CREATE TABLE paper_dictionaries (
    adler integer primary key,
    rule integer not null unique references rules (id),
    content blob not null
) strict;
CREATE TABLE papers (
    settlement integer primary key references settlements (id) deferrable initially deferred,
    content_hash blob not null check (length(content_hash) = 32),
    content blob not null,
    reply blob not null
) strict;
CREATE TABLE parkings (
    id integer primary key,
    member integer not null references members (id),
    reason text not null check (reason <> ''),
    parked_by text not null,
    parked_at integer not null
, benefit_year text check (benefit_year is date(benefit_year))) strict;
CREATE TABLE referral_items (
    referral integer not null references referrals (id),
    number integer not null,
    item text not null,
    quantity text not null,
    primary key (referral, number)
) strict, without rowid;
CREATE TABLE referrals (
    id integer primary key,
    public_id text not null unique,
    member integer not null references members (id),
    sender integer not null references institutions (id),
    receiver integer not null references institutions (id) check (receiver <> sender),
    episode text not null,
    issued text not null check (issued is date(issued)),
    last_day text not null check (last_day is date(last_day) and last_day >= issued)
) strict;
CREATE TABLE releases (
    parking integer primary key references parkings (id),
    reason text not null check (reason <> ''),
    released_by text not null check (released_by <> ''),
    released_at integer not null
) strict;
CREATE TABLE resettlement_events (
    resettlement integer not null references resettlements (id),
    number integer not null,
    state text not null,
    who text not null,
    at integer not null,
    primary key (resettlement, number)
) strict, without rowid;
CREATE TABLE resettlement_members (
    resettlement integer not null references resettlements (id),
    member integer not null references members (id),
    state text not null check (state in ('COMPUTED', 'BLOCKED', 'CHANGED', 'BOOKED')),
    settlements integer not null check (settlements >= 0),
    fingerprint blob not null check (length(fingerprint) = 32),
    obstacle_at text not null,
    obstacle text not null,
    primary key (resettlement, member)
) strict, without rowid;
CREATE TABLE resettlements (
    id integer primary key,
    public_id text not null unique,
    cause text not null check (cause in ('STALE', 'RULES', 'MEMBER')),
    area text not null,
    pack text not null,
    version text not null,
    hash text not null,
    known_on text check (known_on is date(known_on)),
    first_day text not null check (first_day is date(first_day)),
    member text not null,
    reason text not null check (reason <> ''),
    members integer not null check (members >= 0),
    state text not null check (state in ('COMPUTING', 'READY', 'BOOKING', 'STOPPED', 'DONE', 'DISMISSED')),
    resumes text not null check (resumes in ('', 'COMPUTING', 'BOOKING')),
    reached text not null
) strict;
CREATE TABLE reversal_entries (
    reversal integer not null references reversals (id) deferrable initially deferred,
    number integer not null,
    account integer not null references accounts (id),
    amount_fen integer not null check (amount_fen <> 0),
    primary key (reversal, number)
) strict, without rowid;
CREATE TABLE reversal_movements (
    reversal integer not null references reversals (id) deferrable initially deferred,
    counter integer not null references counters (id),
    before integer not null check (before >= 0),
    after integer not null check (after >= 0 and after <> before),
    primary key (reversal, counter)
) strict, without rowid;
CREATE TABLE reversal_papers (
    reversal integer primary key references reversals (id) deferrable initially deferred,
    content_hash blob not null check (length(content_hash) = 32),
    content blob not null,
    reply blob not null
) strict;
CREATE TABLE reversal_postings (
    reversal integer not null references reversals (id) deferrable initially deferred,
    number integer not null,
    payer text not null,
    layer integer references layers (id),
    amount_fen integer not null check (amount_fen <= 0),
    primary key (reversal, number)
) strict, without rowid;
CREATE TABLE reversals (
    id integer primary key,
    public_id text not null unique,
    settlement integer not null unique references settlements (id),
    sender text not null,
    key text not null,
    reason text not null check (reason <> ''),
    reversed_at integer not null,
    total_fen integer not null check (total_fen <= 0),
    full_self_pay_fen integer not null check (full_self_pay_fen <= 0),
    over_limit_fen integer not null check (over_limit_fen <= 0),
    pre_pay_fen integer not null check (pre_pay_fen <= 0),
    in_scope_fen integer not null check (in_scope_fen <= 0),
    deductible_fen integer not null check (deductible_fen <= 0),
    fund_fen integer not null check (fund_fen <= 0),
    account_fen integer not null check (account_fen <= 0),
    cash_fen integer not null check (cash_fen <= 0),
    hospital_fen integer not null check (hospital_fen <= 0),
    unique (sender, key)
) strict;
CREATE TABLE rule_counters (
    id integer primary key,
    rule integer not null references rules (id),
    name integer not null references counter_names (id),
    unique (rule, name)
) strict;
CREATE TABLE rules (
    id integer primary key,
    pack text not null,
    version text not null,
    hash text not null,
    area text not null,
    benefit text not null,
    unique (pack, version, hash, area, benefit)
) strict;
CREATE TABLE settlements (
    id integer primary key,
    public_id text not null unique,
    institution integer not null references institutions (id),
    key text not null,
    member integer not null references members (id),
    rules integer not null references rules (id),
    binding_day text not null check (binding_day is date(binding_day)),
    known_on text check (known_on is date(known_on)),
    booked_at integer not null,
    total_fen integer not null check (total_fen >= 0),
    full_self_pay_fen integer not null check (full_self_pay_fen >= 0),
    over_limit_fen integer not null check (over_limit_fen >= 0),
    pre_pay_fen integer not null check (pre_pay_fen >= 0),
    in_scope_fen integer not null check (in_scope_fen >= 0),
    deductible_fen integer not null check (deductible_fen between 0 and total_fen),
    fund_fen integer not null check (fund_fen >= 0),
    account_fen integer not null check (account_fen >= 0),
    cash_fen integer not null check (cash_fen >= 0),
    hospital_fen integer not null check (hospital_fen >= 0),
    name text,
    treated_by integer not null references institutions (id),
    care text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text not null check (last_day is date(last_day) and last_day >= first_day),
    place text not null,
    filing text not null,
    referral text,
    episode text,
    referred_on text check (referred_on is date(referred_on)),
    disease text not null,
    line_numbers text,
    line_items text not null,
    line_classes text not null,
    line_amounts text not null,
    line_full_self_pay text,
    line_over_limit text,
    line_pre_pay text,
    posting_payers text not null,
    posting_layers text not null,
    posting_amounts text not null,
    entry_accounts text not null,
    entry_amounts text not null,
    moved_counters text not null,
    moved_before text not null,
    moved_after text not null,
    unique (institution, key),
    check (total_fen = full_self_pay_fen + over_limit_fen + pre_pay_fen + in_scope_fen),
    check (total_fen = fund_fen + account_fen + cash_fen + hospital_fen)
) strict;
CREATE TABLE sharers (
    member integer not null references members (id),
    number integer not null,
    sharer integer not null references members (id) check (sharer <> member),
    primary key (member, number),
    unique (member, sharer)
) strict, without rowid;
CREATE TABLE stale_clearings (
    settlement integer not null,
    cause integer not null,
    resettlement integer not null references resettlements (id),
    primary key (settlement, cause),
    foreign key (settlement, cause) references stale_settlements (settlement, cause)
) strict, without rowid;
CREATE TABLE stale_settlements (
    settlement integer not null references settlements (id),
    cause integer not null,
    reason text not null check (reason in ('REVERSAL', 'LATE_ARRIVAL')),
    primary key (settlement, cause)
) strict, without rowid;
CREATE TABLE standing_words (
    standing integer not null references standings (id),
    list text not null check (list in ('DESIGNATED', 'DISEASE', 'TAG')),
    number integer not null,
    word text not null,
    primary key (standing, list, number)
) strict, without rowid;
CREATE TABLE standings (
    id integer primary key,
    member integer not null references members (id),
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and (last_day is null or last_day >= first_day)),
    area text not null,
    scheme text not null,
    status text not null,
    plan text not null,
    relief text not null,
    civil_servant integer not null check (civil_servant in (0, 1)),
    enrolled_since text not null check (enrolled_since is date(enrolled_since)),
    entitled_from text not null check (entitled_from is date(entitled_from)),
    retired_on text check (retired_on is date(retired_on)),
    contract_with text,
    contract_first_day text check (contract_first_day is date(contract_first_day)),
    contract_last_day text check (contract_last_day is date(contract_last_day)), recorded integer, ended integer, claim_free_years integer not null default 0 check (claim_free_years >= 0),
    unique (member, first_day),
    check ((contract_with is null) = (contract_first_day is null))
) strict;
CREATE TABLE stocks (
    id integer primary key,
    institution integer not null references institutions (id),
    item text not null,
    first_day text not null check (first_day is date(first_day)),
    last_day text check (last_day is date(last_day) and last_day >= first_day),
    unique (institution, item, first_day)
) strict;
CREATE TABLE trusted_keys (
    id integer primary key,
    key_id text not null,
    signature text not null,
    name text not null,
    areas text not null,
    trusted integer not null check (trusted in (0, 1)),
    changed_at integer not null
) strict;
insert into fund_spending_reach values (1, 0);
CREATE UNIQUE INDEX account_movements_of_adjustment on account_movements (adjustment, member)
    where adjustment is not null;
CREATE UNIQUE INDEX account_movements_of_correction on account_movements (correction, member)
    where correction is not null;
CREATE INDEX account_movements_of_member on account_movements (member);
CREATE UNIQUE INDEX account_movements_of_reversal on account_movements (reversal, member) where reversal is not null;
CREATE UNIQUE INDEX account_movements_of_settlement on account_movements (settlement, member)
    where settlement is not null;
CREATE INDEX activations_of_pack on activations (pack, effective_at);
CREATE INDEX allotments_of_budget on allotments (budget);
CREATE INDEX catalogue_items_added on catalogue_items (added);
CREATE INDEX catalogue_items_ended on catalogue_items (ended) where ended is not null;
CREATE INDEX catalogue_items_of_class on catalogue_items (kind, pay_class);
CREATE INDEX catalogue_items_procured on catalogue_items (kind) where procurement <> '';
CREATE INDEX corrections_by_time on corrections (booked_at, id);
CREATE INDEX corrections_of_resettlement on corrections (resettlement) where resettlement is not null;
CREATE INDEX corrections_of_settlement on corrections (settlement);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX identities_by_version on identities (version);
CREATE INDEX memberships_of_institution on memberships (institution);
CREATE INDEX pack_loads_of_pack on pack_loads (pack, id);
CREATE INDEX parkings_of_member on parkings (member);
CREATE INDEX referrals_of_member on referrals (member);
CREATE INDEX settlements_of_member_by_day on settlements (member, binding_day);
CREATE INDEX trusted_keys_of_key on trusted_keys (key_id, id);
CREATE TRIGGER access_keys_remain before delete on access_keys
begin select raise(abort, 'access_keys: a key is never deleted'); end;
CREATE TRIGGER access_keys_stay before update on access_keys
when (new.id, new.public_id, new.hash, new.holder, new.role, new.scope, new.first_day, new.created_by, new.created_at)
        <> (old.id, old.public_id, old.hash, old.holder, old.role, old.scope, old.first_day, old.created_by,
            old.created_at)
    or new.replaces is not old.replaces or new.last_day > old.last_day or old.revoked_at is not null
begin select raise(abort, 'access_keys: a key only ends'); end;
CREATE TRIGGER account_movements_are_complete before insert on account_movements
when exists (select 1 from settlements where id = new.settlement)
    or exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'account_movements: what moved is booked'); end;
CREATE TRIGGER account_movements_remain before delete on account_movements
begin select raise(abort, 'account_movements: what is booked is never deleted'); end;
CREATE TRIGGER account_movements_stay before update on account_movements
begin select raise(abort, 'account_movements: what is booked is never edited'); end;
CREATE TRIGGER activations_remain before delete on activations
begin select raise(abort, 'activations: what is booked is never deleted'); end;
CREATE TRIGGER activations_stay before update on activations
begin select raise(abort, 'activations: what is booked is never edited'); end;
CREATE TRIGGER adjusted_account_movements_are_complete before insert on account_movements
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'account_movements: the adjustment is booked'); end;
CREATE TRIGGER adjustment_entries_are_complete before insert on adjustment_entries
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'adjustment_entries: the adjustment is booked'); end;
CREATE TRIGGER adjustment_entries_remain before delete on adjustment_entries
begin select raise(abort, 'adjustment_entries: what is booked is never deleted'); end;
CREATE TRIGGER adjustment_entries_stay before update on adjustment_entries
begin select raise(abort, 'adjustment_entries: what is booked is never edited'); end;
CREATE TRIGGER adjustment_is_sum_of_its_parts after insert on adjustments
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
CREATE TRIGGER adjustment_movements_are_complete before insert on adjustment_movements
when exists (select 1 from adjustments where id = new.adjustment)
begin select raise(abort, 'adjustment_movements: the adjustment is booked'); end;
CREATE TRIGGER adjustment_movements_remain before delete on adjustment_movements
begin select raise(abort, 'adjustment_movements: what is booked is never deleted'); end;
CREATE TRIGGER adjustment_movements_stay before update on adjustment_movements
begin select raise(abort, 'adjustment_movements: what is booked is never edited'); end;
CREATE TRIGGER adjustments_remain before delete on adjustments
begin select raise(abort, 'adjustments: what is booked is never deleted'); end;
CREATE TRIGGER adjustments_stay before update on adjustments
begin select raise(abort, 'adjustments: what is booked is never edited'); end;
CREATE TRIGGER allotments_are_not_cut_below_zero after insert on allotments
begin
    select raise(abort, 'allotment: more is cut than was allotted')
    where (select sum(amount_fen) from allotments where budget = new.budget) < 0;
end;
CREATE TRIGGER allotments_remain before delete on allotments
begin select raise(abort, 'allotments: what is booked is never deleted'); end;
CREATE TRIGGER allotments_stay before update on allotments
begin select raise(abort, 'allotments: what is booked is never edited'); end;
CREATE TRIGGER approval_steps_remain before delete on approval_steps
begin select raise(abort, 'approval_steps: what is booked is never deleted'); end;
CREATE TRIGGER approval_steps_stay before update on approval_steps
begin select raise(abort, 'approval_steps: what is booked is never edited'); end;
CREATE TRIGGER approvals_remain before delete on approvals
begin select raise(abort, 'approvals: what is booked is never deleted'); end;
CREATE TRIGGER approvals_stay before update on approvals
begin select raise(abort, 'approvals: what is booked is never edited'); end;
CREATE TRIGGER audit_follows before insert on audit
when new.id <> (select coalesce(max(id), 0) + 1 from audit)
begin select raise(abort, 'audit: a row follows the last'); end;
CREATE TRIGGER audit_remains before delete on audit
begin select raise(abort, 'audit: what is booked is never deleted'); end;
CREATE TRIGGER audit_stays before update on audit
begin select raise(abort, 'audit: what is booked is never edited'); end;
CREATE TRIGGER budget_funds_remain before delete on budget_funds
begin select raise(abort, 'budget_funds: what is booked is never deleted'); end;
CREATE TRIGGER budget_funds_stay before update on budget_funds
begin select raise(abort, 'budget_funds: what is booked is never edited'); end;
CREATE TRIGGER budgets_remain before delete on budgets
begin select raise(abort, 'budgets: what is booked is never deleted'); end;
CREATE TRIGGER budgets_stay before update on budgets
begin select raise(abort, 'budgets: what is booked is never edited'); end;
CREATE TRIGGER checkpoints_remain before delete on checkpoints
begin select raise(abort, 'checkpoints: what is booked is never deleted'); end;
CREATE TRIGGER checkpoints_stay before update on checkpoints
begin select raise(abort, 'checkpoints: what is booked is never edited'); end;
CREATE TRIGGER corrected_account_movements_are_complete before insert on account_movements
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'account_movements: the correction is booked'); end;
CREATE TRIGGER correction_entries_are_complete before insert on correction_entries
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_entries: the correction is booked'); end;
CREATE TRIGGER correction_entries_remain before delete on correction_entries
begin select raise(abort, 'correction_entries: what is booked is never deleted'); end;
CREATE TRIGGER correction_entries_stay before update on correction_entries
begin select raise(abort, 'correction_entries: what is booked is never edited'); end;
CREATE TRIGGER correction_is_sum_of_its_parts after insert on corrections
begin
    select raise(abort, 'correction: its settlement is reversed')
    where exists (select 1 from reversals where settlement = new.settlement);
    select raise(abort, 'correction: its postings do not add up')
    where (new.account_fen, new.cash_fen, new.hospital_fen, 0) <> (
        select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                then amount_fen end), 0),
            coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
            coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
            coalesce(sum(amount_fen), 0)
        from correction_postings where correction = new.id);
    select raise(abort, 'correction: its entries do not sum to zero')
    where (select coalesce(sum(amount_fen), 0) from correction_entries where correction = new.id) <> 0;
    select raise(abort, 'correction: it is not due to the person')
    where -new.cash_fen <> (select coalesce(sum(e.amount_fen), 0)
        from correction_entries e join accounts a on a.id = e.account
        where e.correction = new.id and a.kind = 'PERSON_DUE');
    select raise(abort, 'correction: a counter is not what it leaves')
    where exists (select 1 from correction_movements m join counters c on c.id = m.counter
        where m.correction = new.id and c.sum <> m.after);
    select raise(abort, 'correction: its account money was not moved')
    where new.account_fen <> (
        select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
        from account_movements where correction = new.id);
    select raise(abort, 'correction: its papers are missing')
    where new.takes_back is null and not exists (select 1 from correction_papers where correction = new.id);
    select raise(abort, 'correction: its amounts do not cancel')
    where new.takes_back is not null and not exists (select 1 from corrections c where c.id = new.takes_back
        and c.settlement = new.settlement and c.takes_back is null
        and (c.fund_fen, c.account_fen, c.cash_fen, c.hospital_fen, c.deductible_fen) =
            (-new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen, -new.deductible_fen));
end;
CREATE TRIGGER correction_movements_are_complete before insert on correction_movements
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_movements: the correction is booked'); end;
CREATE TRIGGER correction_movements_remain before delete on correction_movements
begin select raise(abort, 'correction_movements: what is booked is never deleted'); end;
CREATE TRIGGER correction_movements_stay before update on correction_movements
begin select raise(abort, 'correction_movements: what is booked is never edited'); end;
CREATE TRIGGER correction_papers_are_complete before insert on correction_papers
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_papers: the correction is booked'); end;
CREATE TRIGGER correction_papers_remain before delete on correction_papers
begin select raise(abort, 'correction_papers: what is booked is never deleted'); end;
CREATE TRIGGER correction_papers_stay before update on correction_papers
begin select raise(abort, 'correction_papers: what is booked is never edited'); end;
CREATE TRIGGER correction_postings_are_complete before insert on correction_postings
when exists (select 1 from corrections where id = new.correction)
begin select raise(abort, 'correction_postings: the correction is booked'); end;
CREATE TRIGGER correction_postings_remain before delete on correction_postings
begin select raise(abort, 'correction_postings: what is booked is never deleted'); end;
CREATE TRIGGER correction_postings_stay before update on correction_postings
begin select raise(abort, 'correction_postings: what is booked is never edited'); end;
CREATE TRIGGER corrections_remain before delete on corrections
begin select raise(abort, 'corrections: what is booked is never deleted'); end;
CREATE TRIGGER corrections_stay before update on corrections
begin select raise(abort, 'corrections: what is booked is never edited'); end;
CREATE TRIGGER identity_keys_remain before delete on identity_keys
begin select raise(abort, 'identity_keys: a key is never deleted'); end;
CREATE TRIGGER identity_keys_stay before update on identity_keys
when (new.version, new.algorithm, new.created_at) <> (old.version, old.algorithm, old.created_at)
begin select raise(abort, 'identity_keys: only what wraps a key changes'); end;
CREATE TRIGGER pack_loads_remain before delete on pack_loads
begin select raise(abort, 'pack_loads: what was loaded is never deleted'); end;
CREATE TRIGGER pack_loads_stay before update on pack_loads
begin select raise(abort, 'pack_loads: what was loaded is never edited'); end;
CREATE TRIGGER paper_dictionaries_remain before delete on paper_dictionaries
begin select raise(abort, 'paper_dictionaries: booked papers rest on it'); end;
CREATE TRIGGER paper_dictionaries_stay before update on paper_dictionaries
begin select raise(abort, 'paper_dictionaries: booked papers rest on it'); end;
CREATE TRIGGER papers_remain before delete on papers
begin select raise(abort, 'papers: what is booked is never deleted'); end;
CREATE TRIGGER papers_stay before update on papers
begin select raise(abort, 'papers: what is booked is never edited'); end;
CREATE TRIGGER parkings_remain before delete on parkings
begin select raise(abort, 'parkings: what is booked is never deleted'); end;
CREATE TRIGGER parkings_stay before update on parkings
begin select raise(abort, 'parkings: what is booked is never edited'); end;
CREATE TRIGGER releases_remain before delete on releases
begin select raise(abort, 'releases: what is booked is never deleted'); end;
CREATE TRIGGER releases_stay before update on releases
begin select raise(abort, 'releases: what is booked is never edited'); end;
CREATE TRIGGER resettlement_events_remain before delete on resettlement_events
begin select raise(abort, 'resettlement_events: what happened is never deleted'); end;
CREATE TRIGGER resettlement_events_stay before update on resettlement_events
begin select raise(abort, 'resettlement_events: what happened is never edited'); end;
CREATE TRIGGER resettlements_remain before delete on resettlements
begin select raise(abort, 'resettlements: what happened is never deleted'); end;
CREATE TRIGGER resettlements_stay before update on resettlements
when (new.id, new.public_id, new.cause, new.area, new.pack, new.version, new.hash, new.first_day, new.member)
        <> (old.id, old.public_id, old.cause, old.area, old.pack, old.version, old.hash, old.first_day, old.member)
    or new.known_on is not old.known_on or new.reason <> old.reason or new.members <> old.members
    or old.state in ('DONE', 'DISMISSED')
begin select raise(abort, 'resettlements: only where it stands may change'); end;
CREATE TRIGGER reversal_cancels_its_settlement after insert on reversals
begin
    select raise(abort, 'reversal: its amounts do not cancel')
    where not exists (select 1 from settlements s where s.id = new.settlement
        and (s.total_fen, s.full_self_pay_fen, s.over_limit_fen, s.pre_pay_fen, s.in_scope_fen) =
            (-new.total_fen, -new.full_self_pay_fen, -new.over_limit_fen, -new.pre_pay_fen, -new.in_scope_fen)
        and (s.deductible_fen, s.fund_fen, s.account_fen, s.cash_fen, s.hospital_fen) =
            (-new.deductible_fen, -new.fund_fen, -new.account_fen, -new.cash_fen, -new.hospital_fen));
    select raise(abort, 'reversal: its postings do not cancel')
    where exists (
            select number, payer, layer, amount_fen from postings where settlement = new.settlement
            except select number, payer, layer, -amount_fen from reversal_postings where reversal = new.id)
        or (select count(*) from postings where settlement = new.settlement)
            <> (select count(*) from reversal_postings where reversal = new.id);
    select raise(abort, 'reversal: its entries do not cancel')
    where exists (
            select number, account, amount_fen from entries where settlement = new.settlement
            except select number, account, -amount_fen from reversal_entries where reversal = new.id)
        or (select count(*) from entries where settlement = new.settlement)
            <> (select count(*) from reversal_entries where reversal = new.id);
    select raise(abort, 'reversal: its counters do not go back')
    where exists (
            select counter, after - before from counter_movements where settlement = new.settlement
            except select counter, before - after from reversal_movements where reversal = new.id)
        or (select count(*) from counter_movements where settlement = new.settlement)
            <> (select count(*) from reversal_movements where reversal = new.id);
    select raise(abort, 'reversal: its account money does not go back')
    where exists (
            select member, current_year_fen, earlier_years_fen from account_movements where settlement = new.settlement
            except select member, -current_year_fen, -earlier_years_fen from account_movements where reversal = new.id)
        or (select count(*) from account_movements where settlement = new.settlement)
            <> (select count(*) from account_movements where reversal = new.id);
    select raise(abort, 'reversal: its counter is not what it leaves')
    where exists (
            select 1 from reversal_movements m join counters c on c.id = m.counter
            where m.reversal = new.id and c.sum <> m.after);
    select raise(abort, 'reversal: its papers are missing')
    where not exists (select 1 from reversal_papers where reversal = new.id);
end;
CREATE TRIGGER reversal_entries_are_complete before insert on reversal_entries
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_entries: the reversal is booked'); end;
CREATE TRIGGER reversal_entries_remain before delete on reversal_entries
begin select raise(abort, 'reversal_entries: what is booked is never deleted'); end;
CREATE TRIGGER reversal_entries_stay before update on reversal_entries
begin select raise(abort, 'reversal_entries: what is booked is never edited'); end;
CREATE TRIGGER reversal_movements_are_complete before insert on reversal_movements
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_movements: the reversal is booked'); end;
CREATE TRIGGER reversal_movements_remain before delete on reversal_movements
begin select raise(abort, 'reversal_movements: what is booked is never deleted'); end;
CREATE TRIGGER reversal_movements_stay before update on reversal_movements
begin select raise(abort, 'reversal_movements: what is booked is never edited'); end;
CREATE TRIGGER reversal_papers_remain before delete on reversal_papers
begin select raise(abort, 'reversal_papers: what is booked is never deleted'); end;
CREATE TRIGGER reversal_papers_stay before update on reversal_papers
begin select raise(abort, 'reversal_papers: what is booked is never edited'); end;
CREATE TRIGGER reversal_postings_are_complete before insert on reversal_postings
when exists (select 1 from reversals where id = new.reversal)
begin select raise(abort, 'reversal_postings: the reversal is booked'); end;
CREATE TRIGGER reversal_postings_remain before delete on reversal_postings
begin select raise(abort, 'reversal_postings: what is booked is never deleted'); end;
CREATE TRIGGER reversal_postings_stay before update on reversal_postings
begin select raise(abort, 'reversal_postings: what is booked is never edited'); end;
CREATE TRIGGER reversals_remain before delete on reversals
begin select raise(abort, 'reversals: what is booked is never deleted'); end;
CREATE TRIGGER reversals_stay before update on reversals
begin select raise(abort, 'reversals: what is booked is never edited'); end;
CREATE TRIGGER settlement_is_sum_of_its_parts after insert on settlements
begin
    select raise(abort, 'settlement: its parts do not add up')
    where new.total_fen <> (select coalesce(sum(value), 0) from json_each(new.line_amounts))
        or new.total_fen <> (select coalesce(sum(value), 0) from json_each(new.posting_amounts) where value >= 0)
        or (select coalesce(sum(value), 0) from json_each(new.entry_amounts)) <> 0
        or new.account_fen <> 0 and new.account_fen <> (
            select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
            from account_movements where settlement = new.id)
        or not exists (select 1 from papers where settlement = new.id);
end;
CREATE TRIGGER settlements_remain before delete on settlements
begin select raise(abort, 'settlements: what is booked is never deleted'); end;
CREATE TRIGGER settlements_stay before update on settlements
begin select raise(abort, 'settlements: what is booked is never edited'); end;
CREATE TRIGGER stale_clearings_remain before delete on stale_clearings
begin select raise(abort, 'stale_clearings: what is booked is never deleted'); end;
CREATE TRIGGER stale_clearings_stay before update on stale_clearings
begin select raise(abort, 'stale_clearings: what is booked is never edited'); end;
CREATE TRIGGER stale_settlements_remain before delete on stale_settlements
begin select raise(abort, 'stale_settlements: what is booked is never deleted'); end;
CREATE TRIGGER stale_settlements_stay before update on stale_settlements
begin select raise(abort, 'stale_settlements: what is booked is never edited'); end;
CREATE TRIGGER trusted_keys_remain before delete on trusted_keys
begin select raise(abort, 'trusted_keys: what was trusted is never deleted'); end;
CREATE TRIGGER trusted_keys_stay before update on trusted_keys
begin select raise(abort, 'trusted_keys: what was trusted is never edited'); end;
CREATE VIEW charge_lines as
    select settlement, number, item, pay_class, amount_fen, full_self_pay_fen, over_limit_fen, pre_pay_fen,
        amount_fen - full_self_pay_fen - over_limit_fen - pre_pay_fen as in_scope_fen
    from (select s.id as settlement, coalesce(s.line_numbers ->> i.key, i.key + 1) as number, i.value as item,
            substr(s.line_classes, i.key + 1, 1) as pay_class, s.line_amounts ->> i.key as amount_fen,
            coalesce(s.line_full_self_pay ->> i.key, 0) as full_self_pay_fen,
            coalesce(s.line_over_limit ->> i.key, 0) as over_limit_fen,
            coalesce(s.line_pre_pay ->> i.key, 0) as pre_pay_fen
        from settlements s, json_each(s.line_items) i);
CREATE VIEW counter_movements as
    select s.id as settlement, i.value as counter, s.moved_before ->> i.key as before,
        s.moved_after ->> i.key as after
    from settlements s, json_each(s.moved_counters) i;
CREATE VIEW encounters as
    select s.id, coalesce(s.name, i.code || '/' || s.key) as name, s.member, s.treated_by as institution, s.care,
        s.first_day, s.last_day, s.place, s.filing, s.referral, s.episode, s.referred_on, s.disease
    from settlements s join institutions i on i.id = s.institution;
CREATE VIEW entries as
    select s.id as settlement, i.key + 1 as number, s.entry_accounts ->> i.key as account, i.value as amount_fen
    from settlements s, json_each(s.entry_amounts) i;
CREATE VIEW journal as
    select settlement as booking, number, account, amount_fen from entries
    union all select reversal, number, account, amount_fen from reversal_entries
    union all select correction, number, account, amount_fen from correction_entries
    union all select adjustment, number, account, amount_fen from adjustment_entries;
CREATE VIEW movements as
    select settlement as booking, counter, before, after from counter_movements
    union all select reversal, counter, before, after from reversal_movements
    union all select correction, counter, before, after from correction_movements
    union all select adjustment, counter, before, after from adjustment_movements;
CREATE VIEW postings as
    select s.id as settlement, i.key + 1 as number, coalesce(s.posting_payers ->> i.key, '') as payer,
        s.posting_layers ->> i.key as layer, i.value as amount_fen
    from settlements s, json_each(s.posting_amounts) i;
