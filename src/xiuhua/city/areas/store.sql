-- name: lock
-- One import of a city's areas at a time: the log's stream and the rows must tell the same story.
select pg_advisory_xact_lock(hashtextextended('areas/' || %(city)s, 0))

-- name: on_day
-- The areas valid on a day, as known at a moment (null: now).
select code, kind, name, parent, area_class, sides, geometry, datum, crs, original, valid_from,
       case when %(known_at)s::timestamptz is null or closed_at <= %(known_at)s then valid_to end as valid_to,
       array(
           select unit_grid from duty_grid_member as member
           where member.city = area.city and member.duty_grid = area.code
             and member.valid_from = area.valid_from and member.recorded_at = area.recorded_at
           order by unit_grid
       ) as members
from area
where city = %(city)s
  and (%(kind)s::text is null or kind = %(kind)s)
  and valid_from <= %(on)s
  and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
  and (valid_to is null or valid_to >= %(on)s
       or (%(known_at)s::timestamptz is not null and closed_at > %(known_at)s))
order by code

-- name: around
-- For codes and days: the row of the day, where the rows before it end, where the next begins.
select wanted.code, now.kind, now.name, now.parent, now.area_class, now.sides, now.geometry, now.datum, now.crs,
       now.original, now.valid_from, now.valid_to, now.members, before.last_end, after.next_start
from unnest(%(codes)s::text[], %(days)s::date[]) as wanted (code, day)
left join lateral (
    select area.*, array(
        select unit_grid from duty_grid_member as member
        where member.city = area.city and member.duty_grid = area.code
          and member.valid_from = area.valid_from and member.recorded_at = area.recorded_at
        order by unit_grid
    ) as members
    from area
    where city = %(city)s and area.code = wanted.code
      and area.valid_from <= wanted.day and (area.valid_to is null or area.valid_to >= wanted.day)
) as now on true
cross join lateral (
    select max(valid_to) as last_end from area
    where city = %(city)s and area.code = wanted.code
      and area.valid_to < wanted.day and area.valid_to >= area.valid_from
) as before
cross join lateral (
    select min(valid_from) as next_start from area
    where city = %(city)s and area.code = wanted.code and area.valid_from > wanted.day
      and (area.valid_to is null or area.valid_to >= area.valid_from)
) as after

-- name: close
-- Give rows their last day.
update area set valid_to = closing.valid_to, closed_at = %(now)s
from unnest(%(codes)s::text[], %(starts)s::date[], %(ends)s::date[]) as closing (code, valid_from, valid_to)
where area.city = %(city)s and area.code = closing.code and area.valid_from = closing.valid_from
  and (area.valid_to is null or area.valid_to >= area.valid_from)

-- name: close_members
-- The same for the unit grids of duty grids.
update duty_grid_member as member set valid_to = closing.valid_to, closed_at = %(now)s
from unnest(%(codes)s::text[], %(starts)s::date[], %(ends)s::date[]) as closing (code, valid_from, valid_to)
where member.city = %(city)s and member.duty_grid = closing.code and member.valid_from = closing.valid_from
  and (member.valid_to is null or member.valid_to >= member.valid_from)

-- name: forget_members
-- What was recorded and withdrawn at one moment was never known: it needs no row.
delete from duty_grid_member
where city = %(city)s and recorded_at = %(now)s and closed_at = %(now)s and valid_to < valid_from

-- name: forget
-- The same for areas.
delete from area
where city = %(city)s and recorded_at = %(now)s and closed_at = %(now)s and valid_to < valid_from

-- name: span
-- From and to which day the areas are the same as on a day: between the changes before and after it.
select max(day) filter (where day <= %(on)s) as since, min(day) filter (where day > %(on)s) - 1 as until
from (
    select valid_from as day from area
    where city = %(city)s and (valid_to is null or valid_to >= valid_from)
    union all
    select valid_to + 1 from area where city = %(city)s and valid_to >= valid_from
) as change

-- name: list
-- Areas of a day without their geometry; a page of them behind a code.
select code, kind, name, parent, area_class, sides, lon, lat, cell, valid_from, valid_to
from area
where city = %(city)s
  and (%(kind)s::text is null or kind = %(kind)s)
  and (%(parent)s::text is null or parent = %(parent)s)
  and valid_from <= %(on)s and (valid_to is null or valid_to >= %(on)s)
  and code > %(after)s
order by code
limit %(limit)s
