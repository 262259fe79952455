-- name: cases
-- Cases of a chunk with every stamp; those that the case itself does not hold are told by its last event of each type.
select one.number, one.state, one.category, one.source, one.unit, one.unit_grid, one.lon, one.lat, one.opened_at,
    one.filed_at, stamp.dispatched_at, stamp.received_at, one.handed_back_at, stamp.checked_at, one.closed_at, one.due,
    one.overdue, one.suspended, one.tags, one.version, one.id
from unnest(%(ids)b::text[]) with ordinality as wanted (id, n)
join city_case as one on one.city = %(city)s and one.id = wanted.id
cross join lateral (
    select max(at) filter (where type = 'Dispatched') as dispatched_at,
        max(at) filter (where type = 'CaseReceived') as received_at, max(at) filter (where type = 'Checked') as checked_at
    from event where city = %(city)s and stream = 'case/' || one.id
) as stamp
order by wanted.n

-- name: reports
-- Reports of a chunk with every stamp.
select one.external_id, one.source, one.state, one.category, one.unit_grid, one.lon, one.lat, one.reported_at,
    one.opened_at, stamp.answered_at, one.outcome, one.tags, one.case_id, one.version, one.id
from unnest(%(ids)b::text[]) with ordinality as wanted (id, n)
join report as one on one.city = %(city)s and one.id = wanted.id
cross join lateral (
    select max(at) filter (where type in ('ReportAnswered', 'AnsweredDirectly')) as answered_at
    from event where city = %(city)s and stream = 'report/' || one.id
) as stamp
order by wanted.n
