-- name: stale_case
-- Cases with a clock that has not stopped and was computed with another calendar than now, or provisionally.
select id, doc ->> 'clocks' as clocks from city_case
where city = %(city)s and exists (
    select from json_each(doc -> 'clocks') as clock (name, run)
    where run ->> 'state' <> 'stopped'
      and ((run ->> 'provisional')::boolean or run ->> 'digest' <> all (%(digests)s::text[]))
)
order by id

-- name: stale_report
-- The same among reports.
select id, doc ->> 'clocks' as clocks from report
where city = %(city)s and exists (
    select from json_each(doc -> 'clocks') as clock (name, run)
    where run ->> 'state' <> 'stopped'
      and ((run ->> 'provisional')::boolean or run ->> 'digest' <> all (%(digests)s::text[]))
)
order by id

-- name: clocks_case
-- The clocks of all cases.
select id, number, doc ->> 'clocks' as clocks from city_case
where city = %(city)s and doc ->> 'clocks' <> '{}' order by id

-- name: clocks_report
-- The clocks of all reports.
select id, doc ->> 'number' as number, doc ->> 'clocks' as clocks from report
where city = %(city)s and doc ->> 'clocks' <> '{}' order by id
