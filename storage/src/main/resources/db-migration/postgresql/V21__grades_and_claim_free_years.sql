-- The grade of an institution within its tier (等次), and claim-free years that still count (零报销年数).
alter table institution_versions add column grade text not null default 'NONE';
alter table standings add column claim_free_years bigint not null default 0 check (claim_free_years >= 0);
