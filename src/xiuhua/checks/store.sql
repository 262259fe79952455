-- name: load
-- Lock inspections for a change, in the order of their ids.
select id, version, head, doc::text as doc from inspection
where city = %(city)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- Inspections as they stand.
select id, version, doc::text as doc from inspection where city = %(city)s and id = any(%(ids)b::text[])

-- name: save
-- The projection of inspections that changed.
insert into inspection (city, id, version, head, number, checklist, state, thing, called, unit, inspectors, round, party,
    scopes, lon, lat, score, original, band, list, failed, open, recheck, late, next_due, begun_at, finished_at,
    changed_at, doc)
select %(city)s, id, version, decode(head, 'hex'), number, checklist, state, thing, called, unit,
    string_to_array(inspectors, ' '), round, party, string_to_array(scopes, ' '), lon, lat, score::numeric,
    original::numeric, band, list, failed, open, recheck, late, to_timestamp(next_due), to_timestamp(begun_at),
    to_timestamp(finished_at), to_timestamp(changed_at), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, number text, checklist text, state text, thing text, called text, unit text,
    inspectors text, round text, party text, scopes text, lon float8, lat float8, score text, original text, band text,
    list text, failed int, open int, recheck int, late int, next_due float8, begun_at float8, finished_at float8,
    changed_at float8, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, score = excluded.score,
    original = excluded.original, band = excluded.band, list = excluded.list, failed = excluded.failed,
    open = excluded.open, recheck = excluded.recheck, late = excluded.late, next_due = excluded.next_due,
    finished_at = excluded.finished_at, changed_at = excluded.changed_at, doc = excluded.doc

-- name: page
-- Inspections, the latest first.
select id, number, checklist, state, thing, called, unit, inspectors, round, party, scopes, lon, lat, score::text as score,
    original::text as original, band, list, failed, open, recheck, late, begun_at, finished_at, version
from inspection where city = %(city)s {conditions}
order by begun_at desc, id desc limit %(limit)s

-- name: after
-- Behind an inspection.
and (begun_at, id) < (%(after_at)s, %(after)s)

-- name: seen
-- In the areas of the posts, of the units of the desks, or one's own.
and (scopes && %(areas)b::text[] or unit = any(%(units)b::text[]) or inspectors @> array[%(me)s])

-- name: of_checklist
-- Of a checklist.
and checklist = %(checklist)s

-- name: in_state
-- In one of some states.
and state = any(%(state)b::text[])

-- name: of_unit
-- A unit answers for what was inspected.
and unit = %(unit)s

-- name: in_area
-- In an area.
and scopes @> array[%(area)s]

-- name: of_round
-- Of a round.
and round = %(round)s

-- name: of_party
-- For a party.
and party = %(party)s

-- name: ids_of_thing
-- The latest inspections of a thing.
select id from inspection where city = %(city)s and thing = %(thing)s order by begun_at desc limit 1000

-- name: of_thing
-- Of a thing.
and thing = %(thing)s

-- name: by_inspector
-- Somebody inspected.
and inspectors @> array[%(inspector)s]

-- name: in_band
-- With a grade.
and band = %(band)s

-- name: on_list
-- On the red or the black list.
and list = %(list)s

-- name: since
-- Begun at a moment or later.
and begun_at >= %(since)s

-- name: until
-- Begun before a moment.
and begun_at < %(until)s

-- name: waits
-- Something is to be put right, or to be looked at again.
and (open > 0 or recheck > 0)

-- name: to_rectify
-- Something is to be put right at one of these desks: areas and units of posts, empty where any will do.
and open > 0 and exists (
    select from unnest(%(turn_areas)b::text[], %(turn_units)b::text[]) as post (area, desk)
    where (post.area = '' or post.area = any(scopes)) and (post.desk = '' or post.desk = unit)
)

-- name: to_recheck
-- Something is to be looked at again, of other organisations than one's own.
and recheck > 0 and %(makes)s and (unit is null or unit <> all(%(own)b::text[]))

-- name: is_late
-- Something should have been put right by now.
and (late > 0 or next_due < %(now)s)

-- name: named
-- Whose thing is called so.
and strpos(lower(called), %(text)s) > 0

-- name: overdue
-- Inspections with something that should have been put right by now and was not told yet, the longest waiting first.
select city, id from inspection where next_due < %(now)s order by next_due limit %(limit)s for update skip locked

-- name: counts
-- How many inspections of each checklist there are by state.
select checklist, state, count(*)::int as n from inspection where city = %(city)s group by 1, 2

-- name: load_round
-- Lock a round for a change.
select id, version, head, doc::text as doc from inspection_round where city = %(city)s and id = %(id)s for no key update

-- name: share_round
-- A round that must stay open until this is done.
select id, version, state, doc::text as doc from inspection_round where city = %(city)s and id = %(id)s for share

-- name: round
-- A round as it stands.
select id, version, state, doc::text as doc from inspection_round where city = %(city)s and id = %(id)s

-- name: save_round
-- The projection of a round that changed.
insert into inspection_round (city, id, version, head, checklist, title, state, due, things, opened_at, closed_at, doc)
select %(city)s, id, version, decode(head, 'hex'), checklist, title, state, to_timestamp(due), things,
    to_timestamp(opened_at), to_timestamp(closed_at), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, checklist text, title text, state text, due float8, things int, opened_at float8,
    closed_at float8, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, closed_at = excluded.closed_at,
    doc = excluded.doc

