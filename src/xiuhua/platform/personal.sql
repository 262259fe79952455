-- name: keep
-- Many at once; the same id twice is refused by the key.
insert into personal (city, id, kind, salt, content, kept_at)
select %(city)s, id, kind, salt, content::jsonb, %(now)s
from unnest(%(ids)b::text[], %(kinds)b::text[], %(salts)b::bytea[], %(contents)b::text[])
    as kept (id, kind, salt, content)

-- name: get
-- Contents by id; null where erased.
select id, kind, salt, content, erased_at from personal where city = %(city)s and id = any(%(ids)s)

-- name: note_access
-- One row for each thing looked at or erased.
insert into access_log (city, at, actor, subject, what, why)
select %(city)s, %(now)s, %(actor)s, subject, %(what)s, %(why)s from unnest(%(subjects)s::text[]) as seen (subject)

-- name: erase
-- Content and salt go; that something stood here, and since when not, stays.
update personal set content = null, salt = '', erased_at = %(now)s, erased_by = %(actor)s
where city = %(city)s and id = any(%(ids)s) and erased_at is null
returning id, kind

-- name: accesses
-- The access log, newest first.
select id, at, actor, subject, what, why from access_log
where city = %(city)s
  and (%(before)s::bigint is null or id < %(before)s)
  and (%(subject)s::text is null or subject = %(subject)s)
  and (%(actor)s::text is null or actor = %(actor)s)
  and (%(what)s::text is null or what = %(what)s)
  and (%(since)s::timestamptz is null or at >= %(since)s)
  and (%(until)s::timestamptz is null or at < %(until)s)
order by id desc limit %(limit)s
