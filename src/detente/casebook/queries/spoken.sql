-- Coded records with their document and the countries and organisations that each names, rejected ones
-- left out. {wanted} says which records.
WITH told AS (
  SELECT id, doc, shard, source_countries || target_countries AS codes FROM {events}
  UNION ALL BY NAME
  SELECT id, doc, shard, list_transform(parties, lambda c: split_part(c, '.', 1)) AS codes FROM {claims}
  UNION ALL BY NAME
  SELECT id, doc, shard, list_transform(parties, lambda c: split_part(c, '.', 1)) AS codes FROM {forecasts}
)
SELECT {chosen} FROM (SELECT doc, unnest(list_distinct(codes)) AS code FROM told AS e
  WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
    AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.id = e.id AND j.verdict = 'reject'))
WHERE code <> '' AND {wanted}
{grouped}
