-- Facts are what makes a decision large, and nobody asks them in SQL: they are compressed by whoever answered (zlib, RFC 1950).
-- Older ones stay the JSON text that they are; it begins with a brace, which zlib's format never does.
alter table decision alter column facts type bytea using convert_to(facts::text, 'UTF8');
-- compressed already
alter table decision alter column facts set storage external;
