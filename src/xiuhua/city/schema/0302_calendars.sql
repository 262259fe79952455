-- Calendars, holidays, and which role follows which calendar. A row is written once; the only change it ever
-- sees is the mark that another row took its place (superseded_at). What no longer holds is closed by valid_to,
-- the last day inclusive.

create table calendar (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    valid_from    date        not null,
    valid_to      date,
    spec          json        not null,        -- the written form, checked by city/calendars/forms.py
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from)
);
create unique index calendar_standing on calendar (city, code, valid_from) where superseded_at is null;

create table holiday (
    city          text        not null,
    row_no        bigint      generated always as identity,
    day           date        not null,
    kind          text        not null check (kind in ('holiday', 'workday')),
    name          text        not null,
    source        text        not null,        -- the file or form it came from
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no)
);
create unique index holiday_standing on holiday (city, day) where superseded_at is null;

-- Years with an official arrangement: after the last one deadlines in work time are provisional.
create table announced_year (
    city        text        not null,
    year        smallint    not null,
    source      text        not null,
    recorded_at timestamptz not null,
    primary key (city, year)
);

create table role_calendar (
    city          text        not null,
    row_no        bigint      generated always as identity,
    role          text        not null,
    calendar      text        not null,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no)
);
create unique index role_calendar_standing on role_calendar (city, role) where superseded_at is null;

-- Every content under which a deadline may ever have been computed, by digest.
create table calendar_version (
    city        text        not null,
    digest      text        not null,
    code        text        not null,
    content     json        not null,
    recorded_at timestamptz not null,
    primary key (city, digest)
);
create trigger calendar_version_no_change before update or delete on calendar_version
    for each row execute function refuse_change();
create trigger calendar_version_no_truncate before truncate on calendar_version
    for each statement execute function refuse_change();
revoke update, delete, truncate on calendar_version from xiuhua_app;
