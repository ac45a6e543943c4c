-- One row for each event and unordered pair of parties in it, sorted so that the events of one
-- relation lie together; parties without a code stand in none. In a symmetric event without a target, the sources are each other's.
WITH current AS (
  SELECT * FROM {source} AS e
  WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
),
sides AS (
  SELECT id, unnest(source_countries) AS a,
    CASE WHEN len(target_countries) = 0 AND "symmetric" THEN source_countries
    ELSE target_countries END AS others
  FROM current
),
crossed AS (SELECT id, a, unnest(others) AS b FROM sides),
pairs AS (
  SELECT DISTINCT id, least(a, b) AS party_a, greatest(a, b) AS party_b FROM crossed
  WHERE a <> b AND a <> '' AND b <> ''
)
SELECT p.party_a, p.party_b,
  e.* REPLACE ({folded} AS incident)
FROM pairs AS p JOIN current AS e ON e.id = p.id {join}
ORDER BY p.party_a, p.party_b, e.day_from NULLS LAST, e.id
