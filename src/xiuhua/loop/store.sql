-- name: load_cases
-- Lock cases for a change, in the order of their ids.
select id, version, head, doc::text as doc from city_case
where city = %(city)s and id = any(%(ids)s) order by id for no key update

-- name: load_reports
-- Lock reports for a change, in the order of their ids.
select id, version, head, doc::text as doc from report
where city = %(city)s and id = any(%(ids)s) order by id for no key update

-- name: save_cases
-- The projection of cases that changed.
insert into city_case (city, id, version, head, number, state, category, source, unit, organisation, scopes,
    unit_grid, lon, lat, opened_at, filed_at, due, handed_back_at, closed_at, overdue, suspended, tags, doc)
select %(city)s, id, version, decode(head, 'hex'), number, state, category, source, unit, organisation,
    string_to_array(scopes, ' '), unit_grid, lon, lat, to_timestamp(opened_at), to_timestamp(filed_at),
    to_timestamp(due), to_timestamp(handed_back_at), to_timestamp(closed_at), overdue, suspended,
    string_to_array(tags, e'\x1f'), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, number text, state text, category text, source text, unit text,
    organisation text, scopes text, unit_grid text, lon float8, lat float8, opened_at float8, filed_at float8,
    due float8, handed_back_at float8, closed_at float8, overdue bool, suspended bool, tags text, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, category = excluded.category,
    unit = excluded.unit, organisation = excluded.organisation, scopes = excluded.scopes,
    unit_grid = excluded.unit_grid, lon = excluded.lon, lat = excluded.lat, filed_at = excluded.filed_at,
    due = excluded.due, handed_back_at = excluded.handed_back_at, closed_at = excluded.closed_at,
    overdue = excluded.overdue, suspended = excluded.suspended, tags = excluded.tags, doc = excluded.doc

-- name: save_reports
-- The projection of reports that changed.
insert into report (city, id, version, head, source, external_id, state, case_id, category, scopes, unit_grid,
    lon, lat, reported_at, opened_at, outcome, tags, doc)
select %(city)s, id, version, decode(head, 'hex'), source, external_id, state, case_id, category,
    string_to_array(scopes, ' '), unit_grid, lon, lat, to_timestamp(reported_at), to_timestamp(opened_at), outcome,
    string_to_array(tags, e'\x1f'), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, source text, external_id text, state text, case_id text, category text,
    scopes text, unit_grid text, lon float8, lat float8, reported_at float8, opened_at float8, outcome text,
    tags text, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, case_id = excluded.case_id,
    category = excluded.category, scopes = excluded.scopes, unit_grid = excluded.unit_grid, lon = excluded.lon,
    lat = excluded.lat, outcome = excluded.outcome, tags = excluded.tags, doc = excluded.doc

-- name: known_reports
-- Which (source, external id) are here already.
select report.source, report.external_id, report.id
from unnest(%(sources)b::text[], %(external_ids)b::text[]) as given (source, external_id)
join report on report.city = %(city)s and report.source = given.source
    and report.external_id = given.external_id

-- name: claim_machine_events
-- A row for each thing and kind told of, in the order of their keys: whoever tells the same at this moment waits, and
-- then finds the report made.
insert into machine_event (city, thing, kind, report, times, first_at, last_at)
select %(city)s, thing, kind, '', 0, %(now)s, %(now)s
from unnest(%(things)b::text[], %(kinds)b::text[]) as told (thing, kind)
order by thing, kind
on conflict do nothing

