-- Areas of a city, versioned in time. Geometry is WKB: any plain PostgreSQL serves.

create table area (
    city        text             not null,  -- the bureau's own 6-digit code
    code        text             not null,
    kind        text             not null check (kind in
                ('city', 'district', 'street', 'community', 'unit_grid', 'duty_grid', 'road_segment')),
    name        text             not null,
    parent      text,
    area_class  text             check (area_class in ('A', 'B', 'C')),
    sides       text             check (sides in ('L', 'R', 'both')),
    geometry    bytea            not null,  -- little-endian WKB, longitude and latitude WGS-84/CGCS2000
    lon         double precision not null,  -- a point in it
    lat         double precision not null,
    cell        bigint           not null,  -- its H3 cell of resolution 9
    datum       text             not null check (datum in ('wgs84', 'cgcs2000', 'gcj02', 'bd09')),
    crs         text,                       -- of the original, where it was a projected one
    original    bytea,                      -- WKB as it came; null: the same as geometry
    valid_from  date             not null,
    valid_to    date,                       -- the last day, inclusive; the day before valid_from: withdrawn
    recorded_at timestamptz      not null,
    closed_at   timestamptz,                -- when valid_to became known
    primary key (city, code, valid_from, recorded_at),
    check (valid_to >= valid_from - 1),
    check ((valid_to is null) = (closed_at is null))
);

create index area_by_kind on area (city, kind, code);

-- Which unit grids a duty grid is made of; closed and opened together with its rows in area.
create table duty_grid_member (
    city        text        not null,
    duty_grid   text        not null,
    unit_grid   text        not null,
    valid_from  date        not null,
    valid_to    date,
    recorded_at timestamptz not null,
    closed_at   timestamptz,
    primary key (city, duty_grid, valid_from, recorded_at, unit_grid),
    check (valid_to >= valid_from - 1)
);

create index duty_grid_member_by_grid on duty_grid_member (city, unit_grid);
