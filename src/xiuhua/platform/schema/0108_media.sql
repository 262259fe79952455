-- Who may see a photo, uploads that go on after a break, recordings, erasure, what a photo looks like.

-- Through whom and what a photo is known: who sent it in, and every subject that names it.
create table media_use (
    city    text        not null,
    media   text        not null,
    kind    text        not null,       -- person | case | report | message
    subject text        not null,       -- person code, id, or source and external id of a message coming in
    at      timestamptz not null,
    primary key (city, media, kind, subject)
);
create index media_use_of_subject on media_use (city, kind, subject);

-- Files whose rows are erased and whose bytes still have to go.
create table media_gone (
    city      text        not null,
    digest    bytea       not null,
    erased_at timestamptz not null,
    primary key (city, digest)
);

-- Uploads in parts: what has come so far, durable.
create table media_upload (
    city        text        not null,
    id          text        not null,
    account     text        not null,       -- person code: nobody else goes on with it
    name        text        not null,       -- of the file, for errors
    length      integer     not null,       -- bytes of the whole file
    received    integer     not null,       -- bytes kept so far: the offset to go on from
    parts       text[]      not null,       -- keys of what is kept, in order
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    media       text,                       -- the photo, once it is complete
    primary key (city, id)
);
create index media_upload_by_expiry on media_upload (expires_at);
create index media_upload_of_account on media_upload (city, account);

insert into media_use (city, media, kind, subject, at)
select city, id, 'person', created_by, created_at from media;

insert into media_use (city, media, kind, subject, at)
select event.city, named.id, split_part(event.stream, '/', 1), split_part(event.stream, '/', 2), min(event.recorded_at)
from event
cross join lateral (
    select distinct found[1] as id
    from regexp_matches(event.payload::text, '"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"', 'g') as found
) as named
join media on media.city = event.city and media.id = named.id
where event.payload::text like '%"photos%' and (event.stream like 'case/%' or event.stream like 'report/%')
group by 1, 2, 3, 4;

create index media_by_sender on media (city, created_by);
alter table media
    alter column width drop not null,       -- of a sound there is none
    alter column height drop not null,
    add column type      text not null default 'image/jpeg',
    add column look      bigint,            -- 64 bits that are alike for pictures that look alike
    add column erased_at timestamptz;
