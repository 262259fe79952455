-- Documents of all kinds; a projection of the streams `document/<id>`.
create table document (
    city       text        not null,
    id         text        not null,
    version    integer     not null,
    head       bytea       not null,
    kind       text        not null,
    state      text        not null,
    title      text        not null,
    number     text,                        -- once it is published
    series     text,
    year       integer,                     -- 0: a series that goes on for ever
    n          integer,
    since      date,                        -- the first day it is in force
    until      date,                        -- the last one; null: until it is revoked or replaced
    due_on     date,                        -- the day on which the clock has something to do with it
    waits      text,                        -- the role that approves it next
    replaces   text,
    open       boolean     not null,        -- published for everybody
    facets     text[]      not null,        -- two signs of its title or number
    opened_at  timestamptz not null,
    changed_at timestamptz not null,
    doc        json        not null,
    primary key (city, id)
);
create unique index document_by_number on document (city, series, year, n) where n is not null;
create index document_by_change on document (city, changed_at desc, id desc);
create index document_by_kind on document (city, kind, changed_at desc, id desc);
create index document_by_facet on document using gin (facets);
create index document_in_force on document (city, since, until) where since is not null;
create index document_due on document (city, due_on) where due_on is not null;
create index document_waits on document (city, waits) where waits is not null;
create index document_replaces on document (city, replaces) where replaces is not null;

-- The last number of each series and year: the lock that keeps numbers without gaps.
create table document_series (
    city   text    not null,
    series text    not null,
    year   integer not null,
    last   integer not null,
    primary key (city, series, year)
);
