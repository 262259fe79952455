-- The event log: the truth. Appended to, never changed; every stream chained by digest.

create sequence event_position;

create table event (
    city        text        not null,          -- the bureau's own 6-digit code
    stream      text        not null,          -- kind/id, e.g. case/0192…
    version     integer     not null check (version > 0),
    type        text        not null,          -- past tense, e.g. Dispatched
    schema      smallint    not null,          -- version of this type's payload; old ones are upcast on read
    payload     json        not null,          -- json, not jsonb: the digest is over these very bytes
    actor       text        not null,
    role        text        not null,          -- the role acted in
    at          timestamptz not null,          -- business time
    recorded_at timestamptz not null,          -- recording time, from the clock port
    ingested_at timestamptz not null default clock_timestamp(),  -- wall clock, not in the digest
    tx          xid8        not null default pg_current_xact_id(), -- for readers that must not skip late commits
    position    bigint      not null default nextval('event_position'),
    digest      bytea       not null,          -- first byte: algorithm; over the previous digest and this event
    primary key (city, stream, version)
);

create index event_by_tx on event (city, tx, position);

create table seal (
    city      text        not null,
    number    integer     not null,
    sealed_at timestamptz not null,
    next_tx   xid8        not null,            -- events of transactions below this are sealed by this or an earlier seal
    events    bigint      not null,            -- how many this seal covers
    heads     bytea       not null,            -- zlib of lines "stream version digest", streams touched since the last seal
    previous  bytea       not null,
    digest    bytea       not null,
    key_id    text        not null,
    signature bytea       not null,            -- Ed25519 over the digest; the key is kept outside the database
    primary key (city, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'table % only grows: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger event_no_change before update or delete on event for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event execute function refuse_change();
create trigger seal_no_change before update or delete on seal for each row execute function refuse_change();
create trigger seal_no_truncate before truncate on seal execute function refuse_change();

revoke update, delete, truncate on event, seal from xiuhua_app;

-- What is personal and may have to be erased: texts of reporters, contacts. Events hold only a salted digest.
create table personal (
    city      text        not null,
    id        text        not null,
    kind      text        not null,            -- report | case
    salt      bytea       not null,
    content   jsonb,                           -- null after erasure
    kept_at   timestamptz not null,
    erased_at timestamptz,
    erased_by text,
    primary key (city, id)
);

-- Every look at something personal.
create table access_log (
    city   text        not null,
    id     bigint      generated always as identity,
    at     timestamptz not null,
    actor  text        not null,
    subject text       not null,
    what   text        not null,
    why    text        not null,
    primary key (city, id)
);
create trigger access_log_no_change before update or delete on access_log for each row execute function refuse_change();
revoke update, delete, truncate on access_log from xiuhua_app;

-- Answers already given, so that a repeated request changes nothing.
create table idempotency (
    city    text        not null,
    actor   text        not null,
    key     text        not null,
    request bytea       not null,              -- digest of method, path and body
    status  smallint    not null,
    answer  json        not null,
    at      timestamptz not null,
    primary key (city, actor, key)
);

-- Counters that hand out numbers without gaps being reused (case numbers of a day).
create table counter (
    city  text   not null,
    name  text   not null,
    value bigint not null,
    primary key (city, name)
);

-- What a process may keep in memory until it changes: areas, duties, calendars, packs.
create table revision (
    city  text   not null,
    kind  text   not null,
    value bigint not null default 1,
    primary key (city, kind)
);
