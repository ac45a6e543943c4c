-- Events with reviews laid over and incidents folded. The coded ones are files or a query with the
-- columns of EVENTS, what they have besides is dropped, and they may be narrowed to a pair; the imported
-- ones are added where there are any; the incident is joined where it is not folded yet; the conditions
-- are made of fixed pieces, values come as parameters.
WITH current AS (
  SELECT e.* {drop} FROM {coded} AS e
  WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
    {pair}
  {imported}
),
reviewed AS (
  SELECT e.* REPLACE ({folded} AS incident), j.verdict AS judgement
  FROM current AS e LEFT JOIN judged AS j ON j.id = e.id {join}
  WHERE j.verdict IS NULL OR j.verdict = 'accept'
  UNION ALL BY NAME
  SELECT * FROM corrected
)
SELECT r.* FROM reviewed AS r
WHERE {conditions}
ORDER BY r.day_from NULLS LAST, r.id
