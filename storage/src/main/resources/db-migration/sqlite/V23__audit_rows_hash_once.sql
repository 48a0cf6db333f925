-- A row of the audit log is bound by its own hash, which is of the hash before it and of its document: what the row before
-- holds is not kept a second time (审计行只存一次散列).
alter table audit drop column previous;
