-- name: lock
-- One change of a city's packs or settings at a time.
select pg_advisory_xact_lock(hashtextextended('packs/' || %(city)s, 0))

-- name: keep_version
-- A version, unless its content or its number is there already.
insert into pack_version (digest, name, version, grammar, content, installed_at)
values (%(digest)s, %(name)s, %(version)s, %(grammar)s, %(content)s, %(now)s)
on conflict do nothing

-- name: version
-- What stands under a number.
select digest from pack_version where name = %(name)s and version = %(version)s

-- name: content
-- One version by its digest.
select content::text as content from pack_version where digest = %(digest)s

-- name: activate
-- From now on this version is in force.
insert into pack_active (city, name, digest, recorded_at) values (%(city)s, %(name)s, %(digest)s, %(now)s)

-- name: active
-- The versions in force, or those known to be at a moment. What is in force now is not asked by time: another
-- process may have recorded it by a clock some milliseconds ahead of ours.
select distinct on (active.name) active.name, version.version, active.digest, active.recorded_at,
    case when %(with_content)s then version.content::text end as content
from pack_active as active join pack_version as version using (digest)
where active.city = %(city)s and (%(known)s::timestamptz is null or active.recorded_at <= %(known)s)
order by active.name, active.row_no desc

-- name: settings
-- What a city set otherwise for a procedure, holding on a day, as known now or at a moment.
select distinct on (name) name, value::text as value
from pack_setting
where city = %(city)s and procedure = %(procedure)s
  and valid_from <= %(on)s and coalesce(valid_to >= %(on)s, true)
  and (%(known)s::timestamptz is null or recorded_at <= %(known)s)
order by name, row_no desc

-- name: ever
-- Every version with procedures that was ever in force.
select digest, content::text as content from pack_version as version
where version.content::text like '%%procedures%%' and exists (
    select from pack_active as active
    where active.digest = version.digest and (%(city)s::text is null or active.city = %(city)s)
)

-- name: all_settings
-- What a city set otherwise for any procedure, holding on a day.
select distinct on (procedure, name) procedure, name, value::text as value
from pack_setting
where city = %(city)s and valid_from <= %(on)s and coalesce(valid_to >= %(on)s, true)
order by procedure, name, row_no desc

-- name: put_settings
-- Settings from one day to another; a value of null is the default again.
insert into pack_setting (city, pack, procedure, name, value, valid_from, valid_to, recorded_at)
select %(city)s, %(pack)s, %(procedure)s, name, value::json, %(from)s, %(to)s, %(now)s
from unnest(%(names)s::text[], %(values)s::text[]) as given (name, value)
