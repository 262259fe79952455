-- name: begin_position
-- The first round of a city.
insert into brief_position (city, tx, number) values (%(city)s, 0, 0) on conflict do nothing

-- name: lock_position
-- How far a city has come; passed over while another worker is at it.
select tx, number from brief_position where city = %(city)s for update skip locked

-- name: move_position
-- Where to go on from.
update brief_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: touched
-- Cases that moved, with what is told of them in brief.
select id, state, category, source, unit, unit_grid, scopes, lon, lat,
    floor(extract(epoch from opened_at))::bigint as opened,
    coalesce(floor(extract(epoch from closed_at))::bigint, 0) as closed,
    coalesce(floor(extract(epoch from handed_back_at))::bigint, 0) as handed_back, overdue, suspended,
    doc #> '{clocks,handling}' as clock
from city_case where city = %(city)s and id = any(%(ids)b::text[])

-- name: words
-- Every text of a city by number.
select kind, no, word from brief_word where city = %(city)s

-- name: add_words
-- Texts seen for the first time; numbers go on from the last of their kind. Only who holds the position adds.
insert into brief_word (city, kind, no, word)
select %(city)s, kind, coalesce((select max(no) from brief_word as kept where kept.city = %(city)s
    and kept.kind = given.kind), 0) + row_number() over (partition by kind order by word), word
from unnest(%(kinds)b::text[], %(words)b::text[]) as given (kind, word)
on conflict do nothing

-- name: places
-- Numbers of places.
select given.scopes, kept.no from (select string_to_array(one, ' ') as scopes from unnest(%(scopes)b::text[]) as one)
    as given
left join brief_place as kept on kept.city = %(city)s and kept.scopes = given.scopes

-- name: add_places
-- Places seen for the first time.
insert into brief_place (city, no, scopes)
select %(city)s, coalesce((select max(no) from brief_place where city = %(city)s), 0)
    + row_number() over (order by one), string_to_array(one, ' ')
from unnest(%(scopes)b::text[]) as one
on conflict do nothing

-- name: put
-- Cases as they stand; which ones is told as a round.
with put as (
insert into case_brief (city, id, tile, lon, lat, state, category, source, unit, grid, place, opened, closed,
    handed_back, due, yellow, stopped, took, flags)
select %(city)s, * from unnest(%(id)b::text[], %(tile)b::bigint[], %(lon)b::float8[], %(lat)b::float8[],
    %(state)b::int[], %(category)b::int[], %(source)b::int[], %(unit)b::int[], %(grid)b::int[], %(place)b::int[],
    %(opened)b::bigint[], %(closed)b::bigint[], %(handed_back)b::bigint[], %(due)b::bigint[], %(yellow)b::bigint[],
    %(stopped)b::bigint[], %(took)b::int[], %(flags)b::int[])
on conflict (city, id) do update set tile = excluded.tile, lon = excluded.lon, lat = excluded.lat,
    state = excluded.state, category = excluded.category, source = excluded.source, unit = excluded.unit,
    grid = excluded.grid, place = excluded.place, opened = excluded.opened, closed = excluded.closed,
    handed_back = excluded.handed_back, due = excluded.due, yellow = excluded.yellow, stopped = excluded.stopped,
    took = excluded.took, flags = excluded.flags
returning no
), next as (
    update brief_position set round = round + 1 where city = %(city)s returning round
)
insert into brief_round (city, round, nos) select %(city)s, round, (select array_agg(no) from put) from next

-- name: forget_rounds
-- Rounds that nobody waits for.
delete from brief_round where city = %(city)s
    and round <= (select round from brief_position where city = %(city)s) - %(keep)s

-- name: round
-- How far cases in brief are, and since when they were kept.
select round, begun from brief_position where city = %(city)s

-- name: changed
-- Which cases changed since a round; as many rounds as were found.
select count(distinct round) as rounds, coalesce(array_agg(distinct no), '{}') as nos
from brief_round, unnest(nos) as no where city = %(city)s and round > %(since)s

-- name: seen_places
-- Numbers of the places in some areas.
select coalesce(array_agg(no), '{}') as nos from brief_place where city = %(city)s and scopes && %(areas)b::text[]

-- name: all_places
-- Every place with the areas around it.
select no, scopes from brief_place where city = %(city)s

-- name: columns
-- Columns of cases, each as one array: one row for all of them.
select {columns} from case_brief where city = %(city)s {of}

-- name: of_numbers
-- Those of some numbers.
and no = any(%(nos)b::bigint[])

-- name: seen
-- What a person sees: places in the areas of their posts, units of their desks.
(place = any(%(seen_places)b::int[]) or unit = any(%(seen_units)b::int[]))

-- name: by_no
-- The case of a number.
select id from case_brief where city = %(city)s and no = %(no)s
