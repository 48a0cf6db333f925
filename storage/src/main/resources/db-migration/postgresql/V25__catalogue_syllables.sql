-- Syllables are compared in the spelling itself (音节直接在拼音中比对); the index of texts keeps the syllables of new
-- imports, and of older ones the longer words, among which the shorter are.
alter table catalogue_items drop column sounds;
