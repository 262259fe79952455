-- Every two neighbouring signs of title and number, of either case alike: what a search box and lists find a proceeding by.
create function pairs_of_signs(given text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct substr(plain, at, 2)), '{}')
    from (select regexp_replace(lower(given), '\s', '', 'g') as plain) as one, generate_series(1, length(plain) - 1) as at
$$;
alter table proceeding add column pairs text[] not null
    generated always as (pairs_of_signs(title || ' ' || coalesce(number, ''))) stored;
create index proceeding_by_pair on proceeding using gin (pairs);
