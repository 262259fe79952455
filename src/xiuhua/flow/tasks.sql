-- name: clear_tasks
-- Take away what subjects waited for before they moved.
delete from task using unnest(%(kinds)b::text[], %(subjects)b::text[]) as moved (kind, subject)
where task.city = %(city)s and task.kind = moved.kind and task.subject = moved.subject

-- name: clear_timers
-- Take away timers of subjects that moved.
delete from timer using unnest(%(kinds)b::text[], %(subjects)b::text[]) as moved (kind, subject)
where timer.city = %(city)s and timer.kind = moved.kind and timer.subject = moved.subject

-- name: add_tasks
-- What subjects wait for now.
insert into task (city, kind, subject, ordinal, role, unit, person, scopes, track, n, state, clock, since, due)
select %(city)s, kind, subject, ordinal, role, unit, person, string_to_array(scopes, ' '), track, n, state, clock,
       to_timestamp(since), to_timestamp(due)
from json_to_recordset(%(rows)s::json) as t (
    kind text, subject text, ordinal smallint, role text, unit text, person text, scopes text, track text,
    n int, state text, clock text, since float8, due float8
)

-- name: add_timers
-- What the clock will do.
insert into timer (city, kind, subject, ordinal, at, action, track, n)
select %(city)s, kind, subject, ordinal, to_timestamp(at), action, track, n
from json_to_recordset(%(rows)s::json) as t (
    kind text, subject text, ordinal smallint, at float8, action text, track text, n int
)

-- name: due_timers
-- Timers whose moment has come, oldest first; those another worker holds are passed over.
select city, kind, subject, ordinal, at, action, track, n from timer
where at <= %(now)s and (%(city)s::text is null or city = %(city)s)
order by at limit %(limit)s
for update skip locked

-- name: next_timer
-- When the next timer of a city is due.
select min(at) as at from timer where city = %(city)s

-- name: inbox
-- What waits for a person: by name, at the desks of the units, and by role in the areas of the posts. Every branch
-- is cut to the page by its index, so that a long queue costs no more than a short one.
with mine as (
    (
        select * from task
        where city = %(city)s and person = %(person)s and role = any(%(roles)s)
          and (%(kind)s::text is null or kind = %(kind)s)
          and (%(places)s::text[] is null or track || '.' || state = any(%(places)s))
        order by due, subject, ordinal limit %(reach)s
    )
    union all
    select found.* from unnest(%(unit_roles)b::text[], %(units)b::text[]) as post (role, unit)
    cross join lateral (
        select * from task
        where task.city = %(city)s and task.unit = post.unit and task.role = post.role and task.person is null
          and (%(kind)s::text is null or task.kind = %(kind)s)
          and (%(places)s::text[] is null or task.track || '.' || task.state = any(%(places)s))
        order by due, subject, ordinal limit %(reach)s
    ) as found
    union all
    select found.* from unnest(%(area_roles)b::text[], %(areas)b::text[]) as post (role, area)
    cross join lateral (
        select * from task
        where task.city = %(city)s and task.role = post.role and task.unit is null and task.person is null
          and (post.area is null or post.area = any(task.scopes))
          and (%(kind)s::text is null or task.kind = %(kind)s)
          and (%(places)s::text[] is null or task.track || '.' || task.state = any(%(places)s))
        order by due, subject, ordinal limit %(reach)s
    ) as found
)
select distinct on (due, subject, ordinal) * from mine
order by due, subject, ordinal
limit %(limit)s offset %(offset)s

-- name: waits_before
-- Whose turn it was before some versions: an event says so only when that changes.
select given.stream, found.waits
from unnest(%(streams)b::text[], %(versions)s::int[]) as given (stream, version)
cross join lateral (
    select payload -> 'waits' as waits from event
    where city = %(city)s and stream = given.stream and version < given.version and payload -> 'waits' is not null
    order by version desc limit 1
) as found

-- name: kept_tasks
-- Tasks of subjects, in the order of `tasks.TASK_COLUMNS`.
select kind, subject, ordinal, role, unit, person, array_to_string(scopes, ' ') as scopes, track, n, state, clock,
    extract(epoch from since)::float8 as since, extract(epoch from due)::float8 as due
from task where city = %(city)s and kind = %(kind)s and subject = any(%(ids)s)

-- name: kept_timers
-- Timers of subjects, in the order of `tasks.TIMER_COLUMNS`.
select kind, subject, ordinal, extract(epoch from at)::float8 as at, action, track, n
from timer where city = %(city)s and kind = %(kind)s and subject = any(%(ids)s)
