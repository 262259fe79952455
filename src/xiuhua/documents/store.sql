-- name: load
-- Lock documents for a change, in the order of their ids.
select id, version, head, doc::text as doc from document
where city = %(city)s and id = any(%(ids)b::text[]) order by id for no key update

-- name: docs
-- Documents as they stand.
select id, version, doc::text as doc from document where city = %(city)s and id = any(%(ids)b::text[])

-- name: save
-- The projection of documents that changed.
insert into document (city, id, version, head, kind, state, title, number, series, year, n, since, until, due_on, waits,
    replaces, open, facets, opened_at, changed_at, doc)
select %(city)s, id, version, decode(head, 'hex'), kind, state, title, number, series, year, n, since::date,
    until::date, due_on::date, waits, replaces, open, string_to_array(facets, e'\x1f'), to_timestamp(opened_at),
    to_timestamp(changed_at), doc
from json_to_recordset(%(rows)s::json) as t (
    id text, version int, head text, kind text, state text, title text, number text, series text, year int, n int,
    since text, until text, due_on text, waits text, replaces text, open bool, facets text, opened_at float8,
    changed_at float8, doc json
)
on conflict (city, id) do update set
    version = excluded.version, head = excluded.head, state = excluded.state, title = excluded.title,
    number = excluded.number, series = excluded.series, year = excluded.year, n = excluded.n, since = excluded.since,
    until = excluded.until, due_on = excluded.due_on, waits = excluded.waits, replaces = excluded.replaces,
    open = excluded.open, facets = excluded.facets, changed_at = excluded.changed_at, doc = excluded.doc

-- name: draw
-- The next number of a series; whoever else wants one waits until this transaction has ended.
insert into document_series (city, series, year, last) values (%(city)s, %(series)s, %(year)s, 1)
on conflict (city, series, year) do update set last = document_series.last + 1 returning last

-- name: revision_of
-- A revision of a document that is not published yet.
select id from document
where city = %(city)s and replaces = %(id)s and state in ('draft', 'submitted', 'approved') limit 1

-- name: due
-- Documents that the clock has something to do with, locked; those that somebody else holds come later.
select id, version, head, doc::text as doc from document
where city = %(city)s and due_on <= %(day)s order by due_on, id limit %(limit)s for no key update skip locked

-- name: page
-- A page of documents, the last changed first.
select id, kind, state, title, number, since, until, waits, replaces, open, changed_at, version, doc::text as doc
from document where city = %(city)s {conditions}
order by changed_at desc, id desc limit %(limit)s

-- name: after
-- Behind a document of the page before.
and (changed_at, id) < (%(after_at)s, %(after_id)s)

-- name: seen
-- Only what was published.
and number is not null

-- name: kind
-- Of one kind.
and kind = %(kind)s

-- name: state
-- In one of some states.
and state = any(%(state)b::text[])

-- name: year
-- Numbered in a year, or published in it where the series goes on for ever.
and number is not null and coalesce(nullif(year, 0), extract(year from since)::int) = %(year)s

-- name: in_force_on
-- In force on a day.
and since <= %(in_force_on)s and (until is null or until >= %(in_force_on)s)

-- name: waits_for
-- Waiting for one of some roles, and written by somebody else.
and waits = any(%(waits_for)b::text[]) and not (doc -> 'data' -> 'authors')::jsonb ? %(me)s::text

-- name: named
-- Whose title or number holds these very signs (the index knows of pairs only).
and facets @> %(facets)b::text[] and (strpos(lower(title), %(text)s) > 0 or strpos(lower(number), %(text)s) > 0)

-- name: counts
-- How many documents of each kind there are by state.
select kind, state, count(*)::int as n from document where city = %(city)s {conditions} group by 1, 2

-- name: open
-- What was published for everybody, the newest first.
select id, doc::text as doc from document where city = %(city)s and open and number is not null
order by since desc, id desc limit %(limit)s

-- name: kept
-- Documents as their projection gives them, in the order of `kinds.COLUMNS`.
select id, version, head, kind, state, title, number, series, year, n, since::text as since, until::text as until,
    due_on::text as due_on, waits, replaces, open, array_to_string(facets, e'\x1f') as facets,
    extract(epoch from opened_at)::bigint as opened_at, extract(epoch from changed_at)::bigint as changed_at,
    doc::text as doc
from document where city = %(city)s and id = any(%(ids)b::text[])

-- name: strays
-- Rows that no stream of the log stands behind.
select id from document where (%(city)s::text is null or city = %(city)s)
    and not exists (select from event where event.city = document.city and event.stream = 'document/' || document.id)
limit 10

-- name: series_kept
-- The last number of each series as it is kept.
select series, year, last from document_series where city = %(city)s

-- name: put_series
-- The last number of a series as the log tells it.
insert into document_series (city, series, year, last) values (%(city)s, %(series)s, %(year)s, %(last)s)

-- name: empty
-- Take away the projection of a city.
delete from document where city = %(city)s

-- name: empty_series
-- And its counters.
delete from document_series where city = %(city)s
