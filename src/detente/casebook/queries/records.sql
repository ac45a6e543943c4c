-- Claims or forecasts, with reviewed ones left out (the reader adds them again as corrected).
SELECT e.id, e.line FROM {source} AS e
WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
  AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.id = e.id AND j.verdict <> 'accept')
  AND {conditions}
ORDER BY e.doc, e.start, e.id
