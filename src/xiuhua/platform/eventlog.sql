-- name: heads
-- The last version and digest of each stream.
select wanted.stream, head.version, head.digest
from unnest(%(streams)s::text[]) as wanted (stream)
cross join lateral (
    select version, digest from event
    where city = %(city)s and stream = wanted.stream
    order by version desc limit 1
) as head

-- name: append
-- A few events in one statement, rows follow; the primary key refuses a version that exists.
insert into event (city, stream, version, type, schema, payload, actor, role, at, recorded_at, digest)
values

-- name: append_copy
-- Many events at once.
copy event (city, stream, version, type, schema, payload, actor, role, at, recorded_at, digest)
from stdin (format binary)

-- name: read_stream
-- One stream as known at a moment, the newest first.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at
from event
where city = %(city)s and stream = %(stream)s
  and (%(until)s::timestamptz is null or recorded_at <= %(until)s)
order by version desc limit %(last)s

-- name: read_since
-- What committed after a position, as far as no running transaction can still come before it.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at,
    tx::text::bigint as tx, position
from event
where city = %(city)s and (tx, position) > (%(tx)s::text::xid8, %(number)s)
  and tx < pg_snapshot_xmin(pg_current_snapshot())
order by event.tx, event.position
limit %(limit)s

-- name: this_transaction
-- The number of the transaction at hand.
select pg_current_xact_id()::text::bigint as id

-- name: oldest_transaction
-- The number of the oldest transaction of the server that has not ended.
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as id

-- name: touched_since
-- The same without the events themselves; the stream only where the type is one of those asked for.
select case when %(types)s::text[] is null or type = any(%(types)s) then stream end as stream,
    tx::text::bigint as tx, position
from event
where city = %(city)s and (tx, position) > (%(tx)s::text::xid8, %(number)s)
  and tx < pg_snapshot_xmin(pg_current_snapshot())
order by event.tx, event.position
limit %(limit)s

-- name: scan
-- The log by stream, for verification and replay.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at, digest
from event
where (%(city)s::text is null or city = %(city)s)
  and (%(kind)s::text is null or stream like %(kind)s || '/%%')
order by city, stream, version

-- name: streams
-- The log with one row for each stream, for replay: its events are arrays in order, payloads one JSON array.
select city, stream, '[' || string_agg(payload::text, ',' order by version) || ']' as payloads,
    array_agg(type order by version) as types, array_agg(schema order by version) as schemas,
    array_agg(extract(epoch from at)::bigint order by version) as times, max(version) as version,
    (array_agg(digest order by version desc))[1] as digest
from event
where (%(city)s::text is null or city = %(city)s)
  and (%(kind)s::text is null or stream like %(kind)s || '/%%')
group by city, stream
order by city, stream
