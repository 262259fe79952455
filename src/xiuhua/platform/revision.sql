-- name: bump
-- One step up, within the transaction of the change.
insert into revision (city, kind) values (%(city)s, %(kind)s)
on conflict (city, kind) do update set value = revision.value + 1

-- name: current
-- The revisions that this snapshot sees.
select kind, value from revision where city = %(city)s
