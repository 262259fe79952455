-- Whose turn it is: one row for each place a subject waits in; gone when it moves on.
create table task (
    city    text        not null,
    kind    text        not null,          -- case | report | …
    subject text        not null,
    ordinal smallint    not null,
    role    text        not null,
    unit    text,                          -- at this unit's desk
    person  text,                          -- for this very person
    scopes  text[]      not null,          -- areas that hold the subject, for posts bound to an area
    track   text        not null,
    n       integer,                       -- instance of a side track
    state   text        not null,
    clock   text,
    since   timestamptz not null,
    due     timestamptz,
    primary key (city, kind, subject, ordinal)
);
create index task_of_role on task (city, role, due, subject, ordinal) where unit is null and person is null;
create index task_of_unit on task (city, unit, role, due, subject, ordinal) where unit is not null;
create index task_of_person on task (city, person, due, subject, ordinal) where person is not null;

-- What the clock does by itself.
create table timer (
    city    text        not null,
    kind    text        not null,
    subject text        not null,
    ordinal smallint    not null,
    at      timestamptz not null,
    action  text        not null,
    track   text        not null,
    n       integer,
    primary key (city, kind, subject, ordinal)
);
create index timer_due on timer (at);
