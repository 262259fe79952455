-- name: load
-- Lock entries for a change, in the order of their ids.
select id, version, head, doc::text as doc from ledger_entry
where city = %(city)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- Entries as they stand.
select id, version, doc::text as doc from ledger_entry where city = %(city)s and id = any(%(ids)b::text[])

-- name: by_key
-- Entries of a ledger by what makes them once.
select key, id, doc::json -> 'data' ->> 'digest' as digest from ledger_entry
where city = %(city)s and ledger = %(ledger)s and key = any(%(keys)b::text[])

-- name: mark
-- Entries that were countered: nothing else of an entry ever changes.
update ledger_entry set version = t.version, head = decode(t.head, 'hex'), countered_by = t.countered_by, doc = t.doc
from json_to_recordset(%(rows)s::json) as t (id text, version int, head text, countered_by text, doc json)
where ledger_entry.city = %(city)s and ledger_entry.id = t.id

-- name: save
-- New entries.
insert into ledger_entry (city, id, version, head, ledger, key, day, quantity, weight, thing, store, scopes, unit_grid,
    lon, lat, tile, of_unit, facets, late, counters, countered_by, opened_at, doc)
select %(city)s, id, version, decode(head, 'hex'), ledger, key, day::date, quantity::numeric, weight, thing, store,
    string_to_array(scopes, ' '), unit_grid, lon, lat, tile, of_unit, string_to_array(facets, e'\x1f'), late, counters,
    countered_by, to_timestamp(opened_at), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, ledger text, key text, day text, quantity text, weight int, thing text,
    store text, scopes text, unit_grid text, lon float8, lat float8, tile bigint, of_unit text, facets text, late int,
    counters text, countered_by text, opened_at float8, doc json
)

-- name: add_up
-- Entries go into the sums, rows in one order so that two who do it never wait for each other.
insert into ledger_sum as kept (city, ledger, dimension, value, day, quantity, entries)
{summed}
order by 1, 2, 3, 4, 5
on conflict (city, ledger, dimension, value, day) do update set
    quantity = kept.quantity + excluded.quantity, entries = kept.entries + excluded.entries

-- name: summed
-- What entries add up to, by everything they are summed by.
select e.city, e.ledger, d.dimension, d.value,
    case when d.dimension like '%%*' then date_trunc('month', e.day)::date else e.day end as day,
    sum(e.quantity) as quantity, sum(e.weight)::bigint as entries
from ledger_entry e cross join lateral (
    select '' as dimension, '' as value
    union all select 'area', scope from unnest(e.scopes) as scope
    union all select 'unit', e.of_unit where e.of_unit is not null
    union all select 'thing*', e.thing where e.thing is not null
    union all select 'store', e.store where e.store is not null
    union all select split_part(substr(facet, length(e.ledger) + 2), '=', 1),
        substr(facet, strpos(facet, '=') + 1) from unnest(e.facets) as facet
) d
where (%(city)s::text is null or e.city = %(city)s) and (%(ids)b::text[] is null or e.id = any(%(ids)b::text[]))
group by 1, 2, 3, 4, 5

-- name: lock_stores
-- One writer at a time for each store, in one order.
select pg_advisory_xact_lock(hashtextextended(store, 811)) from unnest(%(stores)b::text[]) as store

-- name: nets
-- What came into some stores and went out of them, by day.
select value as store, day, quantity from ledger_sum
where city = %(city)s and ledger = %(ledger)s and dimension = 'store' and value = any(%(stores)b::text[])

-- name: balances
-- What is in the stores of a ledger at the end of a day, those that ever held something.
select value as store, sum(quantity) filter (where day <= %(on)s) as quantity, max(day) as last
from ledger_sum where city = %(city)s and ledger = %(ledger)s and dimension = 'store' and value > %(after)s
group by value having bool_or(day <= %(on)s) order by value limit %(limit)s

-- name: keys_of
-- What records are called.
select id, key, called, register, scopes, units from record where city = %(city)s and id = any(%(ids)b::text[])

-- name: page
-- A page of entries, the newest day first.
select id, ledger, version, day, quantity, doc::text as doc from ledger_entry
where city = %(city)s {conditions} order by day desc, id desc limit %(limit)s

