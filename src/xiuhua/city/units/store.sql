-- name: bureaus
-- Every bureau of the installation.
select city, name, name_en, time_zone, parent_city from bureau order by city

-- name: put_bureau
-- A bureau, new or corrected.
insert into bureau (city, name, name_en, time_zone, parent_city, recorded_at)
values (%(city)s, %(name)s, %(name_en)s, %(time_zone)s, %(parent_city)s, %(now)s)
on conflict (city) do update set
    name = excluded.name, name_en = excluded.name_en, time_zone = excluded.time_zone,
    parent_city = excluded.parent_city, recorded_at = excluded.recorded_at

-- name: lock
-- One change at a time to one stream of reference data of a bureau; waits, held until the end of the transaction.
select pg_advisory_xact_lock(hashtextextended(%(stream)s, 0))

-- name: standing_unit
-- Units as known at a moment (null: now).
select row_no, code, kind, name, name_en, parent, organisation, credit_code, desk, proxy, contact, valid_from, valid_to
from unit
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_unit
-- Mark rows whose place is taken by others.
update unit set superseded_at = %(now)s where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_person
-- People as known at a moment (null: now).
select row_no, code, name, unit, active, valid_from, valid_to
from person
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_person
-- Mark rows whose place is taken by others.
update person set superseded_at = %(now)s where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_post
-- Posts as known at a moment (null: now).
select row_no, person, role, unit, area, valid_from, valid_to
from post
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by person, role, valid_from

-- name: supersede_post
-- Mark rows whose place is taken by others.
update post set superseded_at = %(now)s where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: posts_of
-- The posts of one active person on a day.
select post.role, post.unit, post.area, post.valid_from, post.valid_to
from post
where post.city = %(city)s and post.person = %(person)s and post.superseded_at is null
  and post.valid_from <= %(on)s and (post.valid_to is null or %(on)s <= post.valid_to)
  and exists (
      select from person
      where person.city = post.city and person.code = post.person and person.superseded_at is null
        and person.active and person.valid_from <= %(on)s and (person.valid_to is null or %(on)s <= person.valid_to)
  )
order by post.role, post.unit nulls first, post.area nulls first

-- name: names_of
-- Names of the bureau and of some of its units on a day.
select city as code, name, name_en from bureau where city = %(city)s
union all
select code, name, name_en from unit
where city = %(city)s and code = any(%(units)s::text[]) and superseded_at is null
  and valid_from <= %(on)s and (valid_to is null or %(on)s <= valid_to)

-- name: standing_time_band
-- Time bands as known at a moment (null: now).
select row_no, code, name, hours, valid_from, valid_to
from time_band
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_time_band
-- Mark rows whose place is taken by others.
update time_band set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_duty_card
-- Duty cards as known at a moment (null: now).
select row_no, duty_grid, person, time_band, role, duty, standard, reward_penalty, valid_from, valid_to
from duty_card
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by duty_grid, person, valid_from

-- name: supersede_duty_card
-- Mark rows whose place is taken by others.
update duty_card set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null
