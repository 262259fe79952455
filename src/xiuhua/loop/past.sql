-- name: dispatched
-- Cases whose first leg began in a time: what they were about, where, and which unit had them first.
select id, category, scopes, (leg ->> 'from')::bigint as dispatched, leg ->> 'unit' as unit,
       doc #>> '{data,road_segment}' as segment, doc #>> '{data,part}' as part, doc #>> '{data,asset_owner}' as owner
from city_case
cross join lateral (select doc #> '{data,legs,0}' as leg) as first
where city = %(city)s and opened_at < %(until)s and category is not null
  and (leg ->> 'from')::bigint >= %(since_s)s and (leg ->> 'from')::bigint < %(until_s)s
order by dispatched, id