-- name: how_many
-- How many there are, counted no further than a limit.
select count(*)::int as n from (select 1 from ledger_entry where city = %(city)s {conditions} limit %(limit)s) as found

-- name: of_ledger
-- Of one ledger.
and ledger = %(ledger)s

-- name: after
-- Behind an entry.
and (day, id) < (%(after_day)s, %(after_id)s)

-- name: from_day
-- Of this day or later.
and day >= %(from_day)s

-- name: to_day
-- Of this day or earlier.
and day <= %(to_day)s

-- name: area
-- In an area.
and scopes @> array[%(area)s]

-- name: of_unit
-- A unit's work.
and of_unit = any(%(units)b::text[])

-- name: of_thing
-- About a thing.
and thing = %(thing)s

-- name: facets
-- All of these values.
and facets @> %(facets)b::text[]

-- name: standing
-- Neither countered nor a counter-entry.
and countered_by is null and counters is null

-- name: late
-- Entered this many days after its day, or later still.
and late >= %(late)s

-- name: sums
-- What is kept of sums, by period and value.
select {period} as period, {value} as value, sum(quantity) as quantity, sum(entries)::bigint as entries
from ledger_sum
where city = %(city)s and ledger = %(ledger)s and dimension = %(dimension)s {conditions}
group by 1, 2 having sum(entries) <> 0 or sum(quantity) <> 0 order by 1, 3 desc, 2 limit %(limit)s

-- name: sums_values
-- Of some values only.
and value = any(%(values)b::text[])

-- name: sums_of_entries
-- Sums made of the entries themselves, by period and value; for more than one condition at once.
select {period} as period, {value} as value, sum(quantity) as quantity, sum(weight)::bigint as entries
from ledger_entry {values_from}
where city = %(city)s {conditions}
group by 1, 2 having sum(weight) <> 0 or sum(quantity) <> 0 order by 1, 3 desc, 2 limit %(limit)s

-- name: each_scope
-- Every area around an entry.
cross join lateral unnest(scopes) as each_scope(value)

-- name: each_facet
-- The value that an entry has of a dimension.
cross join lateral (select substr(facet, length(%(prefix)s) + 1) as value from unnest(facets) as facet
    where starts_with(facet, %(prefix)s)) as each_facet

-- name: among
-- Of some values only.
and each_scope.value = any(%(values)b::text[])

-- name: counts
-- How many entries each ledger has, what they add up to, and the newest day.
select ledger, sum(entries)::bigint as entries, sum(quantity) as quantity, max(day) as last from ledger_sum
where city = %(city)s and dimension = '' group by ledger

-- name: kept
-- Entries as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, ledger, key, day::text as day, trim_scale(quantity)::text as quantity, weight, thing, store,
    array_to_string(scopes, ' ') as scopes, unit_grid, lon, lat, tile, of_unit,
    array_to_string(facets, e'\x1f') as facets, late, counters, countered_by,
    extract(epoch from opened_at)::bigint as opened_at, doc::text as doc
from ledger_entry where city = %(city)s and id = any(%(ids)b::text[])

-- name: strays
-- Rows that no stream of the log stands behind.
select id from ledger_entry where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = ledger_entry.city and event.stream = 'entry/' || ledger_entry.id)
limit 10

-- name: wrong_sums
-- Sums that are not those of the entries.
select coalesce(k.ledger, m.ledger) as ledger, coalesce(k.dimension, m.dimension) as dimension,
    coalesce(k.value, m.value) as value, coalesce(k.day, m.day) as day
from (select * from ledger_sum where %(city)s::text is null or city = %(city)s) k
full join ({summed}) m using (city, ledger, dimension, value, day)
where (coalesce(k.quantity, 0), coalesce(k.entries, 0)) is distinct from (coalesce(m.quantity, 0), coalesce(m.entries, 0))
limit 10

-- name: empty
-- Take away the entries of a city.
delete from ledger_entry where city = %(city)s

-- name: empty_sums
-- Take away its sums.
delete from ledger_sum where city = %(city)s
