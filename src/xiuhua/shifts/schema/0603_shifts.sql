-- Who is on duty, what one shift leaves to the next, and where collectors have been.
create table duty_turn (
    city       text        not null,
    id         text        not null,
    person     text        not null,
    role       text        not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    seen_at    timestamptz not null,           -- last sign: a start, a position
    lon        float8,                          -- where that was, WGS-84
    lat        float8,
    primary key (city, id)
);
create unique index duty_turn_open on duty_turn (city, person) where ended_at is null;
create index duty_turn_of_person on duty_turn (city, person, started_at desc);

-- The note is personal content `handover/<id>`, erasable as all of that.
create table shift_handover (
    city            text        not null,
    id              text        not null,
    person          text        not null,
    at              timestamptz not null,
    area            text,                       -- of the post it is about; null: the whole city
    snapshot        json        not null,       -- what stood open then
    acknowledged_by text,
    acknowledged_at timestamptz,
    primary key (city, id)
);
create index shift_handover_by_time on shift_handover (city, at desc, id desc);

-- Positions, one table a month; a month goes as a whole.
create table patrol_position (
    city        text        not null,
    person      text        not null,
    at          timestamptz not null,           -- by the phone
    turn        text        not null,
    lon         float8      not null,
    lat         float8      not null,
    accuracy_m  real,
    mock        boolean     not null,
    received_at timestamptz not null,
    primary key (city, person, at)
) partition by range (at);

create function patrol_months(months date[]) returns void
language plpgsql security definer set search_path = xiuhua, pg_temp as $$
declare
    month date;
    name text;
begin
    foreach month in array months loop
        name := 'patrol_position_' || to_char(month, 'YYYYMM');
        if to_regclass('xiuhua.' || name) is null then
            perform pg_advisory_xact_lock(hashtextextended(name, 0));
            execute format('create table if not exists %I partition of patrol_position for values from (%L) to (%L)',
                name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
        end if;
    end loop;
end $$;

create function forget_patrols(before timestamptz) returns integer
language plpgsql security definer set search_path = xiuhua, pg_temp as $$
declare
    part record;
    gone integer := 0;
begin
    for part in select child.relname as name from pg_inherits
        join pg_class as child on child.oid = inhrelid
        where inhparent = 'xiuhua.patrol_position'::regclass
          and (to_date(right(child.relname, 6), 'YYYYMM') + interval '1 month') at time zone 'UTC' <= before
    loop
        execute format('drop table %I', part.name);
        gone := gone + 1;
    end loop;
    return gone;
end $$;
revoke execute on function patrol_months(date[]), forget_patrols(timestamptz) from public;
grant execute on function patrol_months(date[]), forget_patrols(timestamptz) to xiuhua_app;
