-- name: lock
-- One change at a time to the categories of a bureau; waits, held until the end of the transaction.
select pg_advisory_xact_lock(hashtextextended('categories/' || %(city)s, 0))

-- name: categories
-- The catalogue as it stands, or as it was known at a moment.
select row_no, origin, standard, kind, code, name, class_code, class_name, name_en, class_name_en, kind_word, also,
    part_code, status, valid_from, valid_to, source, trust
from category
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by standard, kind, code

-- name: supersede_categories
-- Mark rows whose place is taken by others, or that are in their pack no more.
update category set superseded_at = %(now)s where city = %(city)s and row_no = any(%(rows)s)

-- name: mappings
-- What old codes became, as it stands, or as it was known at a moment.
select row_no, origin, old_key, new_key, how, trust, note
from category_mapping
where city = %(city)s and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by old_key, new_key

-- name: supersede_mappings
-- Mark rows whose place is taken by others, or that are in their pack no more.
update category_mapping set superseded_at = %(now)s where city = %(city)s and row_no = any(%(rows)s)

-- name: conditions
-- Every version of every condition (of one set, unless it is null), as it stands or as it was known at a moment.
select id, standard_set, category, condition, milestones, closing, limit_text, area_class, by_notice, flags, source,
    valid_from, valid_to, version
from filing_condition
where city = %(city)s and (%(set)s::text is null or standard_set = %(set)s)
  and case when %(known_at)s::timestamptz is null then superseded_at is null
    else recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s) end
order by id, version

-- name: supersede_conditions
-- Mark versions that are about to be written again with a last day.
update filing_condition set superseded_at = %(now)s
from unnest(%(ids)s::text[], %(versions)s::int[]) as closing (id, version)
where filing_condition.city = %(city)s and filing_condition.id = closing.id
  and filing_condition.version = closing.version and superseded_at is null
