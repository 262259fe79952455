-- name: begin
-- A city's position, made when notices begin there. Only inserted where there is none: on conflict it would wait for
-- the worker that holds it.
insert into notice_position (city, since)
select %(city)s, %(now)s where not exists (select from notice_position where city = %(city)s)
on conflict do nothing

-- name: position
-- How far a city was read; one worker at a time, others pass it over.
select tx, number, since, digest from notice_position where city = %(city)s for update skip locked

-- name: move
-- The log was read up to here.
update notice_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: told_the_day
-- The digest of a day was made.
update notice_position set digest = %(day)s where city = %(city)s

-- name: tell
-- Notices, each once for an occasion and a recipient.
insert into notice (city, id, person, webhook, name, key, kind, subject, number, urgent, head, body, at, shown_at, ways)
select %(city)s, id, person, webhook, name, key, kind, subject, number, urgent, head::json, body::json, at, shown_at,
    string_to_array(ways, ' ')
from unnest(
    %(id)b::text[], %(person)b::text[], %(webhook)b::text[], %(name)b::text[], %(key)b::text[], %(kind)b::text[],
    %(subject)b::text[], %(number)b::text[], %(urgent)s::bool[], %(head)b::text[], %(body)b::text[],
    %(at)s::timestamptz[], %(shown_at)s::timestamptz[], %(ways)b::text[]
) as t (id, person, webhook, name, key, kind, subject, number, urgent, head, body, at, shown_at, ways)
on conflict do nothing

-- name: clear_reminders
-- Take away what lay ahead of clocks that moved.
delete from reminder using unnest(%(kinds)b::text[], %(subjects)b::text[], %(clocks)b::text[]) as m (kind, subject, clock)
where reminder.city = %(city)s and reminder.kind = m.kind and reminder.subject = m.subject and reminder.clock = m.clock

-- name: remind
-- Rungs that lie ahead.
insert into reminder (city, kind, subject, clock, leg, name, rung, turn, due, at)
select %(city)s, kind, subject, clock, leg, name, rung, turn, due, to_timestamp(at)
from unnest(
    %(kind)b::text[], %(subject)b::text[], %(clock)b::text[], %(leg)b::text[], %(name)b::text[],
    %(rung)s::smallint[], %(turn)s::smallint[], %(due)s::bigint[], %(at)s::float8[]
) as t (kind, subject, clock, leg, name, rung, turn, due, at)
on conflict (city, kind, subject, clock, name, rung) do update set
    leg = excluded.leg, turn = excluded.turn, due = excluded.due, at = excluded.at

-- name: due_reminders
-- Rungs whose moment has come, oldest first.
select kind, subject, clock, leg, name, rung, turn, due, extract(epoch from at)::bigint as at
from reminder where city = %(city)s and at <= %(now)s
order by at, subject, clock, name, rung limit %(limit)s
for update skip locked

-- name: drop_reminders
-- Rungs that were taken, or are of no clock any more.
delete from reminder
using unnest(%(kinds)b::text[], %(subjects)b::text[], %(clocks)b::text[], %(names)b::text[], %(rungs)s::smallint[])
    as t (kind, subject, clock, name, rung)
where reminder.city = %(city)s and reminder.kind = t.kind and reminder.subject = t.subject
  and reminder.clock = t.clock and reminder.name = t.name and reminder.rung = t.rung

-- name: to_send
-- Notices that may go out now, with the addresses people gave and the other systems' own.
with due as (
    select city, id, person, webhook, ways from notice
    where city = %(city)s and ways <> '{}' and shown_at <= %(now)s
    order by shown_at limit %(limit)s for update skip locked
)
select due.id, case when due.webhook is null then array(
    select way from notice_address
    where notice_address.city = due.city and notice_address.person = due.person and way = any(due.ways) order by way
) else due.ways end as ways
from due

-- name: sent
-- Nothing is left to be sent of these.
update notice set ways = '{}' where city = %(city)s and id = any(%(ids)s)

-- name: notice
-- One notice, with what is needed to send it.
select notice.*, head::text as head_text, body::text as body_text, notice_address.address
from notice
left join notice_address on notice_address.city = notice.city and notice_address.person = notice.person
    and notice_address.way = %(way)s
where notice.city = %(city)s and notice.id = %(id)s

-- name: inbox
-- What a person was told, newest first.
select id, name, kind, subject, number, urgent, head::text as head, body::text as body, at, shown_at, read_at
from notice
where city = %(city)s and person = %(person)s and shown_at <= %(now)s and (not %(unread)s or read_at is null)
  and (%(before)s::timestamptz is null or (shown_at, id) < (%(before)s::timestamptz, %(before_id)s))
order by shown_at desc, id desc limit %(limit)s

-- name: unread
-- How many notices a person has not read.
select count(*) as number from notice
where city = %(city)s and person = %(person)s and shown_at <= %(now)s and read_at is null

-- name: read
-- A person has read these, or all that were shown up to a moment.
update notice set read_at = %(now)s
where city = %(city)s and person = %(person)s and read_at is null and shown_at <= %(now)s
  and (id = any(%(ids)s) or shown_at <= %(until)s::timestamptz)

-- name: addresses
-- Where a person wants to be told.
select way, address, since from notice_address where city = %(city)s and person = %(person)s order by way

-- name: put_address
-- A person wants to be told there.
insert into notice_address (city, person, way, address, since)
values (%(city)s, %(person)s, %(way)s, %(address)s, %(now)s)
on conflict (city, person, way) do update set address = excluded.address, since = excluded.since

-- name: drop_address
-- A person wants to be told there no more.
delete from notice_address where city = %(city)s and person = %(person)s and way = %(way)s

-- name: webhooks
-- The other systems of a city, by age.
select id, url, names, created_at, created_by, stopped_at from webhook where city = %(city)s order by id

-- name: standing_webhooks
-- Those that are told.
select id, names from webhook where city = %(city)s and stopped_at is null order by id

-- name: webhook
-- One of them, with its secret.
select id, url, secret, stopped_at from webhook where city = %(city)s and id = %(id)s

-- name: add_webhook
-- Another system to be told.
insert into webhook (city, id, url, secret, names, created_at, created_by)
values (%(city)s, %(id)s, %(url)s, %(secret)s, %(names)s, %(now)s, %(by)s)

-- name: stop_webhook
-- It is told no more.
update webhook set stopped_at = %(now)s where city = %(city)s and id = %(id)s and stopped_at is null returning id

-- name: days
-- For each person: how much waits, is due before the day ends, and is late. Posts as the inbox sees them.
with post as (
    select * from unnest(%(people)b::text[], %(roles)b::text[], %(units)b::text[], %(areas)b::text[])
        as t (person, role, unit, area)
), mine as (
    select post.person, task.kind, task.subject, task.ordinal, task.due from post
    join task on task.city = %(city)s and task.person = post.person and task.role = post.role
    union
    select post.person, task.kind, task.subject, task.ordinal, task.due from post
    join task on task.city = %(city)s and task.unit = post.unit and task.role = post.role and task.person is null
    union
    select post.person, task.kind, task.subject, task.ordinal, task.due from post
    join task on task.city = %(city)s and task.role = post.role and task.unit is null and task.person is null
        and (post.area is null or post.area = any(task.scopes))
)
select person, count(distinct (kind, subject)) as waiting,
    count(distinct (kind, subject)) filter (where due < %(now)s) as late,
    count(distinct (kind, subject)) filter (where due >= %(now)s and due < %(end)s) as due_today
from mine group by person order by person

-- name: prune
-- Notices of long ago.
delete from notice where shown_at < %(before)s and ways = '{}'
