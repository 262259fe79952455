-- name: load
-- Lock proceedings for a change, the youngest first: children before what they are children of.
select id, version, head, doc::text as doc from proceeding
where city = %(city)s and id = any(%(ids)b::text[]) order by id desc for no key update

-- name: docs
-- Proceedings as they stand, without locks.
select id, subject, version, doc::text as doc from proceeding
where city = %(city)s and id = any(%(ids)b::text[])

-- name: lines_with_ancestors
-- Subjects and ids of some proceedings and of all that they are children of.
with recursive line as (
    select id, subject, parent from proceeding where city = %(city)s and id = any(%(ids)b::text[])
    union
    select above.id, above.subject, above.parent from line
    join proceeding as above on above.city = %(city)s and above.id = line.parent
)
select id, subject from line

-- name: lock
-- Lock proceedings, the youngest first.
select id from proceeding where city = %(city)s and id = any(%(ids)b::text[]) order by id desc for no key update

-- name: save
-- The projection of proceedings that changed.
insert into proceeding (city, id, version, head, procedure, subject, number, state, outcome, title, unit, person,
    units, people, scopes, about_kind, about_id, parent, day, due, opened_at, closed_at, overdue, doc)
select %(city)s, id, version, decode(head, 'hex'), procedure, subject, number, state, outcome, title, unit, person,
    string_to_array(units, ' '), string_to_array(people, ' '), string_to_array(scopes, ' '), about_kind, about_id,
    parent, day::date, to_timestamp(due), to_timestamp(opened_at), to_timestamp(closed_at), overdue, doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, procedure text, subject text, number text, state text, outcome text, title text,
    unit text, person text, units text, people text, scopes text, about_kind text, about_id text, parent text,
    day text, due float8, opened_at float8, closed_at float8, overdue bool, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, outcome = excluded.outcome,
    title = excluded.title, unit = excluded.unit, person = excluded.person, units = excluded.units,
    people = excluded.people, scopes = excluded.scopes, day = excluded.day, due = excluded.due,
    closed_at = excluded.closed_at, overdue = excluded.overdue, doc = excluded.doc

-- name: lock_counter
-- The last number of a counter that was given; nobody else draws from it until this transaction ends.
insert into counter (city, name, value) values (%(city)s, %(name)s, 0)
on conflict (city, name) do update set value = counter.value
returning value

-- name: take_numbers
-- So many numbers of a counter were given.
update counter set value = value + %(count)s where city = %(city)s and name = %(name)s

-- name: open_children
-- How many children of a proceeding go on, those left out that the transaction has at hand.
select count(*)::int as n from proceeding
where city = %(city)s and parent = %(parent)s and closed_at is null and id <> all(%(but)b::text[])

-- name: children
-- How many children some proceedings have: all, those that go on, those late, those done.
select parent, count(*)::int as all, count(*) filter (where closed_at is null)::int as open,
    count(*) filter (where closed_at is null and due < %(now)s)::int as late,
    count(*) filter (where closed_at is not null)::int as done
from proceeding where city = %(city)s and parent = any(%(ids)b::text[]) group by parent

-- name: page
-- A page of proceedings.
select id, version, procedure, subject, number, state, outcome, title, unit, person, scopes, about_kind, about_id,
    parent, day, due, opened_at, closed_at, overdue
from proceeding
where city = %(city)s {conditions}
order by {order} limit %(limit)s

-- name: counts
-- How many proceedings there are by procedure and state, and how many of them are late.
select procedure, state, count(*)::int as n,
    count(*) filter (where overdue or closed_at is null and due < %(now)s)::int as late
from proceeding
where city = %(city)s {conditions}
group by procedure, state order by procedure, state

-- name: newest_first
-- The order of a list: the newest first.
opened_at desc, id desc

-- name: due_first
-- The order of a list: what is due first.
coalesce(due, 'infinity'), id

-- name: after_opened
-- Behind a place in the list, the newest first.
and (opened_at, id) < (%(after_at)s, %(after_id)s)

-- name: after_due
-- Behind a place in the list, what is due first.
and (coalesce(due, 'infinity'), id) > (%(after_at)s::timestamptz, %(after_id)s)

-- name: seen
-- In the areas of the posts, of the units of the desks, or of this very person.
and (scopes && %(areas)b::text[] or units && %(mine)b::text[] or people @> array[%(who)s::text])

-- name: procedure
-- Of some procedures.
and procedure = any(%(procedures)b::text[])

-- name: state
-- In one of some states.
and state = any(%(states)b::text[])

-- name: of_units
-- Of any of these units.
and units && %(of_units)b::text[]

-- name: of_area
-- In an area.
and scopes @> array[%(area)s::text]

-- name: of_person
-- Of a person.
and people @> array[%(person)s::text]

-- name: about
-- About any of some things.
and (about_kind, about_id) in (select * from unnest(%(about_kinds)b::text[], %(about_ids)b::text[]))

-- name: parent
-- Children of one.
and parent = %(parent)s

-- name: top
-- Children of none.
and parent is null

-- name: day
-- For a day.
and day = %(day)s

-- name: due_before
-- Due before a moment.
and due < %(due_before)s

-- name: due_within
-- Due before the end of some days.
and due < %(due_end)s

-- name: open
-- That go on.
and closed_at is null

-- name: closed
-- That have ended.
and closed_at is not null

-- name: late
-- That are late, or ended late.
and (overdue or closed_at is null and due < %(now)s)

-- name: text
-- Whose title or number holds these signs (the index knows of pairs only).
and pairs @> pairs_of_signs(%(text)s) and (strpos(lower(title), %(text)s) > 0 or strpos(lower(coalesce(number, '')), %(text)s) > 0)

-- name: kept
-- Proceedings as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, procedure, subject, number, state, outcome, title, unit, person,
    array_to_string(units, ' ') as units, array_to_string(people, ' ') as people,
    array_to_string(scopes, ' ') as scopes, about_kind, about_id, parent, day::text as day,
    extract(epoch from due)::bigint as due, extract(epoch from opened_at)::bigint as opened_at,
    extract(epoch from closed_at)::bigint as closed_at, overdue, doc::text as doc
from proceeding where city = %(city)s and id = any(%(ids)b::text[])

-- name: strays
-- Rows that no stream of the log stands behind.
select id from proceeding where (%(city)s::text is null or city = %(city)s)
    and not exists (
        select from event where event.city = proceeding.city and event.stream = proceeding.subject || '/' || proceeding.id
    )
limit 10

-- name: empty
-- Take away the projection of a city.
delete from proceeding where city = %(city)s

-- name: begin_round
-- The round of a day is begun, once.
insert into proceeding_round (city, procedure, day, begun) values (%(city)s, %(procedure)s, %(day)s, %(begun)s)
on conflict do nothing returning begun

-- name: round
-- A round with where each of it stands, what was not answered first.
select id, state, title, person, scopes, due, closed_at, overdue, outcome from proceeding
where city = %(city)s and procedure = %(procedure)s and day = %(day)s {conditions}
order by scopes[1], id
