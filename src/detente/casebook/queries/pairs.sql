-- Incidents, mentions and points of every unordered pair of parties by period, from imported events in
-- compact form. {events} gives home, abroad, day, meeting and kind; {points} has points by kind. The two
-- directions of one meeting count once.
WITH told AS (
  SELECT least(e.home, e.abroad) AS party_a, greatest(e.home, e.abroad) AS party_b,
    date_trunc('{unit}', e.day) AS start, e.meeting, p.points
  FROM ({events}) AS e JOIN {points} AS p ON p.kind = e.kind
  WHERE e.home <> e.abroad
),
counted AS (
  SELECT party_a, party_b, start, count(*) AS incidents, count(*) AS mentions, sum(points) AS points
  FROM told WHERE meeting IS NULL GROUP BY ALL
  UNION ALL
  SELECT party_a, party_b, start, count(*), sum(mentions), sum(points) FROM (
    SELECT party_a, party_b, start, meeting, count(*) AS mentions, max(points) AS points
    FROM told WHERE meeting IS NOT NULL GROUP BY ALL
  ) GROUP BY ALL
)
SELECT party_a, party_b, CAST(start AS DATE) AS start, CAST(sum(incidents) AS BIGINT) AS incidents,
  CAST(sum(mentions) AS BIGINT) AS mentions, sum(points) AS "index"
FROM counted GROUP BY ALL
