-- name: lock
-- One change of a city's calendars at a time.
select pg_advisory_xact_lock(hashtextextended('calendars/' || %(city)s, 0))

-- name: calendars
-- Calendars, oldest version first: those standing, or as known at a moment. What stands is not asked by
-- time: another process may have recorded it by a clock some milliseconds ahead of ours.
select code, valid_from, valid_to, spec
from calendar
where city = %(city)s
  and case when %(known)s::timestamptz is null then superseded_at is null
      else recorded_at <= %(known)s and coalesce(superseded_at > %(known)s, true) end
order by code, valid_from

-- name: holidays
-- The days that arrangements change, standing or as known at a moment.
select day, kind, name
from holiday
where city = %(city)s
  and case when %(known)s::timestamptz is null then superseded_at is null
      else recorded_at <= %(known)s and coalesce(superseded_at > %(known)s, true) end
order by day

-- name: days_ever
-- Every day that ever stood in the table, withdrawn ones too.
select distinct day from holiday where city = %(city)s

-- name: announced
-- Years whose arrangement is known, or was at a moment.
select year from announced_year
where city = %(city)s and (%(known)s::timestamptz is null or recorded_at <= %(known)s)
order by year

-- name: roles
-- Which role follows which calendar, standing or as known at a moment.
select role, calendar
from role_calendar
where city = %(city)s
  and case when %(known)s::timestamptz is null then superseded_at is null
      else recorded_at <= %(known)s and coalesce(superseded_at > %(known)s, true) end
order by role

-- name: supersede_calendars
-- Rows of calendars that others take the place of: those that reach past the day before a new version.
update calendar set superseded_at = %(now)s
where city = %(city)s and code = any(%(codes)s::text[]) and superseded_at is null
  and (valid_to is null or valid_to >= %(from)s)
returning code, valid_from, spec

-- name: put_calendars
-- New rows of calendars.
insert into calendar (city, code, valid_from, valid_to, spec, recorded_at)
select %(city)s, code, valid_from, valid_to, spec, %(now)s
from unnest(%(codes)s::text[], %(froms)s::date[], %(tos)s::date[], %(specs)s::json[])
    as row (code, valid_from, valid_to, spec)

-- name: supersede_holidays
-- Days whose kind or name another row takes over, or which an arrangement no longer holds.
update holiday set superseded_at = %(now)s
where city = %(city)s and day = any(%(days)s::date[]) and superseded_at is null

-- name: put_holidays
-- New rows of days.
insert into holiday (city, day, kind, name, source, recorded_at)
select %(city)s, day, kind, name, %(source)s, %(now)s
from unnest(%(days)s::date[], %(kinds)s::text[], %(names)s::text[]) as row (day, kind, name)

-- name: put_announced
-- Years that are announced now.
insert into announced_year (city, year, source, recorded_at)
select %(city)s, year, %(source)s, %(now)s from unnest(%(years)s::smallint[]) as row (year)

-- name: supersede_roles
-- Roles that get another calendar.
update role_calendar set superseded_at = %(now)s
where city = %(city)s and role = any(%(roles)s::text[]) and superseded_at is null

-- name: put_roles
-- New rows of roles.
insert into role_calendar (city, role, calendar, recorded_at)
select %(city)s, role, calendar, %(now)s
from unnest(%(roles)s::text[], %(calendars)s::text[]) as row (role, calendar)

-- name: keep_versions
-- Contents by digest, each once.
insert into calendar_version (city, digest, code, content, recorded_at)
select %(city)s, digest, code, content, %(now)s
from unnest(%(digests)s::text[], %(codes)s::text[], %(contents)s::json[]) as row (digest, code, content)
on conflict (city, digest) do nothing

-- name: version
-- One content by digest.
select content from calendar_version where city = %(city)s and digest = %(digest)s
