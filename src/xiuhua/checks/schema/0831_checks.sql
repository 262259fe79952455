-- Inspections by checklists; a projection of the streams `inspection/<id>`.
create table inspection (
    city        text        not null,
    id          text        not null,
    version     integer     not null,
    head        bytea       not null,
    number      text        not null,
    checklist   text        not null,
    state       text        not null,
    thing       text        not null,           -- id of the record, code of the area or unit; empty: a place
    called      text        not null,           -- what people call it by
    unit        text,                           -- that answers for it
    inspectors  text[]      not null,
    round       text,
    party       text,
    scopes      text[]      not null,           -- areas around it, the smallest first
    lon         float8,
    lat         float8,
    score       numeric,
    original    numeric,
    band        text,
    list        text,                           -- red, black
    failed      integer     not null,           -- items that failed
    open        integer     not null,           -- rectifications that wait for the unit
    recheck     integer     not null,           -- rectifications that wait for a recheck
    late        integer     not null,           -- rectifications that wait for the unit and were told to be late
    next_due    timestamptz,                    -- the first deadline of what waits for the unit and was not told to be late
    begun_at    timestamptz not null,
    finished_at timestamptz,
    changed_at  timestamptz not null,
    doc         json        not null,
    primary key (city, id)
);
create index inspection_by_time on inspection (city, begun_at desc, id desc);
create index inspection_by_checklist on inspection (city, checklist, begun_at desc, id desc);
create index inspection_by_thing on inspection (city, thing, begun_at desc) where thing <> '';
create index inspection_by_round on inspection (city, round) where round is not null;
create index inspection_by_unit on inspection (city, unit, begun_at desc) where unit is not null;
create index inspection_waiting on inspection (city, begun_at desc) where open > 0 or recheck > 0;
create index inspection_by_due on inspection (next_due) where next_due is not null;
create index inspection_by_scope on inspection using gin (scopes);
create index inspection_by_inspector on inspection using gin (inspectors);

-- Rounds: a checklist over many things; a projection of the streams `round/<id>`.
create table inspection_round (
    city        text        not null,
    id          text        not null,
    version     integer     not null,
    head        bytea       not null,
    checklist   text        not null,
    title       text        not null,
    state       text        not null,
    due         timestamptz not null,
    things      integer     not null,
    opened_at   timestamptz not null,
    closed_at   timestamptz,
    doc         json        not null,           -- the state without its things
    primary key (city, id)
);
create index inspection_round_by_time on inspection_round (city, opened_at desc, id desc);
create index inspection_round_before on inspection_round (city, checklist, opened_at desc);
create index inspection_round_by_due on inspection_round (due) where state = 'open';

-- The things of a round.
create table round_thing (
    city        text        not null,
    round       text        not null,
    thing       text        not null,
    place       integer     not null,           -- in the order of the round
    key         text        not null,
    called      text        not null,
    unit        text,
    type        text,                           -- by which it was drawn
    inspectors  text[]      not null,           -- drawn; empty: whoever may
    scopes      text[]      not null,
    score       numeric,                        -- once the round is closed
    missed      boolean,                        -- once the round is closed
    primary key (city, round, thing)
);
