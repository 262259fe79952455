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

-- name: done
-- What was done, by key, local day and the local day on which it was put down.
with chosen as ({chosen})
select {key} as key, day, entered, sum(weight)::int as n, sum(quantity) as quantity from chosen {keys} group by 1, 2, 3

-- name: items
-- The same, one by one, the newest first; what was taken back is left out with what takes it back.
with chosen as ({chosen})
select {key} as key, day, id, title, quantity from chosen {keys}
where standing and (%(key)s::text is null or {key} = %(key)s) order by day desc nulls last, id desc limit %(limit)s

-- name: cases
-- Cases by the local day of the moment that makes them count.
select id, number as title, scopes, unit, (({moment}) at time zone %(zone)s)::date as day, null::date as entered,
    1 as weight, null::numeric as quantity, true as standing
from city_case
where city = %(city)s and (
    {moment} >= (%(first)s::date)::timestamp at time zone %(zone)s
    and {moment} < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
    or id = any(%(ids)b::text[])
)

-- name: handovers
-- Handovers by local day.
select id, person as title, person, area, (at at time zone %(zone)s)::date as day, null::date as entered, 1 as weight,
    null::numeric as quantity, true as standing
from shift_handover
where city = %(city)s and (
    at >= (%(first)s::date)::timestamp at time zone %(zone)s
    and at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
    or id = any(%(ids)b::text[])
)

-- name: records
-- New records by local day; those told as numbers only are not told one by one.
select id, called as title, key as named, scopes, units, (opened_at at time zone %(zone)s)::date as day,
    null::date as entered, 1 as weight, null::numeric as quantity, register <> all(%(hidden)b::text[]) as standing
from record
where city = %(city)s and merged_into is null and (
    (%(names)s::text[] = '{{}}' or register = any(%(names)s::text[]))
    and opened_at >= (%(first)s::date)::timestamp at time zone %(zone)s
    and opened_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
    or id = any(%(ids)b::text[])
)

-- name: entries
-- Entries of ledgers by day, and the local day on which they were entered. A counter-entry takes away what it counters
-- as of the day on which that was entered: what was taken back was not done in time either.
select e.id, coalesce(case when r.register <> all(%(hidden)b::text[]) then r.called end, e.ledger) as title,
    r.key as named, e.scopes, e.of_unit as unit, e.facets, e.day,
    ((case when e.counters is null then e.opened_at else
        (select o.opened_at from ledger_entry o where o.city = %(city)s and o.id = e.counters) end)
        at time zone %(zone)s)::date as entered,
    e.weight, e.quantity, e.counters is null and e.countered_by is null as standing
from (
    select * from ledger_entry
    where city = %(city)s and (
        (%(names)s::text[] = '{{}}' or ledger = any(%(names)s::text[]))
        and day between %(first)s::date and %(last)s::date {narrow}
        or id = any(%(ids)b::text[])
    )
) as e left join record r on r.city = %(city)s and r.id = e.thing

-- name: inspections
-- Finished inspections by local day.
select i.id, i.called as title, r.key as named, i.scopes, i.unit, i.inspectors,
    (i.finished_at at time zone %(zone)s)::date as day, null::date as entered, 1 as weight, null::numeric as quantity,
    true as standing
from (
    select * from inspection
    where city = %(city)s and (
        (%(names)s::text[] = '{{}}' or checklist = any(%(names)s::text[]))
        and finished_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and finished_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
) as i left join record r on r.city = %(city)s and r.id = i.thing

-- name: proceedings
-- Proceedings that ended, by local day.
select p.id, p.title, r.key as named, p.scopes, p.unit, p.person, p.doc -> 'data' as data, (p.closed_at at time zone %(zone)s)::date as day,
    null::date as entered, 1 as weight, null::numeric as quantity, true as standing
from (
    select * from proceeding
    where city = %(city)s and (
        (%(names)s::text[] = '{{}}' or procedure = any(%(names)s::text[]))
        and closed_at >= (%(first)s::date)::timestamp at time zone %(zone)s
        and closed_at < (%(last)s::date + 1)::timestamp at time zone %(zone)s {narrow}
        or id = any(%(ids)b::text[])
    )
) as p left join record r on r.city = %(city)s and p.about_kind = 'record' and r.id = p.about_id

-- name: documents
-- Numbered documents of a kind by the first day on which they were in force.
select id, title, since as day, null::date as entered, 1 as weight, null::numeric as quantity, true as standing
from document
where city = %(city)s and number is not null and (
    (%(names)s::text[] = '{{}}' or kind = any(%(names)s::text[]))
    and since between %(first)s::date and %(last)s::date {narrow}
    or id = any(%(ids)b::text[])
)

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
-- Under some procedures.
and doc ->> 'procedure' = any(%(names)s::text[])

-- name: nothing
-- Of what knows no such condition nothing falls under it.
and false

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
-- Open rounds of inspections by the local day on which they are due; of a unit or area those with one of its things.
select id, title, checklist, (due at time zone %(zone)s)::date as day, due < %(now)s as late
from inspection_round as r
where city = %(city)s and closed_at is null and due >= (%(first)s::date)::timestamp at time zone %(zone)s
    and due < (%(last)s::date + 1)::timestamp at time zone %(zone)s
    and (coalesce(%(unit)s::text, %(area)s::text) is null or exists (
        select from round_thing t where t.city = r.city and t.round = r.id
            and (%(unit)s::text is null or t.unit = %(unit)s)
            and (%(area)s::text is null or t.scopes @> array[%(area)s::text])
    ))

-- name: due_rectifications
-- What failed in inspections and is to be put right, by checklist, unit and local day.
select checklist, unit, day, count(*)::int as n, min(id) as id, min(called) as called, bool_or(late) as late
from (
    select i.id, i.checklist, i.unit, i.called, (o.due at time zone %(zone)s)::date as day, o.due < %(now)s as late
    from inspection i cross join lateral (
        select to_timestamp((one -> 'item' ->> 'due')::float8) as due
        from json_array_elements(i.doc -> 'tracks' -> 'rectification') as one where one ->> 'state' = 'open'
    ) o
    where i.city = %(city)s and i.open > 0 and (%(unit)s::text is null or i.unit = %(unit)s)
        and (%(area)s::text is null or i.scopes @> array[%(area)s::text])
) as due
where day between %(first)s::date and %(last)s::date
group by 1, 2, 3

-- name: due_documents
-- Documents in force by the last day on which they are.
select kind, until as day, count(*)::int as n, min(id) as id, min(title) as title
from document where city = %(city)s and state = 'published' and until between %(first)s::date and %(last)s::date
group by 1, 2
