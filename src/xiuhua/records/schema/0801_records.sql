-- Records of all registers; a projection of the streams `record/<id>`.
create table record (
    city        text        not null,
    id          text        not null,
    version     integer     not null,
    head        bytea       not null,
    register    text        not null,
    key         text        not null,           -- what names it in the world
    called      text        not null,           -- what people call it by
    state       text        not null,
    scopes      text[]      not null,           -- areas around it, the smallest first
    unit_grid   text,
    lon         float8,
    lat         float8,
    tile        bigint      not null,           -- Web Mercator at zoom 20, bits of x and y in turn; -1: no place
    units       text[]      not null,           -- whose it is, by any duty
    facets      text[]      not null,           -- `register:field=value` of what lists are narrowed by; `register:~ab`: two signs of its names
    expires     date,                           -- the last day on which it is valid
    asked       integer     not null,           -- change requests that wait
    opened_at   timestamptz not null,
    changed_at  timestamptz not null,
    merged_into text,
    doc         json        not null,
    primary key (city, id)
);
create unique index record_by_key on record (city, register, key) where merged_into is null;
create index record_by_change on record (city, register, changed_at desc, id desc) where merged_into is null;
create index record_by_state on record (city, register, state, key) where merged_into is null;
create index record_by_scope on record using gin (scopes);
create index record_by_facet on record using gin (facets);
create index record_by_tile on record (city, register, tile) where tile >= 0 and merged_into is null;
create index record_by_expiry on record (city, expires) where expires is not null and merged_into is null;
create index record_asked on record (city, changed_at) where asked > 0;
