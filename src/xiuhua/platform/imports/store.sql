-- name: add
-- A file that was sent in.
insert into import_run (city, id, asked_by, asked_at, target, name, bytes, content, language)
values (%(city)s, %(id)s, %(by)s, %(now)s, %(target)s, %(name)s, %(bytes)s, %(content)s, %(language)s)

-- name: run
-- One's own import, without the files.
select id, target, name, bytes, state, mapping, language, asked_at, started_at, ended_at, cancel_at, fraction, new,
    changed, unchanged, rejected, skipped, about, unused, reasons, errors, rejected_file is not null as kept
from import_run where city = %(city)s and id = %(id)s and asked_by = %(by)s

-- name: runs
-- One's own imports, newest first, behind a cursor; into one target where it is named.
select id, target, name, bytes, state, mapping, language, asked_at, started_at, ended_at, cancel_at, fraction, new,
    changed, unchanged, rejected, skipped, about, unused, reasons, errors, rejected_file is not null as kept
from import_run
where city = %(city)s and asked_by = %(by)s and (%(target)s::text is null or target = %(target)s)
    and (%(before)s::text is null or id < %(before)s)
order by id desc limit %(limit)s

-- name: content
-- The file of an import of one's own that was not begun yet.
select target, name, content, language from import_run
where city = %(city)s and id = %(id)s and asked_by = %(by)s and content is not null
    and state in ('uploaded', 'checking', 'checked')

-- name: preview
-- What would become of the rows of an import of one's own.
select target, new, changed, unchanged, rejected, skipped, about, unused, reasons, preview from import_run
where city = %(city)s and id = %(id)s and asked_by = %(by)s and preview is not null

-- name: begin
-- The file is to be looked at whole (`checking`), or taken in (`waiting`), by this mapping and this job.
update import_run set state = %(state)s, mapping = %(mapping)s::json, job = %(job)s, posts = %(posts)s::json,
    permissions = %(permissions)s, started_at = null, cancel_at = null, fraction = 0, new = 0, changed = 0,
    unchanged = 0, rejected = 0, skipped = 0, about = 0, unused = '[]', reasons = '[]', preview = null,
    rejected_file = null
where city = %(city)s and id = %(id)s and asked_by = %(by)s and state in ('uploaded', 'checked')
returning id

-- name: cancel
-- It is to stop: at once while it waits, else before its next batch. Of a look nothing is left but the file.
update import_run set cancel_at = case when state = 'checking' then null else %(now)s end,
    job = case when state = 'running' then job end,
    state = case state when 'checking' then 'uploaded' when 'running' then state else 'cancelled' end,
    ended_at = case when state in ('checking', 'running') then null else %(now)s end,
    content = case when state in ('checking', 'running') then content end
where city = %(city)s and id = %(id)s and asked_by = %(by)s and ended_at is null
returning id

-- name: rejected
-- The rows that were not taken in.
select name, rejected_file from import_run where city = %(city)s and id = %(id)s and asked_by = %(by)s

-- name: pick
-- The job is at it.
update import_run set state = case state when 'waiting' then 'running' else state end,
    started_at = coalesce(started_at, %(now)s)
where city = %(city)s and id = %(id)s and job = %(job)s and state in ('checking', 'waiting', 'running')
returning target, name, content, mapping, language, asked_by, cancel_at, posts, permissions, state

-- name: taken
-- So many were made and changed with this very transaction; whether to go on.
update import_run set new = new + %(new)s, changed = changed + %(changed)s
where city = %(city)s and id = %(id)s and job = %(job)s and state = 'running'
returning cancel_at

-- name: progress
-- How far it has come; what an attempt before this one made and changed is that, not unchanged.
update import_run set fraction = %(fraction)s, rejected = %(rejected)s,
    unchanged = greatest(%(in)s - new - changed, 0)
where city = %(city)s and id = %(id)s and job = %(job)s and state = 'running'
returning id

-- name: looked
-- How far a look at it has come.
update import_run set fraction = %(fraction)s, new = %(new)s, changed = %(changed)s, unchanged = %(unchanged)s,
    rejected = %(rejected)s
where city = %(city)s and id = %(id)s and job = %(job)s and state = 'checking'
returning id

-- name: checked
-- It was looked at whole; the file stays until it is taken in.
update import_run set state = 'checked', fraction = 1, skipped = %(skipped)s, about = %(about)s,
    unused = %(unused)s::json, reasons = %(reasons)s::json, preview = %(preview)s::json,
    rejected_file = %(rejected_file)s
where city = %(city)s and id = %(id)s and job = %(job)s and state = 'checking'

-- name: end
-- It is over; the file is forgotten, the rejected rows are kept for a while.
update import_run set state = %(state)s, ended_at = %(now)s, content = null, preview = null,
    reasons = %(reasons)s::json, errors = %(errors)s::json, skipped = %(skipped)s, about = %(about)s,
    unused = %(unused)s::json, rejected_file = %(rejected_file)s,
    fraction = case when %(state)s = 'done' then 1 else fraction end
where city = %(city)s and id = %(id)s and job = %(job)s and ended_at is null

-- name: forget_files
-- Files that nobody imported, and rejected rows of long ago.
with given_up as (
    delete from import_run where state in ('uploaded', 'checked') and asked_at < %(given_up)s
)
update import_run set rejected_file = null where ended_at < %(old)s and rejected_file is not null

-- name: end_dead
-- Imports that no job goes on with, since it took its workers with it each time.
update import_run set state = 'refused', ended_at = %(now)s, content = null,
    errors = json_build_array(%(error)s::jsonb || jsonb_build_object('file', name))
where ended_at is null and state in ('checking', 'waiting', 'running') and asked_at < %(given_up)s and not exists (
    select 1 from job where job.city = import_run.city and job.kind = %(kind)s and job.key = import_run.job
        and job.state in ('waiting', 'running')
)

-- name: mappings
-- What the city has kept for a target, by title.
select id, title, mapping, created_by, created_at from import_mapping
where city = %(city)s and target = %(target)s order by title

-- name: keep_mapping
-- Kept under a title, in the place of what was kept under it.
insert into import_mapping (city, id, target, title, mapping, created_by, created_at)
values (%(city)s, %(id)s, %(target)s, %(title)s, %(mapping)s::json, %(by)s, %(now)s)
on conflict (city, target, title) do update set mapping = excluded.mapping, created_by = excluded.created_by,
    created_at = excluded.created_at
returning id

-- name: mapping
-- What a kept mapping is for.
select target from import_mapping where city = %(city)s and id = %(id)s

-- name: drop_mapping
-- It is kept no more.
delete from import_mapping where city = %(city)s and id = %(id)s
