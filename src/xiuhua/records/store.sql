-- name: load
-- Lock records for a change, in the order of their ids.
select id, version, head, doc::text as doc from record
where city = %(city)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- Records as they stand.
select id, version, doc::text as doc from record where city = %(city)s and id = any(%(ids)b::text[])

-- name: by_key
-- Records of a register by what names them in the world, those merged into others left out.
select key, id, version, state, expires, doc::text as doc from record
where city = %(city)s and register = %(register)s and key = any(%(keys)b::text[]) and merged_into is null

-- name: targets
-- Records by register and key, those merged into others left out.
select register, key, id, version, called, state, expires, doc::text as doc from record
where city = %(city)s and merged_into is null
    and (register, key) in (select * from unnest(%(registers)b::text[], %(keys)b::text[]))
-- name: keys
-- Which of some keys a register has.
select key, id, state, expires from record
where city = %(city)s and register = %(register)s and key = any(%(keys)b::text[]) and merged_into is null

-- name: choices
-- Keys and names of a register.
select key, called from record
where city = %(city)s and register = %(register)s and merged_into is null order by key limit %(limit)s

-- name: around
-- Records of some registers within spans of tiles, the nearest to a point first.
select record.id, record.register, record.key, record.called, record.state, record.version, record.lon, record.lat,
    record.asked, record.doc::text as doc
from (
    select found.id from unnest(%(registers)b::text[]) as wanted (register)
    cross join unnest(%(firsts)b::bigint[], %(lasts)b::bigint[]) as span (first, last)
    cross join lateral (
        select id, lon, lat from record
        where city = %(city)s and register = wanted.register and tile >= 0 and merged_into is null
            and tile between span.first and span.last
    ) as found
    order by ((found.lon - %(lon)s) * %(squeeze)s) ^ 2 + (found.lat - %(lat)s) ^ 2, found.id limit %(limit)s
) as nearest
join record on record.city = %(city)s and record.id = nearest.id
order by ((record.lon - %(lon)s) * %(squeeze)s) ^ 2 + (record.lat - %(lat)s) ^ 2, record.id

-- name: of_posts
-- Records of some registers in some areas or of some units, those that changed last first.
select id, register, key, called, state, version, lon, lat, asked, doc::text as doc from record
where city = %(city)s and register = any(%(registers)b::text[]) and merged_into is null
    and (scopes && %(areas)b::text[] or units && %(units)b::text[])
order by changed_at desc, id limit %(limit)s

-- name: save
-- The projection of records that changed.
insert into record (city, id, version, head, register, key, called, state, scopes, unit_grid, lon, lat, tile, units,
    facets, expires, asked, opened_at, changed_at, merged_into, doc, told)
select %(city)s, id, version, decode(head, 'hex'), register, key, called, state, string_to_array(scopes, ' '),
    unit_grid, lon, lat, tile, string_to_array(units, ' '), string_to_array(facets, e'\x1f'), expires::date, asked,
    to_timestamp(opened_at), to_timestamp(changed_at), merged_into, doc, told
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, register text, key text, called text, state text, scopes text, unit_grid text,
    lon float8, lat float8, tile bigint, units text, facets text, expires text, asked int, opened_at float8,
    changed_at float8, merged_into text, doc json, told text
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, key = excluded.key, called = excluded.called,
    state = excluded.state, scopes = excluded.scopes, unit_grid = excluded.unit_grid, lon = excluded.lon,
    lat = excluded.lat, tile = excluded.tile, units = excluded.units, facets = excluded.facets,
    expires = excluded.expires, asked = excluded.asked, changed_at = excluded.changed_at,
    merged_into = excluded.merged_into, doc = excluded.doc, told = excluded.told

-- name: page
-- A page of a register, by key.
select id, key, called, state, scopes, unit_grid, lon, lat, units, expires, asked, changed_at, version, doc::text as doc
from record
where city = %(city)s and register = %(register)s and merged_into is null {conditions}
order by key limit %(limit)s

-- name: how_many
-- How many there are, counted no further than a limit.
select count(*)::int as n from (
    select 1 from record where city = %(city)s and register = %(register)s and merged_into is null {conditions}
    limit %(limit)s
) as found

-- name: stretches
-- From where to where along which line.
select doc -> 'data' ->> %(line)s as line, doc -> 'data' ->> %(from)s as begin, doc -> 'data' ->> %(to)s as end
from record where city = %(city)s and register = %(register)s and merged_into is null {conditions} limit %(limit)s

