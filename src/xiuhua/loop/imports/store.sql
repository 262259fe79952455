-- name: add
-- A file that was sent in.
insert into import_run (city, id, asked_by, asked_at, name, bytes, content, language)
values (%(city)s, %(id)s, %(by)s, %(now)s, %(name)s, %(bytes)s, %(content)s, %(language)s)

-- name: run
-- One's own import, without the files.
select id, name, bytes, state, mapping, language, asked_at, started_at, ended_at, cancel_at, fraction, new, unchanged,
    rejected, skipped, reasons, errors, rejected_file is not null as kept
from import_run where city = %(city)s and id = %(id)s and asked_by = %(by)s

-- name: runs
-- One's own imports, newest first, behind a cursor.
select id, name, bytes, state, mapping, language, asked_at, started_at, ended_at, cancel_at, fraction, new, unchanged,
    rejected, skipped, reasons, errors, rejected_file is not null as kept
from import_run
where city = %(city)s and asked_by = %(by)s and (%(before)s::text is null or id < %(before)s)
order by id desc limit %(limit)s

-- name: content
-- The file of an import of one's own that was not begun yet.
select name, content, language from import_run
where city = %(city)s and id = %(id)s and asked_by = %(by)s and content is not null

-- name: start
-- The file is to be taken in by this mapping.
update import_run set state = 'waiting', mapping = %(mapping)s::json
where city = %(city)s and id = %(id)s and asked_by = %(by)s and state = 'uploaded'
returning id

-- name: cancel
-- It is to stop: at once while it waits, else before its next batch.
update import_run set cancel_at = %(now)s,
    state = case when state in ('uploaded', 'waiting') then 'cancelled' else state end,
    ended_at = case when state in ('uploaded', 'waiting') then %(now)s end,
    content = case when state in ('uploaded', 'waiting') then null else content end
where city = %(city)s and id = %(id)s and asked_by = %(by)s and ended_at is null
returning id

-- name: rejected
-- The rows that were not taken in.
select name, rejected_file from import_run where city = %(city)s and id = %(id)s and asked_by = %(by)s

-- name: begin
-- The job is at it.
update import_run set state = 'running', started_at = coalesce(started_at, %(now)s)
where city = %(city)s and id = %(id)s and ended_at is null
returning name, content, mapping, language, asked_by, cancel_at

-- name: taken
-- So many new ones came in with this very transaction; whether to go on.
update import_run set new = new + %(new)s
where city = %(city)s and id = %(id)s and ended_at is null
returning cancel_at

-- name: progress
-- How far it has come; what an attempt before this one took in is new, not unchanged.
update import_run set fraction = %(fraction)s, unchanged = greatest(%(in)s - new, 0), rejected = %(rejected)s
where city = %(city)s and id = %(id)s

-- name: end
-- It is over; the file is forgotten, the rejected rows are kept for a while.
update import_run set state = %(state)s, ended_at = %(now)s, content = null, reasons = %(reasons)s::json,
    errors = %(errors)s::json, skipped = %(skipped)s, rejected_file = %(rejected_file)s,
    fraction = case when %(state)s = 'done' then 1 else fraction end
where city = %(city)s and id = %(id)s and ended_at is null

-- name: forget_files
-- Files that nobody imported, and rejected rows of long ago.
with given_up as (
    delete from import_run where state = 'uploaded' and asked_at < %(given_up)s
)
update import_run set rejected_file = null where ended_at < %(old)s and rejected_file is not null

-- name: end_dead
-- Imports that no job goes on with, since it took its workers with it each time.
update import_run set state = 'refused', ended_at = %(now)s, content = null,
    errors = json_build_array(%(error)s::jsonb || jsonb_build_object('file', name))
where ended_at is null and state in ('waiting', 'running') and asked_at < %(given_up)s and not exists (
    select 1 from job where job.city = import_run.city and job.kind = %(kind)s and job.key = import_run.id
        and job.state in ('waiting', 'running')
)

-- name: mappings
-- What the city has kept, by title.
select id, title, mapping, created_by, created_at from import_mapping where city = %(city)s order by title

-- name: keep_mapping
-- Kept under a title, in the place of what was kept under it.
insert into import_mapping (city, id, title, mapping, created_by, created_at)
values (%(city)s, %(id)s, %(title)s, %(mapping)s::json, %(by)s, %(now)s)
on conflict (city, title) do update set mapping = excluded.mapping, created_by = excluded.created_by,
    created_at = excluded.created_at
returning id

-- name: drop_mapping
-- It is kept no more.
delete from import_mapping where city = %(city)s and id = %(id)s returning id
