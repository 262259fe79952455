-- What changed of the cases in brief, round by round: who holds them in memory takes in only that.
alter table brief_position
    add column round bigint not null default 0,
    add column begun timestamptz not null default clock_timestamp();  -- another one: all of it was made again

create table brief_round (
    city  text   not null,
    round bigint not null,
    nos   bigint[] not null,
    primary key (city, round)
);
