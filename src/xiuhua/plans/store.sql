-- name: load
-- Lock for a change, in the order of the ids.
select id, version, head, doc::text as doc from undertaking
where city = %(city)s and kind = %(kind)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- As they stand.
select id, version, doc::text as doc from undertaking
where city = %(city)s and kind = %(kind)s and id = any(%(ids)b::text[])

-- name: save
-- The projection of what changed.
insert into undertaking (city, kind, id, version, head, name, key, state, begins, ends, person, opened_at, changed_at,
    doc)
select %(city)s, kind, id, version, decode(head, 'hex'), name, key, state, to_timestamp(begins), to_timestamp(ends),
    person, to_timestamp(opened_at), to_timestamp(changed_at), doc
from json_to_recordset(%(rows)s::json) as t (
    kind text, id text, version int, head text, name text, key text, state text, begins float8, ends float8,
    person text, opened_at float8, changed_at float8, doc json
)
on conflict (city, kind, id) do update set
    version = excluded.version, head = excluded.head, name = excluded.name, key = excluded.key,
    state = excluded.state, begins = excluded.begins, ends = excluded.ends, person = excluded.person,
    changed_at = excluded.changed_at, doc = excluded.doc

-- name: plans
-- The plans in use.
select id, version, doc::text as doc from undertaking where city = %(city)s and kind = 'plan' order by id

-- name: page
-- A page of campaigns or results, the latest first.
select id, version, begins, doc::text as doc from undertaking
where city = %(city)s and kind = %(kind)s and state = any(%(states)b::text[])
    and (begins, id) < (%(before)s::timestamptz, %(before_id)s::text)
order by begins desc, id desc limit %(limit)s

-- name: turns
-- Turns of rosters that overlap some time; of one plan, or (null) of all.
select id, version, doc::text as doc from undertaking
where city = %(city)s and kind = 'roster' and state = 'planned' and begins < %(until)s::timestamptz
    and begins > %(from)s::timestamptz - interval '2 days' and ends > %(from)s::timestamptz
    and (%(plan)s::text is null or name = %(plan)s)
order by begins, id

-- name: turn_keys
-- Turns that are the same in the world.
select key, id from undertaking where city = %(city)s and kind = 'roster' and key = any(%(keys)b::text[])

-- name: duty
-- Who was on duty in some time.
select person, started_at, ended_at from duty_turn
where city = %(city)s and started_at < %(until)s::timestamptz
    and started_at > %(from)s::timestamptz - interval '2 days'
    and coalesce(ended_at, %(now)s::timestamptz) > %(from)s::timestamptz

-- name: kept
-- Rows in the order of `keeping.COLUMNS`.
select kind, id, version, head, name, key, state, extract(epoch from begins)::bigint as begins,
    extract(epoch from ends)::bigint as ends, person, extract(epoch from opened_at)::bigint as opened_at,
    extract(epoch from changed_at)::bigint as changed_at, doc::text as doc
from undertaking where city = %(city)s and kind = %(kind)s and id = any(%(ids)b::text[])

-- name: strays
-- Rows that no stream of the log stands behind.
select kind, id from undertaking as u where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = u.city and event.stream = u.kind || '/' || u.id)
limit 10

-- name: empty
-- Take away the projection of a city.
delete from undertaking where city = %(city)s

-- name: keys_of_register
-- The records that something is expected for: those in some states, or (none given) all.
select key, called, opened_at, doc -> 'data' as data from record
where city = %(city)s and register = %(register)s and merged_into is null
    and (%(states)b::text[] = '{}' or state = any(%(states)b::text[]))
order by key limit %(limit)s

