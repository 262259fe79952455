-- name: temporary_city_case
-- An empty table of this name that stands before the real one until the transaction ends.
create temporary table city_case (like xiuhua.city_case including indexes) on commit drop

-- name: empty_city_case
-- Take away the projection of a city.
delete from city_case where city = %(city)s

-- name: compare_city_case
-- Rows that stand in one of the two only, or differ; rows as text, since json has no equality.
select id as key from (
    (select t.*, t::text as whole from xiuhua.city_case as t where %(city)s::text is null or t.city = %(city)s)
) as kept
full join (select t.*, t::text as whole from pg_temp.city_case as t) as made
    using (city, id)
where kept.whole is distinct from made.whole
order by 1 limit 10

-- name: temporary_report
-- An empty table of this name that stands before the real one until the transaction ends.
create temporary table report (like xiuhua.report including indexes) on commit drop

-- name: empty_report
-- Take away the projection of a city.
delete from report where city = %(city)s

-- name: compare_report
-- Rows that stand in one of the two only, or differ; rows as text, since json has no equality.
select id as key from (
    (select t.*, t::text as whole from xiuhua.report as t where %(city)s::text is null or t.city = %(city)s)
) as kept
full join (select t.*, t::text as whole from pg_temp.report as t) as made
    using (city, id)
where kept.whole is distinct from made.whole
order by 1 limit 10

-- name: temporary_task
-- An empty table of this name that stands before the real one until the transaction ends.
create temporary table task (like xiuhua.task including indexes) on commit drop

-- name: empty_task
-- Take away the projection of a city.
delete from task where city = %(city)s

-- name: compare_task
-- Rows that stand in one of the two only, or differ; rows as text, since json has no equality.
select kind || '/' || subject || '#' || ordinal as key from (
    (select t.*, t::text as whole from xiuhua.task as t where %(city)s::text is null or t.city = %(city)s)
) as kept
full join (select t.*, t::text as whole from pg_temp.task as t) as made
    using (city, kind, subject, ordinal)
where kept.whole is distinct from made.whole
order by 1 limit 10

-- name: temporary_timer
-- An empty table of this name that stands before the real one until the transaction ends.
create temporary table timer (like xiuhua.timer including indexes) on commit drop

-- name: empty_timer
-- Take away the projection of a city.
delete from timer where city = %(city)s

-- name: compare_timer
-- Rows that stand in one of the two only, or differ; rows as text, since json has no equality.
select kind || '/' || subject || '#' || ordinal as key from (
    (select t.*, t::text as whole from xiuhua.timer as t where %(city)s::text is null or t.city = %(city)s)
) as kept
full join (select t.*, t::text as whole from pg_temp.timer as t) as made
    using (city, kind, subject, ordinal)
where kept.whole is distinct from made.whole
order by 1 limit 10