-- name: count_machine_events
-- Counts what machines tell again of something that has an open report, or one that ended a short while ago; gives
-- those reports. Rows are locked in the order of their keys, so that two batches never wait for each other in a ring.
with told as (
    select known.thing, known.kind, given.times
    from unnest(%(things)b::text[], %(kinds)b::text[], %(times)b::int[]) as given (thing, kind, times)
    join machine_event as known on known.city = %(city)s and known.thing = given.thing and known.kind = given.kind
    order by known.thing, known.kind
    for no key update of known
)
update machine_event as counted set times = counted.times + told.times, last_at = %(now)s
from told
join machine_event as known on known.city = %(city)s and known.thing = told.thing and known.kind = told.kind
join report on report.city = %(city)s and report.id = known.report
left join city_case on city_case.city = %(city)s and city_case.id = report.case_id
where counted.city = %(city)s and counted.thing = told.thing and counted.kind = told.kind
  and (case when report.case_id is null then report.state <> all(%(over)b::text[])
            else city_case.state <> all(%(over_case)b::text[]) end
       or coalesce(city_case.closed_at, to_timestamp((report.doc #>> '{data,answered_at}')::float8), counted.first_at)
            > %(cooled)s)
returning counted.thing, counted.kind, counted.report

-- name: keep_machine_events
-- The report that was made of a thing and kind, in place of one that has ended.
insert into machine_event (city, thing, kind, report, times, first_at, last_at)
select %(city)s, thing, kind, report, times, %(now)s, %(now)s
from unnest(%(things)b::text[], %(kinds)b::text[], %(reports)b::text[], %(times)b::int[])
    as made (thing, kind, report, times)
order by thing, kind
on conflict (city, thing, kind) do update set report = excluded.report, times = excluded.times,
    first_at = excluded.first_at, last_at = excluded.last_at

-- name: next_numbers
-- A block of numbers of a counter; committed apart, so a number is never waited for.
insert into counter (city, name, value) values (%(city)s, %(name)s, %(count)s)
on conflict (city, name) do update set value = counter.value + excluded.value
returning value

-- name: case_docs
-- Cases as they stand, without locks.
select id, version, doc::text as doc from city_case where city = %(city)s and id = any(%(ids)s)

-- name: report_docs
-- Reports as they stand, without locks.
select id, version, doc::text as doc from report where city = %(city)s and id = any(%(ids)s)

-- name: case_id_of_number
-- The id of a visible number.
select id from city_case where city = %(city)s and number = %(number)s

-- name: loop_figures
-- What a summary of the loop is made of.
select count(*) as cases,
    count(*) filter (where state = 'closed') as closed,
    count(*) filter (where handed_back_at is not null) as handed_back,
    count(*) filter (where handed_back_at is not null and not overdue) as on_time,
    count(*) filter (where json_array_length(doc -> 'data' -> 'legs') > 1) as more_legs,
    count(*) filter (where closed_at is null and due < %(now)s) as late_now
from city_case where city = %(city)s

-- name: report_count
-- How many reports there are, by state.
select state, count(*) as number from report where city = %(city)s group by state order by state

-- name: sources_of_reports
-- By what reports are known where they came from.
select source, external_id from report where city = %(city)s and id = any(%(ids)s)

-- name: erasable
-- Personal data of subjects that nothing waits for and nothing happened to since a day, themselves and their cases.
select personal.id from personal
left join report on personal.kind = 'report' and report.city = personal.city and report.id = substr(personal.id, 8)
where personal.city = %(city)s and personal.erased_at is null and personal.kept_at < %(before)s
  and personal.kind in ('report', 'case')
  and not exists (
    select from (values (personal.kind, substr(personal.id, length(personal.kind) + 2)), ('case', report.case_id))
        as part (kind, id)
    where part.id is not null and (
        exists (select from task where city = %(city)s and task.kind = part.kind and subject = part.id)
        or exists (select from timer where city = %(city)s and timer.kind = part.kind and subject = part.id)
        or exists (
            select from event
            where city = %(city)s and stream = part.kind || '/' || part.id and recorded_at >= %(before)s
        )
    )
  )
order by personal.kept_at limit %(limit)s

-- name: cities_of_reports
-- Cities that hold personal data.
select distinct city from personal where erased_at is null
