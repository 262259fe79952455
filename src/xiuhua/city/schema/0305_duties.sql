-- Who answers for what. Rows are written once and later superseded, as in 0304_units.sql.

create table contract (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    name          text        not null,
    unit          text        not null,        -- the contractor
    source        text        not null,        -- number of the contract document
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index contract_standing on contract (city, code, valid_from) where superseded_at is null;

create table contract_section (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    name          text        not null,
    contract      text        not null,
    places        text[]      not null,        -- area and road segment codes, one side of a segment as CODE/L
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index contract_section_standing on contract_section (city, code, valid_from)
    where superseded_at is null;

create table category_group (
    city          text        not null,
    row_no        bigint      generated always as identity,
    code          text        not null,
    name          text        not null,
    members       text[]      not null,        -- category keys, classes, kinds
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index category_group_standing on category_group (city, code, valid_from)
    where superseded_at is null;

create table duty (
    city          text        not null,
    row_no        bigint      generated always as identity,
    id            bigint      not null,        -- number within the bureau, kept when a row is closed or corrected
    draft         text        not null,        -- '' = in force
    kind          text        not null check (kind in ('regulate', 'handle', 'enforce', 'maintain')),
    category      text        not null,
    place_kind    text        not null check (place_kind in
        ('record', 'road_segment', 'section', 'unit_grid', 'duty_grid', 'community', 'street', 'district', 'city',
         'everywhere')),
    place         text        not null,
    side          text        not null check (side in ('', 'L', 'R', 'both')),
    time_band     text        not null,        -- '' = always
    owner         text        not null,        -- '' = whoever owns it
    unit          text        not null,        -- '-' = nobody, by rule
    source        text        not null,
    source_case   text        not null,        -- the case whose adjudication made it
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index duty_standing on duty
    (city, draft, kind, category, place_kind, place, side, time_band, owner, unit, valid_from)
    where superseded_at is null;
create index duty_by_id on duty (city, id);

revoke update, delete, truncate on contract, contract_section, category_group, duty from xiuhua_app;
grant update (superseded_at) on contract, contract_section, category_group, duty to xiuhua_app;
