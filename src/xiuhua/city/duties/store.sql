-- name: standing_contract
-- Contracts as known at a moment (null: now).
select row_no, code, name, unit, source, valid_from, valid_to
from contract
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_contract
-- Mark rows whose place is taken by others.
update contract set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_contract_section
-- Contract sections as known at a moment (null: now).
select row_no, code, name, contract, places, valid_from, valid_to
from contract_section
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_contract_section
-- Mark rows whose place is taken by others.
update contract_section set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_category_group
-- Category groups as known at a moment (null: now).
select row_no, code, name, members, valid_from, valid_to
from category_group
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by code, valid_from

-- name: supersede_category_group
-- Mark rows whose place is taken by others.
update category_group set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: standing_duty
-- Duty rows in force (draft '') or of one draft, as known at a moment (null: now).
select row_no, id, draft, kind, category, place_kind, place, side, time_band, owner, unit, source, source_case,
    valid_from, valid_to
from duty
where city = %(city)s and draft = %(draft)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by id

-- name: standing_duty_alike
-- Duty rows in force that speak of the same thing, whoever the unit is.
select row_no, id, draft, kind, category, place_kind, place, side, time_band, owner, unit, source, source_case,
    valid_from, valid_to
from duty
where city = %(city)s and draft = '' and kind = %(kind)s and category = %(category)s
  and place_kind = %(place_kind)s and place = %(place)s and side = %(side)s and time_band = %(time_band)s
  and owner = %(owner)s and superseded_at is null
order by id

-- name: supersede_duty
-- Mark rows whose place is taken by others.
update duty set superseded_at = %(now)s
where city = %(city)s and row_no = any(%(rows)s) and superseded_at is null

-- name: last_id
-- The highest number given to a duty row of this bureau.
select coalesce(max(id), 0) as last_id from duty where city = %(city)s

-- name: drafts
-- Drafts that stand, with their rows and first days.
select draft, count(*) as rows, min(valid_from) as first_from, max(valid_from) as last_from
from duty
where city = %(city)s and draft <> '' and superseded_at is null
group by draft
order by draft
