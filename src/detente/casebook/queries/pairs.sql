-- Incidents, mentions and points of every unordered pair of parties by period, from the table of
-- cells.sql and one of points by kind. However often a meeting is told, it counts once.
WITH scored AS (
  SELECT least(c.home, c.abroad) AS party_a, greatest(c.home, c.abroad) AS party_b, c.start,
    c.again, c.told, p.points
  FROM cells AS c JOIN points AS p ON p.type IS NOT DISTINCT FROM c.type
    AND p.mode IS NOT DISTINCT FROM c.mode AND p.cameo IS NOT DISTINCT FROM c.cameo
),
counted AS (
  SELECT party_a, party_b, start, told AS incidents, told AS mentions, told * points AS points
  FROM scored WHERE again IS NULL
  UNION ALL
  SELECT party_a, party_b, start, 1, sum(told), max(points)
  FROM scored WHERE again IS NOT NULL GROUP BY party_a, party_b, start, again
)
SELECT party_a, party_b, CAST(start AS DATE) AS start, CAST(sum(incidents) AS BIGINT) AS incidents,
  CAST(sum(mentions) AS BIGINT) AS mentions, sum(points) AS "index"
FROM counted GROUP BY ALL ORDER BY party_a, party_b, start
