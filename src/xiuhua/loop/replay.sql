-- name: empty_city_case
-- Take away the projection of a city.
delete from city_case where city = %(city)s


-- name: empty_report
-- Take away the projection of a city.
delete from report where city = %(city)s


-- name: empty_task
-- Take away the projection of a city.
delete from task where city = %(city)s


-- name: empty_timer
-- Take away the projection of a city.
delete from timer where city = %(city)s


-- name: kept_case
-- Cases as their projection gives them, in the order of `kinds.CASE_COLUMNS`.
select id, version, head, number, state, category, source, unit, organisation, array_to_string(scopes, ' ') as scopes,
    unit_grid, lon, lat, extract(epoch from opened_at)::float8 as opened_at,
    extract(epoch from filed_at)::float8 as filed_at, extract(epoch from due)::float8 as due,
    extract(epoch from handed_back_at)::float8 as handed_back_at, extract(epoch from closed_at)::float8 as closed_at,
    overdue, suspended, array_to_string(tags, e'\x1f') as tags, doc::text as doc
from city_case where city = %(city)s and id = any(%(ids)s)

-- name: kept_report
-- Reports as their projection gives them, in the order of `kinds.REPORT_COLUMNS`.
select id, version, head, source, external_id, state, case_id, category, array_to_string(scopes, ' ') as scopes,
    unit_grid, lon, lat, extract(epoch from reported_at)::float8 as reported_at,
    extract(epoch from opened_at)::float8 as opened_at, outcome,
    array_to_string(tags, e'\x1f') as tags, doc::text as doc
from report where city = %(city)s and id = any(%(ids)s)

-- name: strays
-- Rows of projections that no stream of the log stands behind.
select 'case' as kind, 'city_case' as name, id as key from city_case as kept
where (%(city)s::text is null or city = %(city)s)
  and not exists (select from event where city = kept.city and stream = 'case/' || kept.id)
union all
select 'report', 'report', id from report as kept
where (%(city)s::text is null or city = %(city)s)
  and not exists (select from event where city = kept.city and stream = 'report/' || kept.id)
union all
select kind, 'task', kind || '/' || subject || '#' || ordinal from task as kept
where (%(city)s::text is null or city = %(city)s)
  and not exists (select from event where city = kept.city and stream = kept.kind || '/' || kept.subject)
union all
select kind, 'timer', kind || '/' || subject || '#' || ordinal from timer as kept
where (%(city)s::text is null or city = %(city)s)
  and not exists (select from event where city = kept.city and stream = kept.kind || '/' || kept.subject)
limit 40