-- name: save_things
-- The things of a round.
insert into round_thing (city, round, thing, place, key, called, unit, type, inspectors, scopes, score, missed)
select %(city)s, round, thing, place, key, called, unit, type, string_to_array(inspectors, ' '),
    string_to_array(scopes, ' '), score::numeric, missed
from json_to_recordset(%(rows)s::json) as t (
    round text, thing text, place int, key text, called text, unit text, type text, inspectors text, scopes text,
    score text, missed boolean
)

-- name: close_things
-- What came of the things of a round.
update round_thing set score = t.score::numeric, missed = t.missed
from json_to_recordset(%(rows)s::json) as t (thing text, score text, missed boolean)
where round_thing.city = %(city)s and round_thing.round = %(round)s and round_thing.thing = t.thing

-- name: rounds
-- Rounds, the latest first.
select id, version, checklist, title, state, due, things, opened_at, closed_at,
    (select count(*) from round_thing where round_thing.city = r.city and round_thing.round = r.id and missed)::int
        as missed,
    (select count(distinct thing) from inspection where inspection.city = r.city and inspection.round = r.id
        and inspection.state in ('rectifying', 'finished'))::int as done
from inspection_round as r
where city = %(city)s and (%(checklist)s::text is null or checklist = %(checklist)s)
    and (%(state)s::text is null or state = %(state)s)
    and (%(after)s::text is null or (opened_at, id) < (%(after_at)s::timestamptz, %(after)s))
order by opened_at desc, id desc limit %(limit)s

-- name: things
-- The things of a round, in its order.
select thing, place, key, called, unit, type, inspectors, scopes, score::text as score, missed from round_thing
where city = %(city)s and round = %(round)s order by place

-- name: open_rounds
-- Rounds that are open, the first due first.
select id, checklist, title, due, doc::text as doc from inspection_round
where city = %(city)s and state = 'open' order by due, id limit %(limit)s

-- name: left
-- The things of a round that some party has not scored, as far as somebody may inspect them, and how many that are.
select t.thing, t.key, t.called, t.unit, (count(*) over ())::int as every from round_thing as t
left join (
    select thing, count(distinct coalesce(party, '')) as n from inspection
    where city = %(city)s and round = %(round)s and state in ('rectifying', 'finished') group by thing
) as scored on scored.thing = t.thing
where t.city = %(city)s and t.round = %(round)s and coalesce(scored.n, 0) < %(parties)s
    and (t.inspectors = '{}' or t.inspectors @> array[%(me)s])
order by t.place limit %(limit)s

-- name: thing
-- One of them.
select thing, key, called, unit, inspectors, scopes from round_thing
where city = %(city)s and round = %(round)s and thing = %(thing)s

-- name: scores
-- What was scored in a round, what is not finished with its state.
select id, thing, party, state, score::text as score, inspectors, begun_at from inspection
where city = %(city)s and round = %(round)s and state <> 'dropped' order by begun_at, id

-- name: of_round_docs
-- Finished inspections of a round as they stand.
select doc::text as doc from inspection
where city = %(city)s and round = %(round)s and state in ('rectifying', 'finished') order by begun_at, id

-- name: round_before
-- The latest closed round of the same checklist that was opened before.
select id, doc::text as doc from inspection_round
where city = %(city)s and checklist = %(checklist)s and state = 'closed' and opened_at <= %(opened_at)s and id <> %(id)s
order by opened_at desc, closed_at desc, id desc limit 1

-- name: due_rounds
-- Rounds whose day has come.
select city, id from inspection_round where state = 'open' and due < %(now)s order by due limit %(limit)s
for update skip locked

-- name: kept
-- Inspections as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, number, checklist, state, thing, called, unit, array_to_string(inspectors, ' ') as inspectors,
    round, party, array_to_string(scopes, ' ') as scopes, lon, lat, score::text as score, original::text as original, band,
    list, failed, open, recheck, late, extract(epoch from next_due)::bigint as next_due,
    extract(epoch from begun_at)::bigint as begun_at, extract(epoch from finished_at)::bigint as finished_at,
    extract(epoch from changed_at)::bigint as changed_at, doc::text as doc
from inspection where city = %(city)s and id = any(%(ids)b::text[])

-- name: kept_rounds
-- Rounds as their projection gives them, in the order of `kinds.ROUND_COLUMNS`.
select id, version, head, checklist, title, state, extract(epoch from due)::bigint as due, things,
    extract(epoch from opened_at)::bigint as opened_at, extract(epoch from closed_at)::bigint as closed_at,
    doc::text as doc
from inspection_round where city = %(city)s and id = any(%(ids)b::text[])

-- name: kept_things
-- Things of rounds as their projection gives them, in the order of `kinds.THING_COLUMNS`.
select round, thing, place, key, called, unit, type, array_to_string(inspectors, ' ') as inspectors,
    array_to_string(scopes, ' ') as scopes, score::text as score, missed
from round_thing where city = %(city)s and round = %(round)s order by place

-- name: strays
-- Inspections that no stream of the log stands behind.
select id from inspection where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = inspection.city and event.stream = 'inspection/' || inspection.id)
limit 10

-- name: stray_rounds
-- Rounds that no stream of the log stands behind.
select id from inspection_round as r where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = r.city and event.stream = 'round/' || r.id)
limit 10

-- name: empty
-- Take away the inspections of a city.
delete from inspection where city = %(city)s

-- name: empty_rounds
-- Take away the rounds of a city.
delete from inspection_round where city = %(city)s

-- name: empty_things
-- Take away the things of the rounds of a city.
delete from round_thing where city = %(city)s
