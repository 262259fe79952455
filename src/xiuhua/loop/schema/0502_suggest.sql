-- What was learnt from decisions. Can be made again from the event log and the texts that still stand.
create table suggest_model (
    city    text        not null,
    version integer     not null,
    made_at timestamptz not null,
    learnt  integer     not null,              -- decisions learnt from
    content bytea       not null,              -- labels, weights, record of guesses: NumPy arrays, compressed
    tally   jsonb       not null,              -- filing conditions chosen and units that handled, by category
    primary key (city, version)
);

-- How far the log was read: a transaction and a number within it (`eventlog.read_since`).
create table suggest_position (
    city   text   not null primary key,
    tx     bigint not null default 0,
    number bigint not null default 0
);
