-- Facts: files of columns beside the database. What is not named here is not there, whatever a folder holds.
create table fact_file (
    city       text        not null,
    id         text        not null,
    tbl        text        not null,          -- table of facts: `subject.case`, `register.truck`
    month      integer     not null,          -- year × 12 + month - 1 of the beginning of its things
    kind       text        not null check (kind in ('delta', 'current', 'past')),
    rows       bigint      not null,
    bytes      bigint      not null,
    digest     bytea       not null,          -- SHA-256 of the file
    known_from date        not null,          -- the first known day in it
    known_to   date        not null,          -- the last
    days       json        not null,          -- column of a period → its first and last day
    made_at    timestamptz not null,
    primary key (city, id)
);
create index fact_file_of_table on fact_file (city, tbl, month);

-- How far the export of a city has come, and in which folder its files are.
create table fact_position (
    city      text        not null primary key,
    store     text        not null,           -- what the folder is marked with
    tx        bigint      not null,
    number    bigint      not null,
    events    bigint      not null,
    moved_at  timestamptz not null            -- when it was last seen that nothing more was there
);

-- Files that something took the place of: they go once nobody can be reading them any more.
create table fact_dropped (
    city       text        not null,
    id         text        not null,
    tbl        text        not null,
    month      integer     not null,
    dropped_at timestamptz not null,
    primary key (city, id)
);
