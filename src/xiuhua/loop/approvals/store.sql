-- name: opened_by
-- The event that opened an instance of a side track: who asked, when, and for what reason.
select asked.stream, asked.track, asked.n, first.actor, first.role, first.at, first.reason
from unnest(%(streams)b::text[], %(tracks)b::text[], %(ns)b::int[]) as asked (stream, track, n)
cross join lateral (
    select actor, role, at, payload ->> 'reason' as reason from event
    where city = %(city)s and stream = asked.stream
      and payload::jsonb -> 'tracks' -> asked.track @> jsonb_build_array(jsonb_build_object('n', asked.n))
    order by version limit 1
) as first
