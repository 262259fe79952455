-- Operations: which processes live, when the daily work was last done, and how long records of access are kept.

create table heartbeat (
    process    text        primary key,         -- kind, host and process number
    kind       text        not null,            -- worker
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    detail     json        not null default '{}'
);

create table upkeep (
    name   text        primary key,             -- maintain | backup
    at     timestamptz not null,                -- when it last ended well
    detail json        not null default '{}'
);

-- Looks at personal data are never changed, and not forgotten within three years, whoever asks: after that the
-- installation's own period decides, through the function below.
create function refuse_young() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < clock_timestamp() - interval '3 years' then
        return old;
    end if;
    raise exception 'table % only grows: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
drop trigger access_log_no_change on access_log;
create trigger access_log_no_change before update or delete on access_log for each row execute function refuse_young();

create index access_log_by_time on access_log (at);

create function forget_access(before timestamptz, most integer) returns bigint
language sql security definer set search_path = xiuhua, pg_temp as $$
    with gone as (
        delete from access_log where ctid = any (array(
            select ctid from access_log where at < least(before, clock_timestamp() - interval '3 years') limit most))
        returning 1)
    select count(*) from gone
$$;
revoke execute on function forget_access(timestamptz, integer) from public;
grant execute on function forget_access(timestamptz, integer) to xiuhua_app;

-- How many events were ever written, told to a monitor without counting them.
grant select on sequence event_position to xiuhua_app;
