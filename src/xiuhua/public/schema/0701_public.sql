-- The public page. What a citizen told stands with the report; here is only how they find it again, and what keeps
-- floods away. Nothing of it is in the event log.

-- Reports that came in by the page.
create table public_report (
    city       text        not null,
    report     text        not null,
    number     text        not null,       -- what the receipt shows; the report's external id
    language   text        not null,       -- zh | en
    me_too     text,                       -- number of the case that it says to be the same as
    contests   integer     not null default 0,
    created_at timestamptz not null,
    primary key (city, report)
);

-- Secret links by which a report is followed: digests only. A report may have several (receipt, mail).
create table public_link (
    city       text        not null,
    secret     bytea       not null,       -- SHA-256 of at least 128 random bits
    report     text        not null,
    created_at timestamptz not null,
    primary key (city, secret)
);
create index public_link_of_report on public_link (city, report);

-- Proofs of work and questions that were used, until they would have run out by themselves.
create table public_spent (
    city       text        not null,
    proof      bytea       not null,       -- SHA-256 of the challenge
    ticket     bytea       not null,       -- of the form it was used with: that form may be sent again
    expires_at timestamptz not null,
    primary key (city, proof)
);
create index public_spent_by_expiry on public_spent (expires_at);

-- How often something was done in an hour: by one address, by its neighbours, by all. Addresses are keyed digests.
create table public_tally (
    city  text        not null,
    what  text        not null,            -- report | mail
    who   bytea       not null,            -- empty: everybody
    hour  timestamptz not null,
    times integer     not null,
    primary key (city, what, who, hour)
);
create index public_tally_by_hour on public_tally (hour);

-- Who wants to be told by mail, of a report or an area. The address is personal; a row goes when it is not wanted.
create table public_mail (
    city         text        not null,
    id           text        not null,
    report       text,                     -- one of the two
    area         text,
    address      text        not null,
    language     text        not null,
    created_at   timestamptz not null,
    confirmed_at timestamptz,              -- null: asked for, and not confirmed yet
    told_at      timestamptz not null,     -- what was recorded later was not told yet
    seen         integer     not null default 0,  -- versions of report and case, added up, when it was last looked at
    primary key (city, id)
);
create unique index public_mail_once on public_mail (city, address, coalesce(report, ''), coalesce(area, ''));
create index public_mail_of_report on public_mail (city, report) where report is not null;
