-- name: lock_position
-- How far the index of a city has come; passed over while another worker is at it.
select tx, number from search_position where city = %(city)s for update skip locked

-- name: begin_position
-- The first round of a city.
insert into search_position (city, tx, number) values (%(city)s, 0, 0) on conflict do nothing

-- name: move_position
-- Where to go on from.
update search_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: touched_reports
-- Reports that moved, with what is indexed of them and whether their text is there already.
select one.id, one.opened_at, one.case_id, one.lon, one.lat, one.doc::text as doc,
    kept.id is null as fresh, kept.case_id as kept_case, kept.cell as kept_cell
from report as one
left join search_text as kept on kept.city = one.city and kept.kind = 'report' and kept.id = one.id
where one.city = %(city)s and one.id = any(%(ids)b::text[])

-- name: touched_cases
-- Cases that moved. Their own text, a description, never changes.
select one.id, one.opened_at, one.id as case_id, one.lon, one.lat, one.doc::text as doc,
    kept.id is null and one.doc #>> '{data,description_digest}' is not null as fresh,
    kept.case_id as kept_case, kept.cell as kept_cell
from city_case as one
left join search_text as kept on kept.city = one.city and kept.kind = 'case' and kept.id = one.id
where one.city = %(city)s and one.id = any(%(ids)b::text[])

-- name: contents
-- Texts to be indexed; held, so that an erasure comes either before or after and never between.
select id, content from personal where city = %(city)s and id = any(%(ids)b::text[]) for share

-- name: add_texts
-- New rows of the index.
insert into search_text (city, kind, id, opened_at, case_id, tokens, contact, cell)
select %(city)s, %(kind)s, id, to_timestamp(opened_at), case_id, tokens::tsvector, contact, cell
from unnest(%(id)b::text[], %(opened_at)s::float8[], %(case_id)b::text[], %(tokens)b::text[], %(contact)b::bytea[],
    %(cell)b::text[]) as t (id, opened_at, case_id, tokens, contact, cell)
on conflict do nothing

-- name: move_texts
-- What a text belongs to has changed.
update search_text as kept set case_id = t.case_id, cell = t.cell
from unnest(%(id)b::text[], %(case_id)b::text[], %(cell)b::text[]) as t (id, case_id, cell)
where kept.city = %(city)s and kept.kind = %(kind)s and kept.id = t.id

-- name: put_fields
-- Declared fields; rows that are as they were stay untouched.
insert into search_field as kept (city, kind, id, fields)
select %(city)s, %(kind)s, id, string_to_array(fields, e'\x1f')
from unnest(%(id)b::text[], %(fields)b::text[]) as t (id, fields)
on conflict (city, kind, id) do update set fields = excluded.fields where kept.fields <> excluded.fields

-- name: hits
-- Texts of the index.
select hit.kind, hit.id, hit.case_id, hit.opened_at from search_text as hit

-- name: rest
-- Rows that the index found, before they are put in order.
with rest as materialized ({rows}) select * from rest

-- name: of_case
-- The case of a text is one of a list, row by row.
exists (select from city_case as one where one.city = hit.city and one.id = hit.case_id and {conditions})

-- name: of_case_indexed
-- The same by the index of lists.
hit.case_id in (select id from city_case as one where {conditions})

-- name: hits_reach
-- The end of a walk back in time.
select opened_at, id from search_text as hit

-- name: found
-- A text holds all words.
hit.tokens @@ %(query)s::tsquery

-- name: contact
-- A reporter's contact, by its digest.
hit.contact = %(contact)s

-- name: of_kind
-- Texts of reporters only, or descriptions of cases only.
hit.kind = %(kind)s

-- name: seen
-- What a person may see: by the areas of the report or of the case.
exists (select from report as one where one.city = hit.city and hit.kind = 'report' and one.id = hit.id
        and (one.scopes && %(areas)b::text[] or one.scopes = '{}')
    union all
    select from city_case as one where one.city = hit.city and one.id = hit.case_id
        and (one.scopes && %(areas)b::text[] or one.unit = any(%(units)b::text[])))

-- name: numbers
-- Visible numbers and states of hits.
select 'case' as kind, id, number, state, category, unit from city_case
where city = %(city)s and id = any(%(cases)b::text[])
union all
select 'report', id, external_id, state, category, null from report
where city = %(city)s and id = any(%(reports)b::text[])

-- name: note_search
-- Every search over personal texts is written down, what was typed in its masked form.
insert into access_log (city, at, actor, subject, what, why)
values (%(city)s, %(now)s, %(actor)s, 'search', %(what)s, %(why)s)
