-- Who may sign in, how they are known between requests, and what they were told when they asked twice.

create table account (
    city          text        not null,
    name          text        not null,          -- sign-in name, case folded; unique in its city
    person        text        not null,          -- person code: the actor of every act
    title         text        not null default '', -- the person's name as shown to colleagues
    roles         text[]      not null default '{}', -- held through the account itself, over the whole city
    password_hash text,                          -- argon2id; null: tokens only
    must_change   boolean     not null default false,
    valid         boolean     not null default true,
    version       integer     not null default 1,
    created_at    timestamptz not null,
    changed_at    timestamptz not null,
    primary key (city, name)
);
create unique index account_of_person on account (city, person);
create index account_by_name on account (name);

-- Failed tries by the name that was typed, known or not, so that nothing tells which names exist.
create table sign_in_failure (
    city         text        not null,           -- empty: no city was told and no account is known
    name         text        not null,
    failed       integer     not null,
    locked_until timestamptz,
    at           timestamptz not null,
    primary key (city, name)
);
create index sign_in_failure_by_time on sign_in_failure (at);

create table session (
    city       text        not null,
    digest     bytea       not null,             -- SHA-256 of the token; the token itself is with the browser only
    account    text        not null,
    created_at timestamptz not null,
    seen_at    timestamptz not null,             -- to within some minutes
    expires_at timestamptz not null,
    primary key (city, digest),
    foreign key (city, account) references account on delete cascade
);
create index session_of_account on session (city, account);
create index session_by_expiry on session (expires_at);

create table token (
    city       text        not null,
    id         text        not null,
    account    text        not null,
    name       text        not null,
    digest     bytea       not null,
    scopes     text[]      not null,             -- permissions, at most those of its owner
    created_at timestamptz not null,
    seen_at    timestamptz,                      -- to within some minutes
    expires_at timestamptz not null,
    revoked_at timestamptz,
    primary key (city, id),
    foreign key (city, account) references account on delete cascade
);
create unique index token_by_digest on token (city, digest);
create index token_of_account on token (city, account);

-- An answer is its headers as well: a repeated request gets the same ETag and Location.
alter table idempotency add column headers json not null default '{}';
create index idempotency_by_time on idempotency (at);

-- Looks at personal data and seals are looked up by what they are about.
create index access_log_by_subject on access_log (city, subject, id);
create trigger access_log_no_truncate before truncate on access_log execute function refuse_change();
