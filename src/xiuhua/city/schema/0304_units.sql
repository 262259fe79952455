-- Who: bureaus, units, people, posts, time bands and duty cards. A row is written once; the only change it ever
-- sees is the mark that another row took its place (superseded_at). What no longer holds is closed by valid_to,
-- the last day inclusive; a valid_to before valid_from means that the row never came to hold.

create table bureau (
    city        text        primary key check (city ~ '^[1-9][0-9]{5}$'),
    name        text        not null,
    name_en     text        not null default '',
    time_zone   text        not null,
    parent_city text        references bureau (city),
    recorded_at timestamptz not null,
    check (parent_city <> city)
);

create table unit (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    kind          text        not null check (kind in
        ('bureau', 'district', 'street', 'squad', 'contractor', 'department', 'centre', 'external')),
    name          text        not null,
    name_en       text        not null default '',
    parent        text,
    organisation  text,                        -- null: computed, see units/directory.py
    credit_code   text,                        -- GB 32100-2015, 18 signs
    desk          text        not null check (desk in ('own', 'offline')),
    proxy         text,                        -- unit or person that acts for an offline unit
    contact       text        not null default '',  -- a duty office, never a personal number
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index unit_standing on unit (city, code, valid_from) where superseded_at is null;

create table person (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    name          text        not null,
    unit          text        not null,
    active        boolean     not null,
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index person_standing on person (city, code, valid_from) where superseded_at is null;

create table post (
    city          text        not null,
    row_no        bigint      generated always as identity,
    person        text        not null,
    role          text        not null,
    unit          text,                        -- whose desk; null: of a centre that serves all units
    area          text,                        -- null: the whole city
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index post_standing on post
    (city, person, role, coalesce(unit, ''), coalesce(area, ''), valid_from) where superseded_at is null;

create table time_band (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    name          text        not null,
    hours         text        not null,        -- e.g. 1-5 18:00-08:00; 6,7 00:00-24:00
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index time_band_standing on time_band (city, code, valid_from) where superseded_at is null;

-- The six fixings of a duty grid; what is empty is reported as missing.
create table duty_card (
    city           text        not null,
    row_no         bigint      generated always as identity,
    duty_grid      text        not null,
    person         text        not null,
    time_band      text        not null,
    role           text        not null,
    duty           text        not null,
    standard       text        not null,
    reward_penalty text        not null,
    valid_from     date        not null,
    valid_to       date,
    recorded_at    timestamptz not null,
    superseded_at  timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index duty_card_standing on duty_card
    (city, duty_grid, person, time_band, role, valid_from) where superseded_at is null;

-- The application may add rows and mark them as superseded, nothing else.
revoke update, delete, truncate on unit, person, post, time_band, duty_card from xiuhua_app;
grant update (superseded_at) on unit, person, post, time_band, duty_card to xiuhua_app;
