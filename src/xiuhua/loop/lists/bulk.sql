-- name: add_run
-- An action on all rows of a filter.
insert into bulk_run (city, id, kind, asked_by, posts, permissions, action, fields, reason, filter, asked_at)
values (%(city)s, %(id)s, %(kind)s, %(actor)s, %(posts)s::json, %(permissions)s, %(action)s, %(fields)s::json,
    %(reason)s, %(filter)s::json, %(now)s)

-- name: add_items
-- The rows as they are now, in the order in which they will be done.
insert into bulk_item (city, run, ordinal, subject)
select %(city)s, %(id)s, n, subject from unnest(%(subjects)b::text[]) with ordinality as t (subject, n)

-- name: next_run
-- The oldest run that has not ended and that nobody else is at.
select city, id, kind, asked_by, posts, permissions, action, fields, reason from bulk_run
where ended_at is null and (%(id)s::text is null or id = %(id)s)
order by asked_at limit 1 for update skip locked

-- name: waiting
-- The next items of a run.
select ordinal, subject from bulk_item
where city = %(city)s and run = %(id)s and status = 'waiting' order by ordinal limit %(limit)s

-- name: done
-- What came of items.
update bulk_item as one set status = t.status, version = t.version, code = t.code, why = t.why
from unnest(%(ordinal)s::int[], %(status)b::text[], %(version)s::int[], %(code)b::text[], %(why)b::text[])
    as t (ordinal, status, version, code, why)
where one.city = %(city)s and one.run = %(id)s and one.ordinal = t.ordinal

-- name: end
-- Nothing is left of a run.
update bulk_run set ended_at = %(now)s where city = %(city)s and id = %(id)s

-- name: run
-- A run with how far it has come.
select id, kind, asked_by, action, filter, asked_at, ended_at,
    (select count(*) from bulk_item as i where i.city = one.city and i.run = one.id) as total,
    (select count(*) from bulk_item as i where i.city = one.city and i.run = one.id and status = 'done') as done,
    (select count(*) from bulk_item as i where i.city = one.city and i.run = one.id and status = 'refused') as refused
from bulk_run as one where city = %(city)s and id = %(id)s and asked_by = %(actor)s

-- name: items
-- What came of each item, in order, behind a cursor.
select ordinal, subject, status, version, code, why from bulk_item
where city = %(city)s and run = %(id)s and ordinal > %(after)s and (%(status)s::text is null or status = %(status)s)
order by ordinal limit %(limit)s
