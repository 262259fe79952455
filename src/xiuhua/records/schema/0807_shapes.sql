-- What a map shows of registers of lines and polygons, without a look at the records themselves. Rows of what was there
-- before are made by `xiuhua replay --write`.
create table record_shape (
    city     text   not null,
    id       text   not null,
    register text   not null,
    key      text   not null,
    state    text   not null,
    lon      float8 not null,
    lat      float8 not null,
    west     float8 not null,
    south    float8 not null,
    east     float8 not null,
    north    float8 not null,
    near     bytea  not null,    -- WKB, several lines or polygons, as it is kept; empty: a place without a shape
    mid      bytea,              -- simplified for tiles of zoom 12 to 14; null: no simpler
    far      bytea,              -- for those above
    primary key (city, id)
);
create index record_shape_by_box on record_shape using gist (box(point(west, south), point(east, north)));
create index record_shape_by_register on record_shape (city, register);
