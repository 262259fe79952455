-- name: keep
-- One row per file and city; nothing when the city has that file already.
insert into media (city, id, kind, digest, bytes, width, height, taken_at, lon, lat, datum, created_at, created_by)
values (
    %(city)s, %(id)s, 'photo', %(digest)s, %(bytes)s, %(width)s, %(height)s, %(taken_at)s, %(lon)s, %(lat)s,
    %(datum)s, %(now)s, %(by)s
)
on conflict (city, digest) do nothing
returning *

-- name: by_digest
-- The city's photo of a file, if it has it.
select * from media where city = %(city)s and digest = %(digest)s

-- name: by_id
-- One photo.
select * from media where city = %(city)s and id = %(id)s

-- name: present
-- Which of some ids the city has.
select id from media where city = %(city)s and id = any(%(ids)s)

-- name: digests
-- Every file of a city, to tell which bytes belong to none.
select digest from media where city = %(city)s

-- name: erase
-- Rows of photos that are erased for good; the same file sent in again is another photo.
delete from media where city = %(city)s and id = any(%(ids)s) returning id, digest
