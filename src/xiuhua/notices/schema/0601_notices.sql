-- Notices. All of it follows from the event log and the packs, but who has read what and which addresses people gave.

-- How far the log was read for a city.
create table notice_position (
    city   text        not null primary key,
    tx     bigint      not null default 0,
    number bigint      not null default 0,
    since  timestamptz not null,           -- when notices began here: nothing of before is told
    digest date                            -- the last day whose digest was made
);

-- What a person or another system is told.
create table notice (
    city     text        not null,
    id       text        not null,
    person   text,                         -- one of the two
    webhook  text,
    name     text        not null,         -- in the pack
    key      text        not null,         -- of the occasion: told once to each
    kind     text,                         -- case | report; null: the digest
    subject  text,
    number   text,
    urgent   boolean     not null,
    head     json        not null,         -- {"zh", "en"}
    body     json        not null,         -- {"zh", "en"}, and "short" likewise
    at       timestamptz not null,         -- of what it tells
    shown_at timestamptz not null,         -- after quiet hours
    ways     text[]      not null,         -- still to be sent out by; empty: nothing, or done
    read_at  timestamptz,
    primary key (city, id)
);
create unique index notice_once on notice (city, name, key, coalesce(person, ''), coalesce(webhook, ''));
create index notice_of_person on notice (city, person, shown_at desc, id desc) where person is not null;
create index notice_unread on notice (city, person) where read_at is null and person is not null;
create index notice_to_send on notice (shown_at) where ways <> '{}';

-- Steps of ladders that lie ahead.
create table reminder (
    city    text        not null,
    kind    text        not null,
    subject text        not null,
    clock   text        not null,
    leg     text        not null,          -- which running of the clock: its round, and how often it went on
    name    text        not null,          -- the notice
    rung    smallint    not null,
    turn    smallint    not null,          -- from 0; more with each time it is told again
    due     bigint      not null,          -- the clock's, epoch seconds
    at      timestamptz not null,
    primary key (city, kind, subject, clock, name, rung)
);
create index reminder_by_time on reminder (city, at);

-- Where people want to be told besides their inbox. Personal; gone with one statement.
create table notice_address (
    city    text        not null,
    person  text        not null,
    way     text        not null check (way in ('mail', 'sms', 'wechat')),
    address text        not null,
    since   timestamptz not null,
    primary key (city, person, way)
);

-- Other systems that are told.
create table webhook (
    city       text        not null,
    id         text        not null,
    url        text        not null,
    secret     text        not null,       -- signs what is sent; shown once
    names      text[]      not null,       -- notices it wants; empty: all
    created_at timestamptz not null,
    created_by text        not null,
    stopped_at timestamptz,
    primary key (city, id)
);
create index webhook_standing on webhook (city) where stopped_at is null;
