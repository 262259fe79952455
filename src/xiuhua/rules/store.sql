-- name: begin
-- A city's position, made when rules begin there; only inserted where there is none.
insert into rule_position (city, since)
select %(city)s, %(now)s where not exists (select from rule_position where city = %(city)s)
on conflict do nothing

-- name: position
-- How far a city was read; one worker at a time, others pass it over.
select tx, number, since from rule_position where city = %(city)s for update skip locked

-- name: move
-- The log was read up to here.
update rule_position set tx = %(tx)s, number = %(number)s where city = %(city)s

-- name: memories
-- What rules remember of some things.
select rule, key, memory::text as memory from rule_memory
where city = %(city)s and (rule, key) in (select * from unnest(%(rules)b::text[], %(keys)b::text[]))

-- name: remember
-- What they remember from now on.
insert into rule_memory (city, rule, key, memory)
select %(city)s, * from unnest(%(rules)b::text[], %(keys)b::text[], %(memories)b::json[])
on conflict (city, rule, key) do update set memory = excluded.memory

-- name: open_keys
-- For which of some things something is open.
select rule, key from rule_finding
where city = %(city)s and state in ('open', 'taken')
    and (rule, key) in (select * from unnest(%(rules)b::text[], %(keys)b::text[]))

-- name: days
-- How far the rules over dates have come.
select rule, day, after from rule_day where city = %(city)s

-- name: put_day
-- A rule has come so far on a day.
insert into rule_day (city, rule, day, after) values (%(city)s, %(rule)s, %(day)s, %(after)s)
on conflict (city, rule) do update set day = excluded.day, after = excluded.after

-- name: records
-- Records of a register, by id.
select id, key, doc::text as doc from record
where city = %(city)s and register = %(register)s and merged_into is null and id > %(after)s
order by id limit %(limit)s

-- name: past
-- What happened in a span of business time, in the order of the log.
select city, stream, version, type, schema, payload::text as payload, actor, role, at, recorded_at
from event where city = %(city)s and type = any(%(types)b::text[]) and at >= %(begin)s and at < %(end)s
order by tx, position limit %(limit)s

-- name: lock_told
-- One who tells of a figure or plan at a time: the others come after.
select pg_advisory_xact_lock(hashtextextended(%(stream)s, 852))

-- name: load
-- Lock findings, in the order of their ids.
select id, version, head, doc::text as doc from rule_finding
where city = %(city)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- Findings as they stand.
select id, version, doc::text as doc from rule_finding where city = %(city)s and id = any(%(ids)b::text[])

-- name: save
-- The projection of findings that changed.
insert into rule_finding (city, id, version, head, rule, key, state, role, raised_at, changed_at, doc)
select %(city)s, id, version, decode(head, 'hex'), rule, key, state, role, to_timestamp(raised_at),
    to_timestamp(changed_at), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, rule text, key text, state text, role text, raised_at float8, changed_at float8,
    doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, changed_at = excluded.changed_at,
    doc = excluded.doc

-- name: page
-- A page of findings, the newest first.
select id, version, state, raised_at, doc::text as doc from rule_finding
where city = %(city)s and (%(state)s::text[] is null or state = any(%(state)s::text[]))
    and (%(rule)s::text is null or rule = %(rule)s) and (%(roles)s::text[] is null or role = any(%(roles)s::text[]))
    and (%(after_at)s::timestamptz is null or (raised_at, id) < (%(after_at)s::timestamptz, %(after_id)s))
order by raised_at desc, id desc limit %(limit)s

-- name: counts
-- How many findings of each rule wait.
select rule, count(*)::int as n from rule_finding where city = %(city)s and state in ('open', 'taken') group by 1

-- name: kept
-- Findings as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, rule, key, state, role, extract(epoch from raised_at)::bigint as raised_at,
    extract(epoch from changed_at)::bigint as changed_at, doc::text as doc
from rule_finding where city = %(city)s and id = any(%(ids)b::text[])

-- name: strays
-- Rows that no stream of the log stands behind.
select id from rule_finding where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = rule_finding.city and event.stream = 'finding/' || rule_finding.id)
limit 10

-- name: empty
-- Take away the projection of a city.
delete from rule_finding where city = %(city)s
