-- Installed packs by digest, which of them is in force in which city, and what a city sets otherwise.
-- All three only grow: a running case finds the version it began under, and every setting can be told as of any day.

-- Of the whole installation: a version is the same in every city.
create table pack_version (
    digest       text        primary key,      -- SHA-256 (hex) of content
    name         text        not null,
    version      integer     not null check (version > 0),
    grammar      smallint    not null,         -- version of the language it is written in; old ones are upcast on read
    content      json        not null,         -- json, not jsonb: order counts, and the digest is over it
    installed_at timestamptz not null,
    unique (name, version)
);

create table pack_active (
    city        text        not null,
    row_no      bigint      generated always as identity,
    name        text        not null,
    digest      text        not null references pack_version (digest),
    recorded_at timestamptz not null,
    primary key (city, row_no)
);
create index pack_active_by_name on pack_active (city, name, row_no desc);

-- Of the rows that hold on a day the last recorded one counts; a value of null gives the pack's default back.
create table pack_setting (
    city        text        not null,
    row_no      bigint      generated always as identity,
    pack        text        not null,
    procedure   text        not null,
    name        text        not null,
    value       json,
    valid_from  date        not null,
    valid_to    date,
    recorded_at timestamptz not null,
    primary key (city, row_no),
    check (valid_to >= valid_from)
);
create index pack_setting_by_name on pack_setting (city, procedure, name, row_no);

create trigger pack_version_no_change before update or delete on pack_version
    for each row execute function refuse_change();
create trigger pack_active_no_change before update or delete on pack_active
    for each row execute function refuse_change();
create trigger pack_setting_no_change before update or delete on pack_setting
    for each row execute function refuse_change();
create trigger pack_version_no_truncate before truncate on pack_version execute function refuse_change();
create trigger pack_active_no_truncate before truncate on pack_active execute function refuse_change();
create trigger pack_setting_no_truncate before truncate on pack_setting execute function refuse_change();
revoke update, delete, truncate on pack_version, pack_active, pack_setting from xiuhua_app;
