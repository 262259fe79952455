-- name: saved
-- One filter, if it is the person's own or of a role they hold.
select kind, filter::text as filter from saved_filter
where city = %(city)s and id = %(id)s and (owner = %(owner)s or role = any(%(roles)s::text[]))

-- name: saved_filters
-- All filters a person sees.
select id, title, kind, role, owner, owner = %(owner)s as own, filter, created_at from saved_filter
where city = %(city)s and (owner = %(owner)s or role = any(%(roles)s::text[]))
order by title, id

-- name: save_filter
-- Keep one.
insert into saved_filter (city, id, owner, role, title, kind, filter, created_at)
values (%(city)s, %(id)s, %(owner)s, %(role)s, %(title)s, %(kind)s, %(filter)s::json, %(now)s)

-- name: drop_filter
-- Take one's own away.
delete from saved_filter where city = %(city)s and id = %(id)s and owner = %(owner)s