-- name: cases_done
-- Cases by key and local day of the moment that makes them count.
with chosen as (
    select id, number, scopes, unit, (({moment}) at time zone %(zone)s)::date as day
    from city_case
    where city = %(city)s and (
        {moment} >= (%(first)s::date)::timestamp at time zone %(zone)s
        and {moment} < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, count(distinct id)::int as n from chosen {keys} group by 1, 2

-- name: cases_items
-- The same, one by one, the newest first.
with chosen as (
    select id, number, scopes, unit, (({moment}) at time zone %(zone)s)::date as day
    from city_case
    where city = %(city)s and (
        {moment} >= (%(first)s::date)::timestamp at time zone %(zone)s
        and {moment} < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, id, number as title from chosen {keys}
where %(key)s::text is null or {key} = %(key)s order by day desc nulls last, id desc limit %(limit)s

-- name: handovers_done
-- Handovers by key and local day.
select {key} as key, (at at time zone %(zone)s)::date as day, count(*)::int as n from shift_handover
where city = %(city)s and at >= (%(first)s::date)::timestamp at time zone %(zone)s
    and at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
group by 1, 2

-- name: handovers_items
-- The same, one by one.
select {key} as key, (at at time zone %(zone)s)::date as day, id, person as title from shift_handover
where city = %(city)s and at >= (%(first)s::date)::timestamp at time zone %(zone)s
    and at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
    and (%(key)s::text is null or {key} = %(key)s)
order by at desc, id desc limit %(limit)s

-- name: records_done
-- New records by key and local day.
with chosen as (
    select id, key as named, scopes, units, (opened_at at time zone %(zone)s)::date as day
    from record
    where city = %(city)s and merged_into is null and (
        (%(name)s::text is null or register = %(name)s)
        and opened_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and opened_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, count(distinct id)::int as n from chosen {keys} group by 1, 2

-- name: records_items
-- The same, one by one.
with chosen as (
    select id, key as named, called, scopes, units, (opened_at at time zone %(zone)s)::date as day
    from record
    where city = %(city)s and merged_into is null and (
        (%(name)s::text is null or register = %(name)s)
        and opened_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and opened_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, id, called as title from chosen {keys}
where %(key)s::text is null or {key} = %(key)s order by day desc, id desc limit %(limit)s

-- name: entries_done
-- Entries of a ledger by key, day and the local day on which they were entered; counter-entries take away.
with e as (
    select id, day, quantity, weight, scopes, of_unit, thing, opened_at from ledger_entry
    where city = %(city)s and (
        (%(name)s::text is null or ledger = %(name)s) and day between %(first)s::date and %(last)s::date {narrow}
        or id = any(%(ids)b::text[])
    )
), chosen as (
    select e.id, e.day, e.quantity, e.weight, e.scopes, e.of_unit as unit, r.key as named,
        (e.opened_at at time zone %(zone)s)::date as entered
    from e left join record r on r.city = %(city)s and r.id = e.thing
)
select {key} as key, day, entered, sum(weight)::int as n, sum(quantity) as quantity from chosen {keys} group by 1, 2, 3

-- name: entries_items
-- The same, one by one, those that were taken back left out.
with e as (
    select id, day, quantity, scopes, of_unit, thing, ledger from ledger_entry
    where city = %(city)s and counters is null and countered_by is null and (
        (%(name)s::text is null or ledger = %(name)s) and day between %(first)s::date and %(last)s::date {narrow}
        or id = any(%(ids)b::text[])
    )
), chosen as (
    select e.id, e.day, e.quantity, e.scopes, e.of_unit as unit, r.key as named, coalesce(r.called, e.ledger) as title
    from e left join record r on r.city = %(city)s and r.id = e.thing
)
select {key} as key, day, id, title, quantity from chosen {keys}
where %(key)s::text is null or {key} = %(key)s order by day desc, id desc limit %(limit)s

-- name: inspections_done
-- Finished inspections by key and local day.
with i as (
    select id, scopes, unit, thing, (finished_at at time zone %(zone)s)::date as day from inspection
    where city = %(city)s and (
        (%(name)s::text is null or checklist = %(name)s)
        and finished_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and finished_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
), chosen as (
    select i.id, i.scopes, i.unit, i.day, r.key as named
    from i left join record r on r.city = %(city)s and r.id = i.thing
)
select {key} as key, day, count(distinct id)::int as n from chosen {keys} group by 1, 2

-- name: inspections_items
-- The same, one by one.
with i as (
    select id, scopes, unit, thing, called, (finished_at at time zone %(zone)s)::date as day from inspection
    where city = %(city)s and (
        (%(name)s::text is null or checklist = %(name)s)
        and finished_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and finished_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
), chosen as (
    select i.id, i.scopes, i.unit, i.day, r.key as named, i.called as title
    from i left join record r on r.city = %(city)s and r.id = i.thing
)
select {key} as key, day, id, title from chosen {keys}
where %(key)s::text is null or {key} = %(key)s order by day desc nulls last, id desc limit %(limit)s

-- name: proceedings_done
-- Proceedings that ended, by key and local day.
with chosen as (
    select id, scopes, coalesce(unit, '') as unit, coalesce(person, '') as person,
        (closed_at at time zone %(zone)s)::date as day
    from proceeding
    where city = %(city)s and (
        (%(name)s::text is null or procedure = %(name)s)
        and closed_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and closed_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, count(distinct id)::int as n from chosen {keys} group by 1, 2

-- name: proceedings_items
-- The same, one by one.
with chosen as (
    select id, scopes, coalesce(unit, '') as unit, coalesce(person, '') as person, title,
        (closed_at at time zone %(zone)s)::date as day
    from proceeding
    where city = %(city)s and (
        (%(name)s::text is null or procedure = %(name)s)
        and closed_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and closed_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
)
select {key} as key, day, id, title from chosen {keys}
where %(key)s::text is null or {key} = %(key)s order by day desc nulls last, id desc limit %(limit)s

-- name: documents_done
-- Numbered documents of a kind by the first day on which they were in force.
select {key} as key, since as day, count(*)::int as n from document
where city = %(city)s and number is not null and (
    (%(name)s::text is null or kind = %(name)s) and since between %(first)s::date and %(last)s::date
    or id = any(%(ids)b::text[])
) group by 1, 2

-- name: documents_items
-- The same, one by one.
select {key} as key, since as day, id, title from document
where city = %(city)s and number is not null and (
    (%(name)s::text is null or kind = %(name)s) and since between %(first)s::date and %(last)s::date
    or id = any(%(ids)b::text[])
) and (%(key)s::text is null or {key} = %(key)s) order by since desc, id desc limit %(limit)s

-- name: in_areas
-- In some areas.
and scopes && %(within)b::text[]

-- name: in_area
-- Of some areas, or of the whole city.
and (area is null or area = any(%(within)b::text[]))

-- name: of_unit
-- Handled by some units.
and unit = any(%(units)b::text[])

-- name: by_unit
-- The work of some units.
and of_unit = any(%(units)b::text[])

-- name: of_units
-- Some units answer for it.
and units && %(units)b::text[]

-- name: of_category
-- The category begins with any of these.
and exists (select from unnest(%(category)b::text[]) as begin where starts_with(category, begin))

-- name: tagged
-- Bears any of these tags.
and tags && %(tags)b::text[]

-- name: of_procedure
-- Under one procedure.
and doc ->> 'procedure' = %(name)s

-- name: due_cases
-- Open cases by unit and local day of their handling clock's end.
select unit, (due at time zone %(zone)s)::date as day, count(*)::int as n, count(*) filter (where due < %(now)s)::int as late,
    min(number) as number, min(id) as id
from city_case
where city = %(city)s and closed_at is null and handed_back_at is null and not suspended
    and due >= (%(first)s::date)::timestamp at time zone %(zone)s
    and due < (%(last)s::date + 1)::timestamp at time zone %(zone)s
    and (%(unit)s::text is null or unit = %(unit)s) and (%(area)s::text is null or scopes @> array[%(area)s::text])
group by 1, 2 order by 2, 1

-- name: due_records
-- Records by register and the last day on which they are valid.
select register, expires as day, count(*)::int as n, min(called) as called, min(id) as id
from record
where city = %(city)s and merged_into is null and expires between %(first)s and %(last)s
    and (%(unit)s::text is null or units @> array[%(unit)s::text])
    and (%(area)s::text is null or scopes @> array[%(area)s::text])
group by 1, 2 order by 2, 1

-- name: due_proceedings
-- Open proceedings by procedure, unit and local day on which they are due.
select procedure, unit, (due at time zone %(zone)s)::date as day, count(*)::int as n,
    count(*) filter (where due < %(now)s)::int as late, min(id) as id, min(title) as title
from proceeding
where city = %(city)s and closed_at is null and due >= (%(first)s::date)::timestamp at time zone %(zone)s
    and due < (%(last)s::date + 1)::timestamp at time zone %(zone)s
    and (%(unit)s::text is null or units && array[%(unit)s]) and (%(area)s::text is null or scopes && array[%(area)s])
group by 1, 2, 3

-- name: due_rounds
-- Open rounds of inspections by the local day on which they are due.
select id, title, checklist, (due at time zone %(zone)s)::date as day, due < %(now)s as late
from inspection_round
where city = %(city)s and closed_at is null and due >= (%(first)s::date)::timestamp at time zone %(zone)s
    and due < (%(last)s::date + 1)::timestamp at time zone %(zone)s
