-- Proceedings of all procedures but those of reports and cases; a projection of the streams `<subject>/<id>`.
create table proceeding (
    city       text        not null,
    id         text        not null,
    version    integer     not null,
    head       bytea       not null,
    procedure  text        not null,
    subject    text        not null,
    number     text,                          -- null where the procedure numbers nothing
    state      text        not null,
    outcome    text,                          -- of a final state
    title      text        not null,
    unit       text,
    person     text,
    units      text[]      not null,          -- all that it is about or waits for
    people     text[]      not null,
    scopes     text[]      not null,          -- areas around it, the smallest first
    about_kind text,                          -- what it is about: record, case, inspection …
    about_id   text,
    parent     text,
    day        date,                          -- the day that it is for, where there is one
    due        timestamptz,
    opened_at  timestamptz not null,
    closed_at  timestamptz,
    overdue    boolean     not null,          -- found late while it went on, or ended late
    doc        json        not null,
    primary key (city, id)
);
create unique index proceeding_by_number on proceeding (city, procedure, number) where number is not null;
create index proceeding_by_time on proceeding (city, opened_at desc, id desc);
create index proceeding_by_procedure on proceeding (city, procedure, opened_at desc, id desc);
create index proceeding_by_day on proceeding (city, procedure, day) where day is not null;
create index proceeding_of_parent on proceeding (city, parent) where parent is not null;
create index proceeding_about on proceeding (city, about_kind, about_id) where about_id is not null;
create index proceeding_open on proceeding (city, due) where closed_at is null;
create index proceeding_by_scope on proceeding using gin (scopes);
create index proceeding_by_unit on proceeding using gin (units);
create index proceeding_by_person on proceeding using gin (people);

-- Rounds that procedures with a schedule have begun: one of a day, whoever is first.
create table proceeding_round (
    city      text    not null,
    procedure text    not null,
    day       date    not null,
    begun     integer not null,
    primary key (city, procedure, day)
);
