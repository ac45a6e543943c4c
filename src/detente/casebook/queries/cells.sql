-- How often each two parties did each kind of thing in a period, from imported events in compact form:
-- {events} gives home, abroad, day, meeting, type, mode and cameo. A meeting that is told more than once
-- keeps rows of its own; {again} is its number, {join} looks it up.
SELECT e.home, e.abroad, date_trunc('{unit}', e.day) AS start, e.type, e.mode, e.cameo,
  {again} AS again, count(*) AS told
FROM ({events}) AS e {join}
WHERE e.home <> e.abroad
GROUP BY ALL
