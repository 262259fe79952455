-- name: intake
-- Reports that came in since a moment, by source; what a person sees of them.
select source as code, count(*) as n from report as one
where city = %(city)s and opened_at >= %(since)s {seen} group by 1 order by n desc, 1

-- name: hot_spots
-- Unit grids with the most reports since a moment.
select unit_grid as code, count(*) as n from report as one
where city = %(city)s and opened_at >= %(since)s and unit_grid is not null {seen}
group by 1 having count(*) > 1 order by n desc, 1 limit %(limit)s

-- name: seen
-- Reports in the areas of the posts, and those that have no place yet.
and (scopes && %(areas)b::text[] or scopes = array[]::text[])

-- name: open
-- Cases that have not ended, by state.
select state as no, count(*) as n from case_brief where {where} and closed = 0 group by 1

-- name: late
-- Cases past their moment now and not handed back: as `late` of the list.
select count(*) as n from case_brief where {where} and closed = 0 and handed_back = 0 and due > 0 and due < %(now_s)s

-- name: worst
-- The latest of them.
select one.id, kept.number, kept.state, kept.category, kept.unit, kept.unit_grid, kept.due
from (
    select id, due from case_brief where {where} and closed = 0 and handed_back = 0 and due > 0 and due < %(now_s)s
    order by due, id limit %(limit)s
) as one
join city_case as kept on kept.city = %(city)s and kept.id = one.id
order by one.due, one.id

-- name: rates
-- What units handed back since a moment, and how much of it was on time.
select unit as no, count(*) as n, count(*) filter (where flags & 1 = 0) as on_time
from case_brief where {where} and handed_back >= %(since_s)s and handed_back > 0 and unit > 0 group by 1

-- name: opened_by_day
-- Cases opened on each of some days: bounds in order, the first day is 1.
select width_bucket(opened, %(midnights)s::bigint[]) as day, count(*) as n
from case_brief where {where} and opened >= (%(midnights)s::bigint[])[1] group by 1

-- name: handed_back_by_day
-- Cases handed back on each of them.
select width_bucket(handed_back, %(midnights)s::bigint[]) as day, count(*) as n
from case_brief where {where} and handed_back > 0 and handed_back >= (%(midnights)s::bigint[])[1] group by 1

-- name: reports_by_day
-- Reports that came in on each of them.
select width_bucket(opened_at, %(midnights)s::timestamptz[]) as day, count(*) as n from report as one
where city = %(city)s and opened_at >= (%(midnights)s::timestamptz[])[1] {seen} group by 1
