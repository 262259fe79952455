-- Plans in use, turns of rosters, campaigns, results decided elsewhere; a projection of the streams `<kind>/<id>`.
create table undertaking (
    city       text        not null,
    kind       text        not null,           -- plan | roster | campaign | result
    id         text        not null,
    version    integer     not null,
    head       bytea       not null,
    name       text        not null,           -- the plan of a turn, the title of a campaign or result
    key        text,                           -- what makes it the same in the world; null: nothing, or ended
    state      text        not null,
    begins     timestamptz not null,           -- of days: midnight UTC of the first
    ends       timestamptz not null,           -- of days: midnight UTC of the last
    person     text,
    opened_at  timestamptz not null,
    changed_at timestamptz not null,
    doc        json        not null,
    primary key (city, kind, id)
);
create unique index undertaking_by_key on undertaking (city, kind, key) where key is not null;
create index undertaking_by_time on undertaking (city, kind, begins desc, id desc);
create index undertaking_by_name on undertaking (city, kind, name, begins);
