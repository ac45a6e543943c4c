CREATE TABLE documents (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT, text TEXT NOT NULL,
  publisher TEXT, published TEXT, language TEXT,
  body TEXT NOT NULL,               -- the document without its text, as JSON
  cluster TEXT NOT NULL,            -- id of the document that it nearly repeats, or its own
  hash TEXT NOT NULL                -- of all columns but n
) STRICT;
CREATE INDEX documents_cluster ON documents (cluster);

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
