-- name: add
-- Jobs asked for; those whose key was used before are left as they are.
insert into job (city, id, kind, key, payload, state, asked_at, due_at)
select %(city)s, id, kind, key, payload::json, 'waiting', %(now)s, coalesce(due_at, %(now)s)
from unnest(%(id)b::text[], %(kind)b::text[], %(key)b::text[], %(payload)b::text[], %(due_at)s::timestamptz[])
    as t (id, kind, key, payload, due_at)
on conflict (city, kind, key) do nothing
returning id

-- name: start
-- Jobs just picked: an attempt more, counted before anything is tried.
update job set state = 'running', attempts = attempts + 1, started_at = %(now)s, ended_at = null
from unnest(%(cities)b::text[], %(ids)b::text[]) as picked (city, id)
where job.city = picked.city and job.id = picked.id and job.state in ('waiting', 'running')
returning job.city, job.id, kind, key, payload::text as payload, attempts

-- name: finish
-- A job is done, dead, or waits for its next attempt.
update job set state = %(state)s, error = %(error)s, due_at = coalesce(%(due)s, due_at),
    ended_at = case when %(state)s = 'waiting' then null else %(now)s end
where city = %(city)s and id = %(id)s

-- name: list
-- Jobs, newest first.
select city, id, kind, key, payload::text as payload, state, attempts, error, asked_at, due_at, started_at, ended_at,
    repeated_by
from job
where city = %(city)s and (%(state)s::text is null or state = %(state)s)
  and (%(kind)s::text is null or kind = %(kind)s) and (%(before)s::text is null or id < %(before)s)
order by id desc limit %(limit)s

-- name: get
-- One job.
select city, id, kind, key, payload::text as payload, state, attempts, error, asked_at, due_at, started_at, ended_at,
    repeated_by
from job where city = %(city)s and id = %(id)s for update

-- name: counts
-- How many jobs there are of each state that somebody may have to look at.
select state, count(*) as number from job where city = %(city)s and state <> 'done' group by state

-- name: repeat
-- A dead job begins anew.
update job set state = 'waiting', attempts = 0, due_at = %(now)s, ended_at = null, repeated_by = %(by)s
where city = %(city)s and id = %(id)s

-- name: prune
-- Jobs done long ago; their keys are free again.
delete from job where state = 'done' and ended_at < %(before)s

-- name: prune_log
-- The library's log of picks and ends.
delete from pgqueuer_log where created < now() - interval '7 days'

-- name: any
-- Whether the queue holds anything at all.
select 1 from pgqueuer limit 1
