-- name: turns
-- Turns of a person within which positions may lie.
select id, started_at, coalesce(ended_at, %(until)s) as ended_at from duty_turn
where city = %(city)s and person = %(person)s and started_at <= %(last)s
  and coalesce(ended_at, %(until)s) >= %(first)s

-- name: months
-- Tables for some months.
select patrol_months(%(months)b::date[])

-- name: put
-- New positions; those that are there stay as they were.
insert into patrol_position (city, person, at, turn, lon, lat, accuracy_m, mock, received_at)
select %(city)s, %(person)s, at, turn, lon, lat, accuracy_m, mock, %(now)s
from unnest(%(at)b::timestamptz[], %(turn)b::text[], %(lon)b::float8[], %(lat)b::float8[], %(accuracy_m)b::float8[],
    %(mock)b::bool[]) as t (at, turn, lon, lat, accuracy_m, mock)
on conflict do nothing

-- name: seen
-- The newest of them is the last sign of its turn.
update duty_turn set seen_at = greatest(seen_at, %(at)s), lon = %(lon)s, lat = %(lat)s
where city = %(city)s and id = %(turn)s and seen_at <= %(at)s

-- name: positions
-- Where a person has been.
select at, lon, lat, accuracy_m, mock, received_at from patrol_position
where city = %(city)s and person = %(person)s and at >= %(since)s and at < %(until)s order by at limit %(limit)s

-- name: note_look
-- A look at somebody else's track is written down.
insert into access_log (city, at, actor, subject, what, why)
values (%(city)s, %(now)s, %(actor)s, %(subject)s, 'track', %(why)s)

-- name: forget
-- Months that ended before a moment.
select forget_patrols(%(before)s) as gone
