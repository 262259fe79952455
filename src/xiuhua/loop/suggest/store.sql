-- name: newest
-- The model in use, and what was counted beside it.
select version, learnt, content, tally::text as tally from suggest_model
where city = %(city)s order by version desc limit 1

-- name: begin_position
-- A city whose decisions were never read begins at the first event.
insert into suggest_position (city) values (%(city)s) on conflict do nothing

-- name: position
-- How far the decisions of a city were read; locked, and nothing while another process learns.
select tx, number from suggest_position where city = %(city)s for update skip locked

-- name: move
-- Read so far.
update suggest_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: keep
-- A new version of the model.
insert into suggest_model (city, version, made_at, learnt, content, tally)
values (%(city)s, %(version)s, %(now)s, %(learnt)s, %(content)s, %(tally)s)

-- name: prune
-- Versions before the last ones; processes that still use one have it in memory.
delete from suggest_model where city = %(city)s and version <= %(version)s

-- name: cases
-- What became of cases.
select id, category, unit, scopes, doc #>> '{data,filing_condition}' as condition from city_case
where city = %(city)s and id = any(%(ids)s)

-- name: reports
-- Reports of cases, and reports that made none; with what a collector found.
select id, case_id, doc #>> '{data,verification}' as verification from report
where city = %(city)s and (case_id = any(%(cases)s) or id = any(%(ids)s)) order by opened_at, id

-- name: report
-- What a suggestion needs of one report.
select source, state, category, scopes, unit_grid, lon, lat, doc #> '{data,place_extra}' as extra,
    (doc #>> '{data,place_confidence}')::int as percent
from report where city = %(city)s and id = %(id)s

-- name: cities
-- Every bureau.
select city from bureau order by city
