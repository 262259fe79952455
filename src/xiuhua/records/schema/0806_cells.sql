-- How many records of a register lie in each tile of zoom 17 (250 m): what a map shows from afar. Kept by triggers, so
-- that every way in which records are written keeps it; counted anew by `xiuhua replay --write`.
create table record_cell (
    city     text   not null,
    register text   not null,
    cell     bigint not null,    -- as `record.tile`, of zoom 17
    n        integer not null,
    primary key (city, register, cell)
);
insert into record_cell
select city, register, tile >> 6, count(*) from record where tile >= 0 and merged_into is null group by 1, 2, 3;

create function record_cells_in() returns trigger language plpgsql as $$
begin
    insert into record_cell as kept
    select city, register, tile >> 6 as cell, count(*) from fresh where tile >= 0 and merged_into is null
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (city, register, cell) do update set n = kept.n + excluded.n;
    return null;
end $$;
create function record_cells_on() returns trigger language plpgsql as $$
begin
    insert into record_cell as kept
    select city, register, cell, sum(n) from (
        select city, register, tile >> 6 as cell, 1 as n from fresh where tile >= 0 and merged_into is null
        union all
        select city, register, tile >> 6, -1 from stale where tile >= 0 and merged_into is null
    ) as moved
    group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3
    on conflict (city, register, cell) do update set n = kept.n + excluded.n;
    return null;
end $$;
create function record_cells_out() returns trigger language plpgsql as $$
begin
    insert into record_cell as kept
    select city, register, tile >> 6 as cell, -count(*) from stale where tile >= 0 and merged_into is null
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (city, register, cell) do update set n = kept.n + excluded.n;
    return null;
end $$;
create trigger record_cells_in after insert on record
    referencing new table as fresh for each statement execute function record_cells_in();
create trigger record_cells_on after update on record
    referencing new table as fresh old table as stale for each statement execute function record_cells_on();
create trigger record_cells_out after delete on record
    referencing old table as stale for each statement execute function record_cells_out();

-- What a map shows of each, without a look at the records themselves.
drop index record_by_tile;
create index record_by_tile on record (city, register, tile) include (lon, lat, state, key)
    where tile >= 0 and merged_into is null;
