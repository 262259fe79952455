-- What is managed: categories of parts and matters by standard, what old codes became, and filing conditions with
-- their limits. A row is written once; the only change it ever sees is the mark that another took its place
-- (superseded_at). A condition that no longer holds is closed by valid_to, the last day inclusive; a valid_to
-- before valid_from means that the version never came to hold.

create table category (
    city          text        not null,
    row_no        bigint      generated always as identity,
    standard      text        not null,        -- GB/T 47678.5, GB/T 30428.2, local:<city> …
    kind          text        not null check (kind in ('part', 'matter')),
    code          text        not null check (code ~ '^[0-9]{4,6}$'),
    name          text        not null,
    class_code    text        not null,
    class_name    text        not null,
    name_en       text        not null default '',
    class_name_en text        not null default '',
    kind_word     text        not null default '',  -- the standard's own word for the kind
    also          text[]      not null default '{}',  -- other names of the same code
    part_code     text        not null default '',  -- of a matter that is the fault of a part: that part's code
    status        text        not null check (status in ('in_force', 'superseded')),
    valid_from    date,                        -- first day the standard was in force; null: no source says
    valid_to      date,
    source        text        not null default '',
    trust         text        not null check (trust in ('G', 'C', 'P', 'I', 'R')),
    origin        text        not null,        -- pack:<name>, or set:<name> for what an import of conditions added
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no)
);
create unique index category_standing on category (city, standard, kind, code) where superseded_at is null;

create table category_mapping (
    city          text        not null,
    row_no        bigint      generated always as identity,
    old_key       text        not null,
    new_key       text        not null,        -- empty: dropped
    how           text        not null check (how in ('same_position', 'renamed', 'moved', 'dropped', 'unsure')),
    trust         text        not null check (trust in ('G', 'C', 'P', 'I', 'R')),
    note          text        not null default '',
    origin        text        not null,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check ((how = 'dropped') = (new_key = ''))
);
create unique index category_mapping_standing on category_mapping (city, old_key, new_key)
    where superseded_at is null;

create table filing_condition (
    city          text        not null,
    row_no        bigint      generated always as identity,
    id            text        not null,        -- <set>/<kind>/<code>/<n>[A|B|C]
    version       integer     not null check (version > 0),
    standard_set  text        not null,
    category      text        not null,        -- key in the codes the set is written in
    condition     text        not null,
    milestones    jsonb       not null,        -- [{amount, kind, title?, proof?, season?}]
    closing       text        not null,
    limit_text    text        not null default '',  -- the limit in the source's words
    area_class    text        check (area_class in ('A', 'B', 'C')),  -- null: the same everywhere
    by_notice     boolean     not null default false,  -- the set itself allows closing by notice
    flags         jsonb       not null default '[]',   -- [{code, field, text}]: what a person should look at
    source        text        not null default '',
    valid_from    date        not null,
    valid_to      date,
    recorded_at   timestamptz not null,
    superseded_at timestamptz,
    primary key (city, row_no),
    check (valid_to >= valid_from - 1)
);
create unique index filing_condition_standing on filing_condition (city, id, version) where superseded_at is null;
create index filing_condition_by_set on filing_condition (city, standard_set) where superseded_at is null;
