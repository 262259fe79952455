-- name: bound
-- Below this transaction nothing can be committed any more: so far a reader may go without skipping anything.
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as tx

-- name: streams
-- The streams that have events in a stretch of the log; `counted` is at the limit when there is more.
with stretch as materialized (
    select stream, version, tx::text::bigint as tx, position
    from event
    where city = %(city)s and (tx, position) > (%(after_tx)s::text::xid8, %(after_number)s)
      and (tx, position) <= (%(until_tx)s::text::xid8, %(until_number)s)
      and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by event.tx, event.position
    limit %(limit)s
)
select stream, min(version) as first, max(version) as last, (max(array[tx, position]))[1] as tx,
    (max(array[tx, position]))[2] as position, (select count(*) from stretch) as counted
from stretch group by stream order by 4, 5
