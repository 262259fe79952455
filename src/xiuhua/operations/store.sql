-- name: beat
-- A process says that it lives.
insert into heartbeat (process, kind, started_at, seen_at, detail)
values (%(process)s, %(kind)s, %(started_at)s, %(now)s, %(detail)s)
on conflict (process) do update set seen_at = excluded.seen_at, detail = excluded.detail

-- name: beats
-- The last sign of life of each kind of process.
select kind, max(seen_at) as seen_at, count(*) filter (where seen_at > %(now)s - interval '1 minute') as living
from heartbeat group by kind

-- name: note
-- Something was done that is to be done again and again.
insert into upkeep (name, at, detail) values (%(name)s, %(at)s, %(detail)s)
on conflict (name) do update set at = excluded.at, detail = excluded.detail

-- name: claim
-- Whether a work of upkeep is due, told to one asker only: the row stays locked until the end of the transaction.
select name, at from upkeep where name = %(name)s for update skip locked

-- name: notes
-- When each work of upkeep was last done.
select name, at, detail from upkeep

-- name: waiting
-- What waits, by city and kind: subjects, tasks and tasks past their limit.
select city, kind, count(distinct subject) as subjects, count(*) as tasks,
    count(*) filter (where due < %(now)s) as overdue
from task group by city, kind

-- name: timers
-- How many timers are due and not run, and how long the oldest has waited.
select count(*) as late, coalesce(extract(epoch from %(now)s - min(at)), 0)::float8 as oldest_s
from timer where at < %(now)s

-- name: database
-- Size, events ever written, sessions of the server.
select pg_database_size(current_database()) as bytes, (select last_value from event_position) as events,
    (select count(*) from pg_stat_activity where datname = current_database()) as connections

-- name: seals
-- The newest seal of each city, and whether events stand that are older than it should be.
select known.city, seal.sealed_at, seal.next_tx::text as next_tx,
    (select min(event.ingested_at) from event
     where event.city = known.city and event.tx >= coalesce(seal.next_tx, '0'::xid8)) as unsealed_since
from (select city from bureau) as known
left join lateral (select sealed_at, next_tx from seal where seal.city = known.city order by number desc limit 1)
    as seal on true
order by known.city
