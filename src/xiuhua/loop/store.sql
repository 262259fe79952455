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
    unit_grid, lon, lat, opened_at, filed_at, due, handed_back_at, closed_at, overdue, suspended, doc)
select %(city)s, id, version, head, number, state, category, source, unit, organisation,
    string_to_array(scopes, ' '), unit_grid, lon, lat, to_timestamp(opened_at), to_timestamp(filed_at),
    to_timestamp(due), to_timestamp(handed_back_at), to_timestamp(closed_at), overdue, suspended, doc::json
from unnest(
    %(id)b::text[], %(version)s::int[], %(head)s::bytea[], %(number)b::text[], %(state)b::text[],
    %(category)b::text[], %(source)b::text[], %(unit)b::text[], %(organisation)b::text[], %(scopes)b::text[],
    %(unit_grid)b::text[], %(lon)s::float8[], %(lat)s::float8[], %(opened_at)s::float8[], %(filed_at)s::float8[],
    %(due)s::float8[], %(handed_back_at)s::float8[], %(closed_at)s::float8[], %(overdue)s::bool[],
    %(suspended)s::bool[], %(doc)b::text[]
) as t (id, version, head, number, state, category, source, unit, organisation, scopes, unit_grid, lon, lat,
    opened_at, filed_at, due, handed_back_at, closed_at, overdue, suspended, doc)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, category = excluded.category,
    unit = excluded.unit, organisation = excluded.organisation, scopes = excluded.scopes,
    unit_grid = excluded.unit_grid, lon = excluded.lon, lat = excluded.lat, filed_at = excluded.filed_at,
    due = excluded.due, handed_back_at = excluded.handed_back_at, closed_at = excluded.closed_at,
    overdue = excluded.overdue, suspended = excluded.suspended, doc = excluded.doc

-- name: save_reports
-- The projection of reports that changed.
insert into report (city, id, version, head, source, external_id, state, case_id, category, scopes, unit_grid,
    lon, lat, reported_at, opened_at, outcome, doc)
select %(city)s, id, version, head, source, external_id, state, case_id, category, string_to_array(scopes, ' '),
    unit_grid, lon, lat, to_timestamp(reported_at), to_timestamp(opened_at), outcome, doc::json
from unnest(
    %(id)b::text[], %(version)s::int[], %(head)s::bytea[], %(source)b::text[], %(external_id)b::text[],
    %(state)b::text[], %(case_id)b::text[], %(category)b::text[], %(scopes)b::text[], %(unit_grid)b::text[],
    %(lon)s::float8[], %(lat)s::float8[], %(reported_at)s::float8[], %(opened_at)s::float8[], %(outcome)b::text[],
    %(doc)b::text[]
) as t (id, version, head, source, external_id, state, case_id, category, scopes, unit_grid, lon, lat,
    reported_at, opened_at, outcome, doc)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, case_id = excluded.case_id,
    category = excluded.category, scopes = excluded.scopes, unit_grid = excluded.unit_grid, lon = excluded.lon,
    lat = excluded.lat, outcome = excluded.outcome, doc = excluded.doc

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

-- name: list_cases
-- One page of cases, newest first; every filter may be null. The cursor is (opened_at, id) of the last row.
select id, number, state, category, source, unit, unit_grid, lon, lat, opened_at, filed_at, due, handed_back_at,
    closed_at, overdue, suspended, version
from city_case
where city = %(city)s
  and (%(state)b::text[] is null or state = any(%(state)b::text[]))
  and (%(category)s::text is null or category = %(category)s)
  and (%(unit)s::text is null or unit = %(unit)s)
  and (%(area)s::text is null or scopes @> array[%(area)s::text])
  and (%(source)s::text is null or source = %(source)s)
  and (%(opened_from)s::timestamptz is null or opened_at >= %(opened_from)s)
  and (%(opened_to)s::timestamptz is null or opened_at < %(opened_to)s)
  and (%(areas)b::text[] is null or scopes && %(areas)b::text[] or unit = any(%(units)s))
  and (%(after_at)s::timestamptz is null or (opened_at, id) < (%(after_at)s, %(after_id)s))
order by opened_at desc, id desc
limit %(limit)s

-- name: list_reports
-- One page of reports, newest first; every filter may be null.
select id, source, external_id, state, case_id, category, unit_grid, lon, lat, reported_at, opened_at, outcome,
    version
from report
where city = %(city)s
  and (%(state)b::text[] is null or state = any(%(state)b::text[]))
  and (%(source)s::text is null or source = %(source)s)
  and (%(area)s::text is null or scopes @> array[%(area)s::text])
  and (%(opened_from)s::timestamptz is null or opened_at >= %(opened_from)s)
  and (%(opened_to)s::timestamptz is null or opened_at < %(opened_to)s)
  and (%(areas)b::text[] is null or scopes && %(areas)b::text[] or scopes = '{}')
  and (%(after_at)s::timestamptz is null or (opened_at, id) < (%(after_at)s, %(after_id)s))
order by opened_at desc, id desc
limit %(limit)s

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
