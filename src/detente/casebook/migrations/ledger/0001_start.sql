-- Every row of these tables, but for members, is an entry of one chain: its hash covers the row
-- and the hash of the entry before it. Rows are added, never changed or removed.

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  job TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('begin', 'end')),
  coder TEXT NOT NULL, configuration TEXT NOT NULL, body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- A shard is committed when its row is here. The same shard may be committed again, when an older
-- configuration comes back into use.
CREATE TABLE shards (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  shard TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('coded', 'imported')),
  job TEXT NOT NULL, coder TEXT NOT NULL, configuration TEXT NOT NULL,
  manifest TEXT NOT NULL,           -- hash of the shard's manifest, which holds those of its files
  documents INTEGER NOT NULL, events INTEGER NOT NULL, claims INTEGER NOT NULL,
  forecasts INTEGER NOT NULL,
  last_document INTEGER NOT NULL,   -- highest row of documents.sqlite that this commit covers
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX shards_shard ON shards (shard);

-- Which commit coded which document; derived from the shards, and checked against them.
CREATE TABLE members (
  document TEXT NOT NULL, shard INTEGER NOT NULL REFERENCES shards (seq),
  PRIMARY KEY (document, shard)
) STRICT, WITHOUT ROWID;

CREATE TABLE supersessions (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  document TEXT NOT NULL, old INTEGER NOT NULL, new INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX supersessions_document ON supersessions (document);

CREATE TABLE receipts (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE, job TEXT NOT NULL, document TEXT NOT NULL, source TEXT NOT NULL,
  url TEXT, publisher TEXT, published TEXT, title TEXT, external_id TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_document ON receipts (document);

-- Inputs that could not be read or coded; empty ones stand here with the error "empty".
CREATE TABLE quarantine (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE, job TEXT NOT NULL, stage TEXT NOT NULL, source TEXT NOT NULL,
  document TEXT, error TEXT NOT NULL, reason TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- The first wording of every forecast, frozen when it was first coded.
CREATE TABLE forecasts (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  forecast TEXT NOT NULL UNIQUE, document TEXT NOT NULL, body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE judgements (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  judgement TEXT NOT NULL UNIQUE, record TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'undo')),
  corrections TEXT NOT NULL, reviewer TEXT NOT NULL, reason TEXT NOT NULL,
  body TEXT NOT NULL,               -- the record as it stood when it was judged
  undoes TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX judgements_record ON judgements (record);
