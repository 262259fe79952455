-- name: find
-- Reports near each place asked for, in its days, newest first, as columns of bytes: one row for a batch. `n` and
-- `cell` name the cells that each place reaches.
with asked as materialized (
    select number, lon, lat, radius, at - %(window)s as since, at + %(window)s as until,
        111412.84 * cosd(lat) - 93.5 * cosd(3 * lat) as east, 111132.92 - 559.82 * cosd(2 * lat) as north
    from unnest(%(lon)b::float8[], %(lat)b::float8[], %(radius)b::float8[], %(at)b::timestamptz[])
        with ordinality as one (lon, lat, radius, at, number)
)
select array_agg(trace.report) as report, string_agg(int4send(asked.number::int - 1), ''::bytea) as n,
    string_agg(float8send(trace.distance_m), ''::bytea) as distance,
    string_agg(float8send(extract(epoch from trace.at)::float8), ''::bytea) as at,
    string_agg(trace.sketch, ''::bytea) as sketch
from unnest(%(n)b::int[], %(cell)b::int8[]) as reached (n, cell)
join asked on asked.number = reached.n
cross join lateral (
    select found.report, found.at, found.sketch, found.distance_m from (
        select report, at, sketch,
            sqrt(((lon - asked.lon) * asked.east) ^ 2 + ((lat - asked.lat) * asked.north) ^ 2) as distance_m
        from report_trace
        where city = %(city)s and cell = reached.cell and at between asked.since and asked.until
        order by at desc limit 500
    ) as found
    where found.distance_m <= asked.radius
    limit 20
) as trace

-- name: became
-- What became of reports.
select report.id, report.state as report_state, report.case_id, city_case.number, city_case.state as case_state,
    city_case.opened_at, coalesce(city_case.category, report.category) as category
from report
left join city_case on city_case.city = report.city and city_case.id = report.case_id
where report.city = %(city)s and report.id = any(%(ids)b::text[])

-- name: begin_position
-- A city whose reports were never traced begins at the first event.
insert into trace_position (city) values (%(city)s) on conflict do nothing

-- name: behind
-- Cities with events that were not looked at, and how far each has come.
select bureau.city from bureau
left join trace_position as seen on seen.city = bureau.city
where exists (
    select from event
    where event.city = bureau.city and (event.tx, event.position) > (coalesce(seen.tx, 0)::text::xid8, coalesce(seen.number, 0))
)
order by bureau.city

-- name: position
-- How far the log was read; locked, and nothing while another process reads.
select tx, number from trace_position where city = %(city)s for update skip locked

-- name: move
-- Read so far.
update trace_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: placed
-- Reports that lie somewhere, but for those whose trace is there already.
select id, lon, lat, reported_at from report
where city = %(city)s and id = any(%(ids)s) and lon is not null and not exists (
    select from report_trace as kept
    where kept.city = report.city and kept.report = report.id and kept.lon = report.lon and kept.lat = report.lat
)

-- name: keep
-- Traces of reports; one that was placed anew moves.
insert into report_trace (city, report, cell, at, lon, lat, sketch)
select %(city)s, * from unnest(
    %(report)b::text[], %(cell)b::int8[], %(at)b::timestamptz[], %(lon)b::float8[], %(lat)b::float8[], %(sketch)b::bytea[]
)
on conflict (city, report) do update set cell = excluded.cell, lon = excluded.lon, lat = excluded.lat

-- name: many
-- All cases of a time as columns of bytes, one after the other: what NumPy reads without a loop.
select string_agg(uuid_send(id::uuid), ''::bytea) as id, string_agg(float8send(lon), ''::bytea) as lon,
    string_agg(float8send(lat), ''::bytea) as lat,
    string_agg(int8send(extract(epoch from opened_at)::int8), ''::bytea) as at,
    string_agg(int8send(case when category is null then 0 else
        (hashtext(left(category, -3))::int8 << 16) + (hashtext(category) & 65535) end), ''::bytea) as category
from city_case
where city = %(city)s and lon is not null and opened_at >= %(since)s and opened_at < %(until)s
