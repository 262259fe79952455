-- name: position
-- How far the export of a city has come.
select store, tx, number, events, moved_at from fact_position where city = %(city)s

-- name: try_lock
-- One export of a city at a time; given back with the transaction, which writes nothing and holds nobody up.
select pg_try_advisory_xact_lock(hashtext('xiuhua.facts'), hashtext(%(city)s)) as mine

-- name: begin
-- The first export of a city, or one into another folder.
insert into fact_position (city, store, tx, number, events, moved_at)
values (%(city)s, %(store)s, %(tx)s, %(number)s, %(events)s, %(now)s)
on conflict (city) do nothing

-- name: move
-- On from where it was; nothing when somebody else has moved it.
update fact_position
set store = %(store)s, tx = %(tx)s, number = %(number)s, events = events + %(events)s, moved_at = %(now)s
where city = %(city)s and (store, tx, number) = (%(old_store)s, %(old_tx)s, %(old_number)s)

-- name: again
-- What was told of a city is told anew.
update fact_position set events = 0 where city = %(city)s

-- name: hold
-- Files of a city are being taken the place of; nothing when an export was quicker.
select store from fact_position where city = %(city)s for update

-- name: add
-- Files that count from now on.
insert into fact_file (city, id, tbl, month, kind, rows, bytes, digest, known_from, known_to, days, made_at)
select %(city)s, id, tbl, month, kind, rows, bytes, digest, known_from, known_to, days, %(now)s
from json_to_recordset(%(rows)s::json) as made (id text, tbl text, month int, kind text, rows bigint, bytes bigint,
    digest bytea, known_from date, known_to date, days json)
on conflict (city, id) do nothing

-- name: not_dropped
-- Files that count again.
delete from fact_dropped where city = %(city)s and id = any(%(ids)s::text[])

-- name: drop
-- Files that count no more.
with gone as (
    delete from fact_file where city = %(city)s and id = any(%(ids)s::text[]) returning id, tbl, month
)
insert into fact_dropped (city, id, tbl, month, dropped_at) select %(city)s, id, tbl, month, %(now)s from gone
on conflict (city, id) do update set dropped_at = excluded.dropped_at

-- name: drop_all
-- All files of a city.
with gone as (
    delete from fact_file where city = %(city)s returning id, tbl, month
)
insert into fact_dropped (city, id, tbl, month, dropped_at) select %(city)s, id, tbl, month, %(now)s from gone
on conflict (city, id) do update set dropped_at = excluded.dropped_at

-- name: files
-- The files of a city that count, of some tables or of all.
select id, tbl, month, kind, rows, bytes, digest, known_from, known_to, days, made_at from fact_file
where city = %(city)s and (%(tables)s::text[] is null or tbl = any(%(tables)s::text[]))
order by tbl, month, kind, id

-- name: dropped
-- Files that may go.
select id, tbl, month from fact_dropped where city = %(city)s and dropped_at < %(before)s

-- name: forget
-- Files that are gone.
delete from fact_dropped where city = %(city)s and id = any(%(ids)s::text[])

-- name: ids
-- Every file that counts, or is waiting to go, and every roll-up.
select id from fact_file where city = %(city)s union all select id from fact_dropped where city = %(city)s
union all select id from fact_rollup where city = %(city)s

-- name: end
-- The last event that no running transaction can still come before.
select tx::text::bigint as tx, position as number from event
where city = %(city)s and tx < pg_snapshot_xmin(pg_current_snapshot())
order by event.tx desc, position desc limit 1

-- name: waiting
-- The first event behind a position, if there is one, and how many there are, up to a limit.
select min(recorded_at) as since, count(*) as events from (
    select recorded_at from event
    where city = %(city)s and (tx, position) > (%(tx)s::text::xid8, %(number)s)
    order by event.tx, position limit %(limit)s
) as one

-- name: streams
-- Streams with one row each: their payloads as one JSON array, what else is told of their events as one text.
select stream, '[' || string_agg(payload::text, ',' order by version) || ']' as payloads,
    string_agg(concat_ws(E'\x1f', type, schema, actor, role, extract(epoch from at)::bigint,
        extract(epoch from recorded_at)::bigint, tx, position), E'\x1e' order by version) as told
from event
where city = %(city)s and (%(streams)s::text[] is null or stream = any(%(streams)s::text[]))
    and (%(of)s::int = 1 or hashtext(stream) & 1023 between 1024 * %(nth)s / %(of)s and 1024 * (%(nth)s + 1) / %(of)s - 1)
group by stream

-- name: kinds
-- The kind of every area that there ever was.
select distinct code, kind from area where city = %(city)s

-- name: moved
-- A city whose log has moved on, or whose facts are elsewhere.
select bureau.city from bureau
left join fact_position as reached on reached.city = bureau.city and reached.store = %(store)s
where exists (
    select from event where event.city = bureau.city
    and (event.tx, event.position) > (coalesce(reached.tx, 0)::text::xid8, coalesce(reached.number, 0))
    and event.tx < pg_snapshot_xmin(pg_current_snapshot())
)
limit 1

-- name: rollups
-- The roll-ups of a city.
select id, file, tbl, measures from fact_rollup where city = %(city)s

-- name: add_rollup
-- One more; of a file that counts no more none.
insert into fact_rollup (city, id, file, tbl, measures)
select %(city)s, %(id)s, id, tbl, %(measures)s from fact_file where city = %(city)s and id = %(file)s
on conflict do nothing
