-- What maps and boards read of a case: narrow, every column of one length, so that a hundred thousand are read at once.
-- Filled by the worker from the log; can be made again from it.
create table case_brief (
    city        text    not null,
    id          text    not null,
    no          bigint  not null generated always as identity,  -- what the map calls it by
    tile        bigint  not null,               -- of Web Mercator at zoom 20, bits of x and y in turn; -1: no place
    lon         float8  not null,
    lat         float8  not null,
    state       integer not null,               -- of `brief_word`, as are the three below; 0: none
    category    integer not null,
    source      integer not null,
    unit        integer not null,
    grid        integer not null,               -- its unit grid
    place       integer not null,               -- of `brief_place`: the areas around it
    opened      bigint  not null,               -- epoch seconds, as are those below; 0: never
    closed      bigint  not null,
    handed_back bigint  not null,
    due         bigint  not null,               -- of the handling clock
    yellow      bigint  not null,               -- from when four fifths of its limit are used
    stopped     bigint  not null,
    took        integer not null,               -- seconds from its start to its stop; -1: it runs, or there is none
    flags       integer not null,               -- 1 overdue by verdict, 2 suspended
    primary key (city, id)
);
create unique index case_brief_by_no on case_brief (city, no);
create index case_brief_by_tile on case_brief (city, tile);
create index case_brief_open on case_brief (city, tile) where closed = 0;
create index case_brief_by_handed_back on case_brief (city, handed_back) where handed_back > 0;
create index case_brief_by_opened on case_brief (city, opened);

-- Texts by number.
create table brief_word (
    city text    not null,
    kind text    not null,                      -- state | category | source | unit | grid
    no   integer not null,
    word text    not null,
    primary key (city, kind, no),
    unique (city, kind, word)
);

-- The areas around a place, the smallest first: as many as there are unit grids.
create table brief_place (
    city   text    not null,
    no     integer not null,
    scopes text[]  not null,
    primary key (city, no)
);
create unique index brief_place_once on brief_place (city, scopes);
create index brief_place_by_scope on brief_place using gin (scopes);

-- How far the log was read for it.
create table brief_position (
    city   text   not null primary key,
    tx     bigint not null,
    number bigint not null
);
