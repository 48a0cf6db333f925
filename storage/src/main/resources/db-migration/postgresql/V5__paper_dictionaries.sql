-- What the papers of one benefit repeat (存档词典): the first request and reply settled by it, with which later ones are
-- deflated. Papers in zlib format name the dictionary by its Adler-32; those without a dictionary are raw deflate, whose
-- first byte zlib format never has. Written once and never changed.
create table paper_dictionaries (
    adler bigint primary key,
    rule bigint not null unique references rules (id),
    content bytea not null
);

create trigger paper_dictionaries_stay before update or delete or truncate on paper_dictionaries
execute function booked_stays();