-- name: facets_of_line
-- Along one line.
and facets @> %(of_line)b::text[]

-- name: after
-- Behind a key.
and key > %(after)s

-- name: seen
-- In the areas of the posts, or of the units of the desks.
and (scopes && %(areas)b::text[] or units && %(units)b::text[])

-- name: state
-- In one of some states.
and state = any(%(state)b::text[])

-- name: area
-- In an area.
and scopes @> array[%(area)s]

-- name: of_unit
-- A unit answers for it.
and units @> array[%(unit)s]

-- name: of_unit_indexed
-- The same, as the index knows it.
and facets && %(of_unit)b::text[]

-- name: facets
-- All of these values and parts of names.
and facets @> %(facets)b::text[]

-- name: expires_before
-- Valid until before a day.
and expires < %(expires_before)s

-- name: waits
-- With change requests that wait.
and asked > 0

-- name: named
-- Whose names hold these very signs (the index knows of pairs only).
and (strpos(lower(key), %(text)s) > 0 or strpos(lower(called), %(text)s) > 0)

-- name: keyed_so
-- Records of some registers by what names them, in any of some spellings.
select register, id, key, called, state from record
where city = %(city)s and register = any(%(registers)b::text[]) and key = any(%(keys)b::text[])
    and merged_into is null

-- name: called_so
-- The first of one register whose key or name holds a text.
(select register, id, key, called, state from record
where city = %(city)s and register = %(register_{n})s and merged_into is null and facets @> %(grams_{n})b::text[]
    and (strpos(lower(key), %(text)s) > 0 or strpos(lower(called), %(text)s) > 0)
order by key limit %(limit)s)

-- name: counts
-- How many records of each register there are by state, those merged into others left out.
select register, state, count(*)::int as n from record where city = %(city)s and merged_into is null group by 1, 2

-- name: queue
-- Records with change requests that wait, the longest waiting first.
select id, version, doc::text as doc from record
where city = %(city)s and asked > 0 order by changed_at, id limit %(limit)s

-- name: kept
-- Records as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, register, key, called, state, array_to_string(scopes, ' ') as scopes, unit_grid, lon, lat,
    tile, array_to_string(units, ' ') as units, array_to_string(facets, e'\x1f') as facets, expires::text as expires,
    asked, extract(epoch from opened_at)::bigint as opened_at, extract(epoch from changed_at)::bigint as changed_at,
    merged_into, doc::text as doc, told
from record where city = %(city)s and id = any(%(ids)b::text[])

-- name: expiring
-- Records of a register whose expiry is to be told, the earliest first; another worker's are passed over.
select id, version, head, expires, doc::text as doc from record
where city = %(city)s and register = %(register)s and expires is not null and merged_into is null
    and told is distinct from 'expired' and state = any(%(states)b::text[])
    and expires <= %(soon)s and (expires < %(today)s or told is null) and (expires, id) > (%(day)s, %(id)s)
order by expires, id limit %(limit)s for no key update skip locked

-- name: invalid
-- Keys of records of a register that are not valid: over, in a state that is not, or merged into others.
select key from record
where city = %(city)s and register = %(register)s and merged_into is null
    and (expires < %(today)s or not state = any(%(states)b::text[]))
union
select key from record as gone
where city = %(city)s and register = %(register)s and merged_into is not null and not exists (
    select from record as live where live.city = gone.city and live.register = gone.register
        and live.key = gone.key and live.merged_into is null
)

-- name: any_facet
-- One of these values.
and facets && %(any_facet)b::text[]

-- name: total
-- What a field of records that refer to one adds up to, exactly.
select coalesce(sum(nullif(doc -> 'data' ->> %(sum)s, '')::numeric), 0)::text as total from record
where city = %(city)s and register = %(register)s and merged_into is null and facets @> array[%(facet)s]
    and (%(states)b::text[] = '{}' or state = any(%(states)b::text[]))

-- name: referring
-- Records that refer to one by a field, the newest changes first.
select id, key, called, state, changed_at, doc::text as doc, version from record
where city = %(city)s and register = %(register)s and merged_into is null and facets @> array[%(facet)s]
order by changed_at desc, id desc limit %(limit)s

