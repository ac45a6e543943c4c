-- What each document states of persons, by the spelling-blind form of the surname: a learned role
-- without dates and evidence as JSON.
CREATE TABLE roles (
  surname TEXT NOT NULL, n INTEGER NOT NULL, line TEXT NOT NULL,
  hash TEXT NOT NULL,               -- of all columns
  PRIMARY KEY (surname, n, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_document ON roles (n);
