-- Lists by any filters, search, saved filters, bulk actions.

alter table city_case add column tags text[] not null default '{}';
alter table report add column tags text[] not null default '{}';

-- What a case or report is listed by, besides its areas and tags, as one set; each facet begins with its city. Single
-- expressions, so that PostgreSQL puts them in the place of the call wherever it stands.
create function case_facets(
    city text, state text, category text, unit text, source text, overdue boolean, suspended boolean
) returns text[] language sql immutable parallel safe as $$
    select array[
        city || ':s:' || state, city || ':c:' || category, city || ':u:' || unit, city || ':f:' || source,
        case when overdue then city || ':overdue' end, case when suspended then city || ':suspended' end
    ]
$$;
create function report_facets(city text, state text, category text, source text, outcome text)
returns text[] language sql immutable parallel safe as $$
    select array[
        city || ':s:' || state, city || ':c:' || category, city || ':f:' || source, city || ':o:' || outcome
    ]
$$;

-- One index over all of it in the place of one for each column. The waiting list is short, since readers go through
-- it: a list by rare values must not wait for what was written a moment ago.
create index city_case_by_facet on city_case using gin (
    (case_facets(city, state, category, unit, source, overdue, suspended)), scopes, tags
) with (gin_pending_list_limit = 256);
create index report_by_facet on report using gin (
    (report_facets(city, state, category, source, outcome)), scopes, tags
) with (gin_pending_list_limit = 256);
create index city_case_waiting on city_case (city, due)
    where closed_at is null and handed_back_at is null and due is not null;
drop index city_case_by_state, city_case_by_unit, city_case_by_category, city_case_by_grid, city_case_by_scope;

-- Texts as pairs of characters: what a masked view shows, and no more. Beside the log, erasable; filled by the worker.
create table search_text (
    city      text        not null,
    kind      text        not null,            -- report | case: whose text it is
    id        text        not null,
    opened_at timestamptz not null,
    case_id   text,                            -- the case it belongs to
    tokens    tsvector    not null,
    contact   bytea,                           -- keyed digest of the reporter's phone or other contact
    cell      text,                            -- thing or square of the place
    primary key (city, kind, id)
);
create index search_text_by_time on search_text (city, opened_at desc, id desc);
create index search_text_by_token on search_text using gin (tokens) with (gin_pending_list_limit = 1024);
create index search_text_of_case on search_text (city, case_id) where case_id is not null;
create index search_text_of_contact on search_text (city, contact, opened_at) where contact is not null;
create index search_text_of_cell on search_text (city, cell, opened_at) where cell is not null;

-- An erasure takes the index with it, in its own transaction and whichever way it comes.
create function forget_search_text() returns trigger language plpgsql as $$
begin
    update search_text set tokens = '', contact = null
    where city = new.city and kind = new.kind and id = substr(new.id, length(new.kind) + 2);
    return null;
end $$;
create trigger personal_forgets_search after update on personal
    for each row when (new.content is null and old.content is not null) execute function forget_search_text();

-- What the procedures declare beside the columns of a list, as name=value; not personal.
create table search_field (
    city   text   not null,
    kind   text   not null,
    id     text   not null,
    fields text[] not null,
    primary key (city, kind, id)
);
create index search_field_by_value on search_field using gin (fields) with (gin_pending_list_limit = 256);

-- How far the worker has come with the two tables above.
create table search_position (
    city   text   not null primary key,
    tx     bigint not null,
    number bigint not null
);

create table saved_filter (
    city       text        not null,
    id         text        not null,
    owner      text        not null,
    role       text,                           -- whoever holds it sees the filter too
    title      text        not null,
    kind       text        not null,           -- case | report
    filter     json        not null,
    created_at timestamptz not null,
    primary key (city, id)
);
create index saved_filter_of_owner on saved_filter (city, owner);
create index saved_filter_of_role on saved_filter (city, role) where role is not null;

-- An action on all rows of a filter: the rows as they were when it was asked, each with what came of it.
create table bulk_run (
    city        text        not null,
    id          text        not null,
    kind        text        not null,
    asked_by    text        not null,
    posts       json        not null,          -- what they held when they asked: [role, unit, area]
    permissions text[]      not null,
    action      text        not null,
    fields      json        not null,
    reason      text,
    filter      json        not null,
    asked_at    timestamptz not null,
    ended_at    timestamptz,
    primary key (city, id)
);
create index bulk_run_waiting on bulk_run (asked_at) where ended_at is null;
create table bulk_item (
    city    text    not null,
    run     text    not null,
    ordinal integer not null,
    subject text    not null,
    status  text    not null default 'waiting', -- waiting | done | refused
    version integer,
    code    text,
    why     text,
    primary key (city, run, ordinal),
    foreign key (city, run) references bulk_run on delete cascade
);
create index bulk_item_waiting on bulk_item (city, run, ordinal) where status = 'waiting';
