-- Sums of a file's facts by month and one dimension, kept beside it. Nothing is lost with them.
create table fact_rollup (
    city       text not null,
    id         text not null,
    file       text not null,                  -- the file of `fact_file` whose rows they add up
    tbl        text not null,
    measures   text not null,                  -- digest of what is added up, and by what
    primary key (city, id),
    foreign key (city, file) references fact_file (city, id) on delete cascade
);
create unique index fact_rollup_of_file on fact_rollup (city, file, measures);
