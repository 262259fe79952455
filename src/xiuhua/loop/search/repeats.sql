-- name: by_place
-- Things and squares with many reports in a period.
select cell as key, count(*) as reports, count(distinct case_id) as cases, min(opened_at) as first,
    max(opened_at) as last, (array_agg(id order by opened_at desc))[1:20] as ids
from search_text as one where city = %(city)s and kind = 'report' and cell is not null
  and opened_at >= %(since)s and opened_at < %(until)s and {seen}
group by cell having count(*) >= %(at_least)s
order by reports desc, last desc, key limit %(limit)s

-- name: by_reporter
-- Reporters, known by the digest of their contact only.
select encode(substr(contact, 1, 8), 'hex') as key, count(*) as reports, count(distinct case_id) as cases,
    min(opened_at) as first, max(opened_at) as last, (array_agg(id order by opened_at desc))[1:20] as ids
from search_text as one where city = %(city)s and kind = 'report' and contact is not null
  and opened_at >= %(since)s and opened_at < %(until)s and {seen}
group by contact having count(*) >= %(at_least)s
order by reports desc, last desc, key limit %(limit)s

-- name: by_matter
-- The same category in the same unit grid.
select category || '@' || unit_grid as key, count(*) as reports, count(distinct case_id) as cases,
    min(opened_at) as first, max(opened_at) as last, (array_agg(id order by opened_at desc))[1:20] as ids
from report as one where city = %(city)s and category is not null and unit_grid is not null
  and opened_at >= %(since)s and opened_at < %(until)s and {seen}
group by category, unit_grid having count(*) >= %(at_least)s
order by reports desc, last desc, key limit %(limit)s

-- name: seen_texts
-- Of the areas of a person's posts.
exists (select from report as r where r.city = one.city and r.id = one.id and r.scopes && %(areas)b::text[])

-- name: seen_reports
-- The same of reports themselves.
scopes && %(areas)b::text[]

-- name: at_place
-- Reports of the place of a case in the time before now, those of the case itself among them.
select count(*) as reports from search_text
where city = %(city)s and kind = 'report' and cell = %(cell)s and opened_at >= %(since)s

-- name: of_its_reporter
-- Reports of the contact that sent a report, itself among them.
select count(*) as reports from search_text as one
join search_text as other on other.city = one.city and other.contact = one.contact
where one.city = %(city)s and one.kind = 'report' and one.id = %(report)s and other.opened_at >= %(since)s
