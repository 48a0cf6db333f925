-- What the papers of one benefit repeat (存档词典): the first request and reply settled by it, with which later ones are
-- deflated. Papers in zlib format name the dictionary by its Adler-32; those without a dictionary are raw deflate, whose
-- first byte zlib format never has. Written once and never changed.
create table paper_dictionaries (
    adler integer primary key,
    rule integer not null unique references rules (id),
    content blob not null
) strict;

create trigger paper_dictionaries_stay before update on paper_dictionaries
begin select raise(abort, 'paper_dictionaries: booked papers rest on it'); end;
create trigger paper_dictionaries_remain before delete on paper_dictionaries
begin select raise(abort, 'paper_dictionaries: booked papers rest on it'); end;
