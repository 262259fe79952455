-- Where and when reports were, and their words as 32 bytes that cannot be read back: what duplicates are found by.
-- A row is written once, apart from the report's own, which changes with every action; filled by the worker.
create table report_trace (
    city   text        not null,
    report text        not null,
    cell   bigint      not null,               -- of a grid of 0.002 degrees: row * 2^20 + column
    at     timestamptz not null,
    lon    float8      not null,
    lat    float8      not null,
    sketch bytea       not null,
    primary key (city, report)
);
create index report_trace_by_cell on report_trace (city, cell, at desc);

-- How far the log was read for it.
create table trace_position (
    city   text   not null primary key,
    tx     bigint not null default 0,
    number bigint not null default 0
);

-- What machines keep telling: one open report for each thing and kind of event, and how often it was told.
create table machine_event (
    city     text        not null,
    thing    text        not null,
    kind     text        not null,
    report   text        not null,
    times    integer     not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (city, thing, kind)        -- a report that has ended gives way to the next one
);
