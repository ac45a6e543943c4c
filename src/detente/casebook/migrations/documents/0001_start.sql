CREATE TABLE documents (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT, text TEXT NOT NULL,
  publisher TEXT, published TEXT, language TEXT,
  body TEXT NOT NULL,               -- the document without its text, as JSON
  hash TEXT NOT NULL                -- of all columns but n
) STRICT;

-- Pairs of rows whose texts nearly repeat each other, and the bands of MinHash signatures that find
-- candidates.
CREATE TABLE twins (
  one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX twins_other ON twins (other);
CREATE TABLE bands (band INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (band, n))
STRICT, WITHOUT ROWID;

-- Sentence offsets and whether it was coded, by the newest coder.
CREATE TABLE sentences (
  document TEXT PRIMARY KEY, offsets TEXT NOT NULL, line TEXT NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
  title, text, content = 'documents', content_rowid = 'n',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
  INSERT INTO search (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
  INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
