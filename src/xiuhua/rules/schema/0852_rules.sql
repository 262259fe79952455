-- How far the rules have read the log of a city.
create table rule_position (
    city   text        not null primary key,
    tx     bigint      not null default 0,
    number bigint      not null default 0,
    since  timestamptz not null            -- when rules began here: nothing of before raises anything
);

-- How far a rule over dates has come on a day.
create table rule_day (
    city  text not null,
    rule  text not null,
    day   date not null,
    after text,                            -- the last record looked at; null: the day is done
    primary key (city, rule)
);

-- What a rule remembers of a thing.
create table rule_memory (
    city   text not null,
    rule   text not null,
    key    text not null,
    memory json not null,
    primary key (city, rule, key)
);

-- What rules have raised; a projection of the streams `finding/<id>`.
create table rule_finding (
    city       text        not null,
    id         text        not null,
    version    integer     not null,
    head       bytea       not null,
    rule       text        not null,
    key        text        not null,
    state      text        not null,
    role       text,                       -- of those who look after it
    raised_at  timestamptz not null,
    changed_at timestamptz not null,
    doc        json        not null,
    primary key (city, id)
);
create unique index rule_finding_open on rule_finding (city, rule, key) where state in ('open', 'taken');
create index rule_finding_by_time on rule_finding (city, raised_at desc, id desc);
