-- What happened to forecasts: hand-written ones, resolver queries in versions, outcomes and their
-- revisions. The first wording of coded forecasts stands in the table forecasts.
CREATE TABLE outlook (
  seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL,
  forecast TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('forecast', 'version', 'resolution')),
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX outlook_forecast ON outlook (forecast);
