-- name: last
-- The newest seal of a city.
select number, next_tx::text as next_tx, digest from seal where city = %(city)s order by number desc limit 1

-- name: horizon
-- Everything below this has ended; and where a slice of at most so many events ends.
select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
    (select event.tx::text as cut from event
     where city = %(city)s and tx >= %(from)s::text::xid8 and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by event.tx, event.position offset %(most)s limit 1) as cut,
    (select min(tx)::text from event where city = %(city)s and tx >= %(from)s::text::xid8) as first

-- name: heads
-- Streams touched in a span of transactions, with the last version in it, its digest and how many events.
select touched.stream, touched.version, touched.events, event.digest
from (select stream, max(version) as version, count(*) as events from event
      where city = %(city)s and tx >= %(from)s::text::xid8 and tx < %(to)s::text::xid8
      group by stream) as touched
join event on event.city = %(city)s and event.stream = touched.stream and event.version = touched.version
order by touched.stream

-- name: add
-- One seal; the key refuses a number that exists.
insert into seal (city, number, sealed_at, next_tx, events, heads, previous, digest, key_id, signature)
values (%(city)s, %(number)s, %(sealed_at)s, %(next_tx)s::text::xid8, %(events)s, %(heads)s, %(previous)s,
    %(digest)s, %(key_id)s, %(signature)s)

-- name: cities
-- Every city that has a stream or a seal, by skipping along the keys.
with recursive named (city) as (
    (select city from event order by city limit 1)
    union all
    select (select city from event where event.city > named.city order by city limit 1)
    from named where named.city is not null
)
select city from named where city is not null union select distinct city from seal order by city

-- name: seals
-- The seals of a city, with how many events now stand in the span of each.
select number, sealed_at, next_tx::text as next_tx, events, heads, previous, digest, key_id, signature,
    (select count(*) from event
     where event.city = sealed.city and event.tx >= sealed.from_tx and event.tx < sealed.next_tx) as standing
from (select seal.*, lag(next_tx, 1, '0'::xid8) over (order by number) as from_tx
      from seal where city = %(city)s) as sealed
order by number

-- name: differing
-- The first sealed head that the log does not hold as it was sealed.
select sealed.stream, sealed.version, event.digest
from unnest(%(streams)b::text[], %(versions)b::int[], %(digests)b::bytea[]) as sealed (stream, version, digest)
left join event on event.city = %(city)s and event.stream = sealed.stream and event.version = sealed.version
where event.digest is distinct from sealed.digest
order by sealed.stream limit 1

-- name: unsealed
-- How many events no seal covers yet.
select count(*) as events from event where city = %(city)s and tx >= %(from)s::text::xid8

-- name: contents
-- Each event's digest and the very bytes it is over, in stream order. The header is made here: half the time
-- of verification would go into making it in Python.
select stream, version, digest,
    convert_to(concat_ws(E'\x1f', city, stream, version, type, schema, actor, role,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
        to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'))
        || E'\x1e' || payload::text, 'UTF8') as content
from event where city = %(city)s order by stream, version
