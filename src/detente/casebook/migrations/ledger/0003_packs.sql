-- Small shards whose rows were put together into one folder. A pack changes where rows lie, not what
-- they say: each row keeps the name of its shard, and the shards stay in their own table.
CREATE TABLE packs (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  pack TEXT NOT NULL UNIQUE,
  manifest TEXT NOT NULL,           -- hash of the pack's manifest, which holds those of its files
  shards TEXT NOT NULL,             -- their names, as JSON
  hash TEXT NOT NULL
) STRICT;
