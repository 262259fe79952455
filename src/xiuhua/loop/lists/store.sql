-- name: case_lines
-- What a line of a list of cases holds.
select id, number, state, category, source, unit, unit_grid, lon, lat, opened_at, filed_at, due, handed_back_at,
    closed_at, overdue, suspended, tags, version
from city_case as one

-- name: report_lines
-- What a line of a list of reports holds.
select id, source, external_id, state, case_id, category, unit_grid, lon, lat, reported_at, opened_at, outcome,
    tags, version
from report as one

-- name: case_order
-- Where cases stand in time, from the index alone.
select opened_at, id from city_case as one

-- name: report_order
-- The same of reports.
select opened_at, id from report as one

-- name: rest
-- Rows that the index found, before they are put in order: an order by time must not tempt it to walk again.
with rest as materialized ({rows}) select * from rest

-- name: case_facets
-- The indexed set of a case, as in the index.
case_facets(city, state, category, unit, source, overdue, suspended)

-- name: report_facets
-- The indexed set of a report, as in the index.
report_facets(city, state, category, source, outcome)

-- name: one_of
-- A column has one of some values; `column` is one of our own names.
{column} = any(%({column})b::text[])

-- name: is
-- A column has a value.
{column} = %({column})s

-- name: tag
-- All of the tags.
tags @> %(tag)b::text[]

-- name: area
-- The place lies in an area.
scopes @> array[%(area)s::text]

-- name: late
-- Not handed back, and past its moment.
(closed_at is null and handed_back_at is null and due is not null and due < %(now)s)

-- name: not_late
-- The opposite of it.
(closed_at is null and handed_back_at is null and due is not null and due < %(now)s) is not true

-- name: from
-- The period's first moment.
opened_at >= %(opened_from)s

-- name: to
-- The first moment after the period.
opened_at < %(opened_to)s

-- name: handed_back_from
-- Handed back by its unit since.
handed_back_at >= %(handed_back_from)s

-- name: handed_back_to
-- Handed back before.
handed_back_at < %(handed_back_to)s

-- name: after
-- Behind the cursor.
(opened_at, id) < (%(after_at)s, %(after_id)s)

-- name: until
-- Not behind the end of the walk.
(opened_at, id) >= (%(end_at)s, %(end_id)s)

-- name: behind
-- Behind the end of the walk.
(opened_at, id) < (%(end_at)s, %(end_id)s)

-- name: external_id
-- A report by its id in its source, whichever source: one look into the index for each of them.
(source, external_id) in (select known, %(external_id)s::text from unnest(%(sources)b::text[]) as known)

-- name: field
-- Declared fields, row by row.
exists (select from search_field as kept where kept.city = %(city)s and kept.kind = %(kind)s and kept.id = one.id
    and kept.fields @> %(field)b::text[])

-- name: field_indexed
-- Declared fields, by their index.
id in (select id from search_field where city = %(city)s and kind = %(kind)s and fields @> %(field)b::text[])

-- name: open
-- Has not ended.
closed_at is null

-- name: not_open
-- Has ended.
closed_at is not null

-- name: in_brief
-- As the map shows cases: by what is kept of them in brief.
id in (select brief.id from {rows} where brief.city = %(city)s and {conditions})

-- name: brief_rows
-- All of them.
case_brief as brief

-- name: drawn_rows
-- Those in spans of tiles around a drawn area.
unnest(%(firsts)b::bigint[], %(lasts)b::bigint[]) as span (first, last)
join case_brief as brief on brief.tile between span.first and span.last

-- name: inside
-- In the area itself, its border with it.
%(drawn)s::polygon @> point(brief.lon * 1e6, brief.lat * 1e6)

-- name: lit
-- The handling clock shows one of some colours now, as `lights` of the brief's model tells them.
case when brief.due = 0 or brief.flags & 2 = 2 then 0
    when case when brief.stopped > 0 then brief.stopped else %(now_s)s end > brief.due then 3
    when case when brief.stopped > 0 then brief.stopped else %(now_s)s end > brief.yellow then 2
    else 1 end = any(%(lights)b::int[])

-- name: seen_case
-- What a person may see of cases: areas of their posts, units of their desks.
(scopes && %(areas)b::text[] or unit = any(%(units)b::text[]))

-- name: seen_case_indexed
-- The same by the index.
(scopes && %(areas)b::text[] or {facets} && %(desks)b::text[])

-- name: seen_report
-- What a person may see of reports: areas of their posts, and what has no place yet.
(scopes && %(areas)b::text[] or scopes = '{{}}')
