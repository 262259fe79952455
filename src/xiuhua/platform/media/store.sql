-- name: claim_digest
-- Whoever keeps or takes away the bytes of a file waits for the other; what comes again is not to go.
with held as materialized (
    select pg_advisory_xact_lock(hashtextextended(%(city)s || encode(%(digest)s::bytea, 'hex'), 0))
)
delete from media_gone using held where city = %(city)s and digest = %(digest)s

-- name: claim_digest_only
-- The same for the one who takes away.
select pg_advisory_xact_lock(hashtextextended(%(city)s || encode(%(digest)s::bytea, 'hex'), 0))

-- name: keep
-- One row per file and city; nothing when the city has that file already.
insert into media (
    city, id, kind, type, digest, bytes, width, height, taken_at, lon, lat, datum, look, created_at, created_by
)
values (
    %(city)s, %(id)s, %(kind)s, %(type)s, %(digest)s, %(bytes)s, %(width)s, %(height)s, %(taken_at)s, %(lon)s,
    %(lat)s, %(datum)s, %(look)s, %(now)s, %(by)s
)
on conflict (city, digest) do nothing
returning *

-- name: by_digest
-- The city's photo of a file, if it has it.
select * from media where city = %(city)s and digest = %(digest)s and erased_at is null

-- name: by_id
-- One photo.
select * from media where city = %(city)s and id = %(id)s and erased_at is null

-- name: by_ids
-- Several photos, erased ones among them.
select * from media where city = %(city)s and id = any(%(ids)s)

-- name: sent_in
-- Who has sent a photo in may see it.
insert into media_use (city, media, kind, subject, at)
values (%(city)s, %(media)s, 'person', %(subject)s, %(now)s)
on conflict do nothing

-- name: name
-- Which of the photos that subjects name the city has; those are noted as named.
with named as (
    select distinct given.media, given.kind, given.subject
    from unnest(%(media)b::text[], %(kinds)b::text[], %(subjects)b::text[]) as given (media, kind, subject)
    join media on media.city = %(city)s and media.id = given.media and media.erased_at is null
), noted as (
    insert into media_use (city, media, kind, subject, at)
    select %(city)s, media, kind, subject, %(now)s from named order by media, kind, subject
    on conflict do nothing
)
select distinct media as id from named

-- name: is_mine
-- Whether a person has sent a photo in.
select from media_use where city = %(city)s and media = %(media)s and kind = 'person' and subject = %(subject)s

-- name: uses_of
-- The subjects that name a photo, the latest first.
select kind, subject from media_use where city = %(city)s and media = %(media)s and kind <> 'person'
order by at desc, kind, subject limit %(limit)s

-- name: used_by
-- The photos that subjects name.
select media, kind, subject, at from media_use
where city = %(city)s and (kind, subject) in (select * from unnest(%(kinds)b::text[], %(subjects)b::text[]))

-- name: erase
-- What only these subjects name goes: the row keeps that there was one, the bytes are put down to be taken away.
with meant as (
    select distinct one.media from media_use as one
    where one.city = %(city)s
      and (one.kind, one.subject) in (select * from unnest(%(kinds)b::text[], %(subjects)b::text[]))
      and not exists (
        select from media_use as other
        where other.city = one.city and other.media = one.media and other.kind <> 'person'
          and (other.kind, other.subject) not in (select * from unnest(%(kinds)b::text[], %(subjects)b::text[]))
      )
), chosen as (
    select media.id, media.digest from media join meant on meant.media = media.id
    where media.city = %(city)s and media.erased_at is null
    order by media.id for update of media
), gone as (
    insert into media_gone (city, digest, erased_at) select %(city)s, digest, %(now)s from chosen
    on conflict do nothing
), unknown as (
    delete from media_use using chosen
    where media_use.city = %(city)s and media_use.media = chosen.id and media_use.kind = 'person'
)
update media set
    erased_at = %(now)s, digest = sha256(convert_to('erased/' || media.id, 'UTF8')), bytes = 0, taken_at = null,
    lon = null, lat = null, datum = null, look = null, created_by = ''
from chosen where media.city = %(city)s and media.id = chosen.id
returning media.id

-- name: gone
-- Erased files whose bytes are still there; those that another worker has at hand are passed over.
select city, digest from media_gone order by erased_at limit %(limit)s for update skip locked

-- name: forget_gone
-- The bytes of an erased file are gone.
delete from media_gone where city = %(city)s and digest = %(digest)s

-- name: digests
-- Every file of a city, to tell which bytes belong to none.
select digest from media where city = %(city)s

-- name: parts
-- What uploads under way have sent so far.
select parts from media_upload where city = %(city)s

-- name: alike
-- Cases that named the same photo, or one that looks the same and came from the same person.
select found.asked, found.media, found.subject as case_id, found.at, found.bits
from media as asked
cross join lateral (
    select asked.id as asked, near.media, media_use.subject, media_use.at, near.bits
    from (
        select asked.id as media, 0 as bits
        union all
        select other.id, bit_count((other.look # asked.look)::bit(64))::int
        from media as other
        where other.city = asked.city and other.created_by = asked.created_by and other.id <> asked.id
          and other.erased_at is null and bit_count((other.look # asked.look)::bit(64)) <= %(near)s
    ) as near
    join media_use on media_use.city = asked.city and media_use.media = near.media
        and media_use.kind = 'case' and media_use.subject <> %(case)s
    order by media_use.at desc limit %(limit)s
) as found
where asked.city = %(city)s and asked.id = any(%(ids)s) and asked.erased_at is null
order by found.at desc, found.media, found.subject

-- name: begin_upload
-- A new upload, unless the person has too many that are not finished.
insert into media_upload (city, id, account, name, length, received, parts, created_at, expires_at)
select %(city)s, %(id)s, %(account)s, %(name)s, %(length)s, 0, '{}', %(now)s, %(expires_at)s
where (
    select count(*) from media_upload
    where city = %(city)s and account = %(account)s and media is null and expires_at > %(now)s
) < %(most)s
returning *

-- name: get_upload
-- An upload of a person's own.
select * from media_upload
where city = %(city)s and id = %(id)s and account = %(account)s and expires_at > %(now)s

-- name: advance_upload
-- Count bytes that were kept, if nobody was faster.
update media_upload set received = received + %(size)s, parts = parts || %(parts)b::text[]
where city = %(city)s and id = %(id)s and account = %(account)s and received = %(from)s and media is null
  and expires_at > %(now)s
returning *

-- name: finish_upload
-- The whole file has become a photo.
update media_upload set received = length, parts = '{}', media = %(media)s
where city = %(city)s and id = %(id)s and received = %(from)s and media is null
returning *

-- name: end_upload
-- Forget an upload.
delete from media_upload where city = %(city)s and id = %(id)s

-- name: expired_uploads
-- Uploads whose time is over; those that another worker has at hand are passed over.
select city, id, parts from media_upload where expires_at <= %(now)s
order by expires_at limit %(limit)s for update skip locked
