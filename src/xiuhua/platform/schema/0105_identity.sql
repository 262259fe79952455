-- Identity, hardened: where sessions are open, devices that are known, second factors, old passwords, one sign-in for
-- all (OpenID Connect). Every column that is added may be empty, so that programs of the version before go on working.

alter table session add column address text not null default '';  -- the client's, as trusted proxies tell it
alter table session add column device  text not null default '';  -- User-Agent, cut
alter table session add column subject text;                      -- opened by OpenID Connect: the provider's subject

alter table account add column password_at timestamptz;           -- null: not changed since this column exists

-- A browser that has signed in with the account before: wrong tries of others do not lock it out.
create table known_device (
    city    text        not null,
    account text        not null,
    digest  bytea       not null,          -- SHA-256 of what the cookie holds
    seen_at timestamptz not null,
    primary key (city, account, digest),
    foreign key (city, account) references account on delete cascade
);
create index known_device_by_time on known_device (seen_at);
create index known_device_by_digest on known_device (digest);

-- Codes by time (RFC 6238). The secret is encrypted with a key outside the database.
create table second_factor (
    city         text        not null,
    account      text        not null,
    secret       bytea       not null,
    made_at      timestamptz not null,
    confirmed_at timestamptz,              -- null: shown, but no code has come back yet
    last_step    bigint      not null default 0, -- the step of the newest code taken: none serves twice
    primary key (city, account),
    foreign key (city, account) references account on delete cascade
);
create table recovery_code (
    city    text  not null,
    account text  not null,
    digest  bytea not null,                -- a row goes when its code is used
    primary key (city, account, digest),
    foreign key (city, account) references second_factor on delete cascade
);

create table password_past (
    city    text        not null,
    account text        not null,
    hash    text        not null,
    at      timestamptz not null,          -- until when it was in use
    primary key (city, account, at),
    foreign key (city, account) references account on delete cascade
);

-- Who of a provider is which account: bound at the first sign-in, so that a name given anew opens nothing.
create table provider_subject (
    city     text        not null,
    issuer   text        not null,
    subject  text        not null,
    account  text        not null,
    bound_at timestamptz not null,
    primary key (city, issuer, subject),
    foreign key (city, account) references account on delete cascade
);
create unique index provider_subject_of_account on provider_subject (city, account, issuer);

-- Sign-ins on their way through a provider; a row is taken once.
create table provider_flow (
    state    bytea       not null primary key, -- SHA-256 of the state
    city     text,
    nonce    text        not null,
    verifier text        not null,
    at       timestamptz not null
);
create index provider_flow_by_time on provider_flow (at);

-- The audit list is read newest first, by who and by what.
create index access_log_by_actor on access_log (city, actor, id);

-- What is still there of personal data, oldest first: for erasure by age.
create index personal_unerased on personal (city, kept_at) where erased_at is null;
