-- Entries of all ledgers; a projection of the streams `entry/<id>`.
create table ledger_entry (
    city         text           not null,
    id           text           not null,
    version      integer        not null,
    head         bytea          not null,
    ledger       text           not null,
    key          text,                          -- what makes it once: of a file's row, of a closed case
    day          date           not null,
    quantity     numeric(24, 6) not null,       -- in the ledger's unit; below zero: out of a store, or a counter-entry
    weight       smallint       not null,       -- how many entries it counts for: 1, a counter-entry -1, a stocktake 0
    thing        text,                          -- id of a record
    store        text,                          -- of a ledger with a balance: what is counted for itself
    scopes       text[]         not null,       -- areas around it, the smallest first
    unit_grid    text,
    lon          float8,
    lat          float8,
    tile         bigint         not null,       -- Web Mercator at zoom 20, bits of x and y in turn; -1: no place
    of_unit      text,                          -- whose work it is
    facets       text[]         not null,       -- `ledger:dimension=value`; of a dimension with `*` sums are by month
    late         integer        not null,       -- days between its day and the day it was entered
    counters     text,                          -- the entry that it takes back
    countered_by text,
    opened_at    timestamptz    not null,
    doc          json           not null,
    primary key (city, id)
);
create unique index ledger_entry_by_key on ledger_entry (city, ledger, key) where key is not null;
create unique index ledger_entry_countered on ledger_entry (city, counters) where counters is not null;
create index ledger_entry_by_day on ledger_entry (city, ledger, day desc, id desc);
create index ledger_entry_by_thing on ledger_entry (city, thing, day desc, id desc) where thing is not null;
create index ledger_entry_by_facet on ledger_entry using gin (facets);
create index ledger_entry_by_scope on ledger_entry using gin (scopes);

-- What entries add up to, by ledger, dimension, value and day: a projection of `ledger_entry`, kept in the same
-- transaction. Of the dimension '' there is all of a ledger; `area`, `unit`, `thing*`, `store`, and the ledger's own fields.
create table ledger_sum (
    city      text           not null,
    ledger    text           not null,
    dimension text           not null,
    value     text           not null,
    day       date           not null,          -- of a dimension that ends in `*` the first of the month
    quantity  numeric(30, 6) not null,
    entries   bigint         not null,
    primary key (city, ledger, dimension, value, day)
);
create index ledger_sum_by_day on ledger_sum (city, ledger, dimension, day, value) include (quantity, entries);