-- name: cells
-- How many records of a register lie in each square of a tile, whatever they are.
select (cell >> %(shift)s)::bigint as square, sum(n)::int as n from record_cell
where city = %(city)s and register = %(register)s and cell between %(first)s and %(last)s
group by 1 having sum(n) > 0 order by 1

-- name: squares
-- The same of records that a filter finds.
select (tile >> %(shift)s)::bigint as square, count(*)::int as n from record
where city = %(city)s and register = %(register)s and merged_into is null and tile >= 0
    and tile between %(first)s and %(last)s {conditions}
group by 1 order by 1

-- name: points
-- Records of a tile as columns: degrees as big-endian doubles, states with blanks between, keys as JSON.
select string_agg(float8send(lon), ''::bytea) as lons, string_agg(float8send(lat), ''::bytea) as lats,
    string_agg(state, ' ') as states, json_agg(key)::text as keys
from (
    select lon, lat, state, key from record
    where city = %(city)s and register = %(register)s and merged_into is null and tile >= 0
        and tile between %(first)s and %(last)s {conditions}
    limit %(limit)s
) as found

-- name: shapes
-- Lines and polygons that touch a tile as columns, in the detail of its zoom: outlines as WKB with their lengths.
select string_agg(float8send(lon), ''::bytea) as lons, string_agg(float8send(lat), ''::bytea) as lats,
    string_agg(state, ' ') as states, json_agg(key)::text as keys,
    string_agg(int4send(octet_length(outline)), ''::bytea) as lengths, string_agg(outline, ''::bytea) as outlines
from (
    select lon, lat, state, key, {detail} as outline from record_shape
    where city = %(city)s and register = %(register)s and box(point(west, south), point(east, north))
        && box(point(%(west)s, %(south)s), point(%(east)s, %(north)s)) {conditions}
    limit %(limit)s
) as found

-- name: of_filter
-- Those of records that a filter finds.
and exists (
    select from record where record.city = record_shape.city and record.id = record_shape.id {conditions}
)

-- name: save_shapes
-- Lines and polygons as a map draws them.
insert into record_shape (city, id, register, key, state, lon, lat, west, south, east, north, near, mid, far)
select %(city)s, id, register, key, state, lon, lat, west, south, east, north, decode(near, 'hex'),
    decode(mid, 'hex'), decode(far, 'hex')
from json_to_recordset(%(rows)s::json) as t (
    id text, register text, key text, state text, lon float8, lat float8, west float8, south float8, east float8,
    north float8, near text, mid text, far text
)
on conflict (city, id) do update set
    state = excluded.state, lon = excluded.lon, lat = excluded.lat, west = excluded.west, south = excluded.south,
    east = excluded.east, north = excluded.north, near = excluded.near, mid = excluded.mid, far = excluded.far

-- name: move_shapes
-- What became of records that stayed where they are: another state, or merged into others.
with told as (
    select id, state, gone from json_to_recordset(%(rows)s::json) as t (id text, state text, gone bool)
), merged as (
    delete from record_shape using told where city = %(city)s and record_shape.id = told.id and gone
)
update record_shape set state = told.state from told
where city = %(city)s and record_shape.id = told.id and not gone and record_shape.state <> told.state

-- name: kept_shapes
-- What a map shows of records; how lines and polygons are simplified is not compared.
select id, register, key, state, lon, lat, west, south, east, north, near from record_shape
where city = %(city)s and id = any(%(ids)b::text[])

-- name: shape_strays
-- What a map shows of no record.
select city, id from record_shape where (%(city)s::text is null or city = %(city)s)
    and not exists (select from record where record.city = record_shape.city and record.id = record_shape.id)
limit 10

-- name: empty_shapes
-- Take away what maps show of a city.
delete from record_shape where city = %(city)s

-- name: miscounted
-- Cells whose numbers are not those of the records.
select register, cell from (
    select register, tile >> 6 as cell, count(*) as n from record
    where city = %(city)s and tile >= 0 and merged_into is null group by 1, 2
) as counted full join (
    select register, cell, n as kept from record_cell where city = %(city)s and n <> 0
) as known using (register, cell)
where n is distinct from kept limit 10

-- name: strays
-- Rows that no stream of the log stands behind.
select id from record where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = record.city and event.stream = 'record/' || record.id)
limit 10

-- name: empty
-- Take away the projection of a city.
delete from record where city = %(city)s
