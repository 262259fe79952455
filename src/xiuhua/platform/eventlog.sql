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
-- Many events in one statement; the primary key refuses a version that exists.
insert into event (city, stream, version, type, schema, payload, actor, role, at, recorded_at, digest)
select * from unnest(
    %s::text[], %s::text[], %s::int[], %s::text[], %s::smallint[], %s::json[], %s::text[], %s::text[],
    %s::timestamptz[], %s::timestamptz[], %s::bytea[]
)

-- name: read_stream
-- One stream as known at a moment.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at
from event
where city = %(city)s and stream = %(stream)s
  and (%(until)s::timestamptz is null or recorded_at <= %(until)s)
order by version

-- name: scan
-- The log by stream, for verification and replay.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at, digest
from event
where (%(city)s::text is null or city = %(city)s)
  and (%(kind)s::text is null or stream like %(kind)s || '/%%')
order by city, stream, version
