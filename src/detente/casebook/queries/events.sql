-- Events with reviews laid over and incidents folded. {source} is a list of files or a table with
-- the columns of EVENTS, and {drop} leaves out what it has besides; {incident} and {join} fold where
-- the source is not folded yet; {conditions} is made of fixed pieces, values come as parameters.
WITH current AS (
  SELECT e.* {drop} FROM {source} AS e
  WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
    {pair}
),
reviewed AS (
  SELECT e.* {incident}, j.verdict AS judgement
  FROM current AS e LEFT JOIN judged AS j ON j.id = e.id {join}
  WHERE j.verdict IS NULL OR j.verdict = 'accept'
  UNION ALL BY NAME
  SELECT * FROM corrected
)
SELECT r.* FROM reviewed AS r
WHERE {conditions}
ORDER BY r.day_from NULLS LAST, r.id
