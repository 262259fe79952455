-- Projections of the loop. Everything here can be made again from the event log (`xiuhua replay`).
create table report (
    city        text        not null,
    id          text        not null,
    version     integer     not null,
    head        bytea       not null,
    source      text        not null,
    external_id text        not null,
    state       text        not null,
    case_id     text,
    category    text,
    scopes      text[]      not null,
    unit_grid   text,
    lon         float8,
    lat         float8,
    reported_at timestamptz not null,
    opened_at   timestamptz not null,
    outcome     text,
    doc         json        not null,
    primary key (city, id)
);
create unique index report_of_source on report (city, source, external_id);
create index report_by_time on report (city, opened_at desc, id desc);
create index report_of_case on report (city, case_id) where case_id is not null;

create table city_case (
    city           text        not null,
    id             text        not null,
    version        integer     not null,
    head           bytea       not null,
    number         text        not null,
    state          text        not null,
    category       text,
    source         text,
    unit           text,
    organisation   text,
    scopes         text[]      not null,
    unit_grid      text,
    lon            float8,
    lat            float8,
    opened_at      timestamptz not null,
    filed_at       timestamptz,
    due            timestamptz,
    handed_back_at timestamptz,
    closed_at      timestamptz,
    overdue        boolean     not null,
    suspended      boolean     not null,
    doc            json        not null,
    primary key (city, id)
);
create unique index city_case_by_number on city_case (city, number);
create index city_case_by_time on city_case (city, opened_at desc, id desc);
create index city_case_by_state on city_case (city, state, opened_at desc, id desc);
create index city_case_by_unit on city_case (city, unit, opened_at desc, id desc) where unit is not null;
create index city_case_by_category on city_case (city, category, opened_at desc, id desc);
create index city_case_by_grid on city_case (city, unit_grid, opened_at desc) where unit_grid is not null;
create index city_case_by_scope on city_case using gin (scopes);
