-- Photos: what is known of them. Their bytes lie outside the database, by city and digest.
create table media (
    city       text             not null,
    id         text             not null,
    kind       text             not null,       -- photo
    digest     bytea            not null,       -- SHA-256 of the file as it came; the file itself is not kept
    bytes      integer          not null,       -- of the file as it came
    width      integer          not null,       -- of what is shown, upright
    height     integer          not null,
    taken_at   timestamptz,                     -- by the camera's clock
    lon        double precision,                -- as the camera wrote it, datum unchanged
    lat        double precision,
    datum      text,                            -- the camera's own note; null: not said
    created_at timestamptz      not null,
    created_by text             not null,
    primary key (city, id)
);
create unique index media_by_digest on media (city, digest);
