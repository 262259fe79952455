-- name: report_of_link
-- The report that a secret opens.
select link.city, link.report, kept.number, kept.language, kept.me_too, kept.contests, kept.created_at
from public_link as link
join public_report as kept on kept.city = link.city and kept.report = link.report
where link.city = %(city)s and link.secret = %(secret)s

-- name: keep_report
-- A report that came in by the page, with its first link.
with kept as (
    insert into public_report (city, report, number, language, me_too, created_at)
    values (%(city)s, %(report)s, %(number)s, %(language)s, %(me_too)s, %(now)s)
    on conflict do nothing
)
insert into public_link (city, secret, report, created_at) values (%(city)s, %(secret)s, %(report)s, %(now)s)
on conflict do nothing

-- name: add_link
-- One more link to a report.
insert into public_link (city, secret, report, created_at) values (%(city)s, %(secret)s, %(report)s, %(now)s)
on conflict do nothing

-- name: note_contest
-- A closing was contested, if nobody did so in the meantime.
update public_report set contests = contests + 1
where city = %(city)s and report = %(report)s and contests = %(before)s
returning contests

-- name: spend
-- A proof is used up; the ticket it belongs to, ours or that of an earlier form. Who was there first is waited for.
insert into public_spent (city, proof, ticket, expires_at)
values (%(city)s, %(proof)s, %(ticket)s, %(expires_at)s)
on conflict (city, proof) do update set ticket = public_spent.ticket
returning ticket

-- name: count
-- Once more in this hour, for each of those; rows in one order, so that nobody waits in a ring.
insert into public_tally (city, what, who, hour, times)
select %(city)s, %(what)s, who, date_trunc('hour', %(now)s::timestamptz), 1
from unnest(%(who)b::bytea[]) as t (who) order by who
on conflict (city, what, who, hour) do update set times = public_tally.times + 1
returning who, times

-- name: tally
-- How often in this hour and the one before.
select who, sum(times)::int as times from public_tally
where city = %(city)s and what = %(what)s and who = any(%(who)b::bytea[])
  and hour >= date_trunc('hour', %(now)s::timestamptz) - interval '1 hour'
group by who

-- name: prune_spent
-- Proofs that have run out.
delete from public_spent where expires_at < %(now)s

-- name: prune_tally
-- Counts of yesterday.
delete from public_tally where hour < %(now)s::timestamptz - interval '1 day'

-- name: prune_mail
-- Who asked for mail and never confirmed.
delete from public_mail where confirmed_at is null and created_at < %(now)s::timestamptz - interval '2 days'

-- name: cases
-- Cases with a place, of categories that may be shown, newest first.
select number, state, category, scopes, lon, lat, opened_at, closed_at from city_case
where city = %(city)s and opened_at >= %(since)s and category = any(%(categories)s) and lon is not null
  and (state = any(%(going)s) or (state = any(%(closed)s) and closed_at >= %(closed_since)s))
order by opened_at desc, id desc limit %(limit)s

-- name: case_of_number
-- The id of a case that the page shows.
select id from city_case where city = %(city)s and number = %(number)s

-- name: ask_mail
-- Somebody wants mail; asked again, it is the same wish. An address that was told of it today is not told again.
insert into public_mail (city, id, report, area, address, language, created_at, told_at)
values (%(city)s, %(id)s, %(report)s, %(area)s, %(address)s, %(language)s, %(now)s, %(now)s)
on conflict (city, address, coalesce(report, ''), coalesce(area, '')) do nothing
returning id

-- name: mail
-- One wish for mail.
select * from public_mail where city = %(city)s and id = %(id)s

-- name: confirm_mail
-- The address was confirmed by its owner; pressed again, nothing of what is still to be told is skipped.
update public_mail set confirmed_at = coalesce(confirmed_at, %(now)s),
    told_at = case when confirmed_at is null then %(now)s else told_at end
where city = %(city)s and id = %(id)s
returning *

-- name: end_mail
-- No more mail: the row goes with the address.
delete from public_mail where city = %(city)s and id = %(id)s returning report

-- name: drop_links
-- A link that no letter needs any more.
delete from public_link where city = %(city)s and secret = any(%(secrets)b::bytea[])

-- name: moved_reports
-- Subscriptions to reports that moved on, by themselves or by their case.
select mail.id, mail.told_at, (report.version + coalesce(city_case.version, 0))::int as seen
from public_mail as mail
join report on report.city = mail.city and report.id = mail.report
left join city_case on city_case.city = report.city and city_case.id = report.case_id
where mail.city = %(city)s and mail.confirmed_at is not null
  and mail.seen <> report.version + coalesce(city_case.version, 0)
order by mail.told_at limit %(limit)s
for update of mail skip locked

-- name: due_areas
-- Subscriptions to areas that were not told since a moment.
select id, area, told_at from public_mail
where city = %(city)s and area is not null and confirmed_at is not null and told_at < %(before)s
order by told_at limit %(limit)s
for update skip locked

-- name: told_mail
-- Told up to now.
update public_mail set told_at = greatest(told_at, %(until)s), seen = told.seen
from unnest(%(ids)b::text[], %(seen)b::int[]) as told (id, seen)
where public_mail.city = %(city)s and public_mail.id = told.id

-- name: mail_of_reports
-- Wishes for mail about reports whose personal data go.
delete from public_mail where city = %(city)s and report = any(%(ids)s) returning id

-- name: cities_with_mail
-- Cities in which somebody wants mail.
select distinct city from public_mail where confirmed_at is not null

-- name: number_of_report
-- The number on a receipt.
select number from public_report where city = %(city)s and report = %(report)s
