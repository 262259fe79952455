-- name: things
-- Records, and how many registers hold any.
select count(*)::int as n, count(distinct register)::int as kinds from record where city = %(city)s

-- name: entries
-- Entries that stand, how many of them were written down days later, and how many ledgers hold any.
select count(*)::int as n, count(distinct ledger)::int as kinds, count(*) filter (where late > 0)::int as late
from ledger_entry where city = %(city)s and counters is null and countered_by is null

-- name: inspections
-- Inspections that are finished, and how many checklists they are by.
select count(*)::int as n, count(distinct checklist)::int as kinds from inspection
where city = %(city)s and state in ('rectifying', 'finished')

-- name: rounds
-- Rounds of inspections, and those of them that are closed.
select count(*)::int as n, count(*) filter (where state = 'closed')::int as closed from inspection_round
where city = %(city)s

-- name: faults
-- What inspections asked to be put right, what of it is, and what was late.
select count(*)::int as n, count(*) filter (where one ->> 'state' = 'passed')::int as passed,
    count(*) filter (where (one -> 'item' ->> 'late')::boolean)::int as late
from inspection, jsonb_array_elements(doc::jsonb -> 'tracks' -> 'rectification') as one where city = %(city)s

-- name: proceedings
-- Proceedings other than the reports of every day and week; those that have ended, and those that are or were late.
select count(*)::int as n, count(*) filter (where closed_at is not null)::int as closed,
    count(*) filter (where overdue or closed_at is null and due < %(now)s)::int as late
from proceeding where city = %(city)s and day is null

-- name: reports
-- Reports of every day and week that were asked for, and those that came in time.
select count(*)::int as n, count(*) filter (where outcome = 'answered')::int as met
from proceeding where city = %(city)s and day is not null

-- name: periods
-- What plans expected in periods that are over, and what of it was done in time.
select coalesce(sum((payload::jsonb -> 'period' ->> 'keys')::int), 0)::int as n,
    coalesce(sum((payload::jsonb -> 'period' ->> 'met')::int), 0)::int as met
from event where city = %(city)s and stream like 'plan/%%' and type = 'PlanPeriodEnded'

-- name: turns
-- Turns of duty that are planned up to now.
select count(*)::int as n from undertaking where city = %(city)s and kind = 'roster' and begins < %(now)s

-- name: documents
-- Documents, and those that were published.
select count(*)::int as n, count(number)::int as published from document where city = %(city)s

-- name: findings
-- What rules have raised, and what of it has ended.
select count(*)::int as n, count(*) filter (where state in ('settled', 'dismissed'))::int as ended
from rule_finding where city = %(city)s

-- name: grouped
-- Campaigns, and results that others decided.
select count(*) filter (where kind = 'campaign')::int as campaigns, count(*) filter (where kind = 'result')::int as results
from undertaking where city = %(city)s
