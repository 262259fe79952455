-- Imports of files of reports, asked for in the console and done by a job.
create table import_run (
    city          text        not null,
    id            text        not null,
    asked_by      text        not null,
    asked_at      timestamptz not null,
    name          text        not null,            -- of the file
    bytes         integer     not null,
    content       bytea,                           -- the file, until the run has ended
    language      text        not null,            -- zh-CN | en: of the reasons in the file of rejected rows
    state         text        not null default 'uploaded'
                  check (state in ('uploaded', 'waiting', 'running', 'done', 'cancelled', 'refused')),
    mapping       json,
    started_at    timestamptz,
    ended_at      timestamptz,
    cancel_at     timestamptz,                     -- somebody wants it to stop
    fraction      float8      not null default 0,  -- of the file
    new           integer     not null default 0,  -- counted in the transaction that takes the rows in
    unchanged     integer     not null default 0,
    rejected      integer     not null default 0,
    skipped       integer     not null default 0,
    reasons       json        not null default '[]',
    errors        json        not null default '[]',
    rejected_file bytea,
    primary key (city, id)
);
create index import_run_of on import_run (city, asked_by, id desc);
create index import_run_waiting on import_run (state, asked_at) where ended_at is null;

-- Mappings kept for the next file of the same form.
create table import_mapping (
    city       text        not null,
    id         text        not null,
    title      text        not null,
    mapping    json        not null,
    created_by text        not null,
    created_at timestamptz not null,
    primary key (city, id),
    unique (city, title)
);
