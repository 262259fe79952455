-- name: find_accounts
-- Accounts by sign-in name, in one city or in all; more than one row: the city must be told.
select city, name, person, title, roles, password_hash, must_change, version,
    exists (
        select from known_device as device
        where device.city = account.city and device.account = account.name and device.digest = %(device)s
    ) as known_device,
    exists (
        select from second_factor as factor
        where factor.city = account.city and factor.account = account.name and confirmed_at is not null
    ) as second_factor
from account where name = %(name)s and (%(city)s::text is null or city = %(city)s) and valid

-- name: locked_until
-- Until when any of some keys is locked.
select max(locked_until) as locked_until from sign_in_failure
where (city, name) in (select * from unnest(%(cities)s::text[], %(names)s::text[])) and locked_until > %(now)s

-- name: note_failure
-- One failed try more at each key, the same for names that exist and names that do not. The keys of one try
-- always stand in one order, so that no two tries wait for each other.
with noted as (
    insert into sign_in_failure as failure (city, name, failed, locked_until, at)
    select city, name, 1, null, %(now)s from unnest(%(cities)s::text[], %(names)s::text[]) as key (city, name)
    on conflict (city, name) do update set
        failed = case when failure.at < %(forget)s then 1 else failure.failed + 1 end,
        locked_until = case
            when failure.locked_until > %(now)s then failure.locked_until
            when failure.at >= %(forget)s
                and failure.failed + 1 >= case when excluded.name like '@%%' then %(most_address)s else %(most)s end
            then %(now)s + least(%(longest)s, %(first)s * power(2, least(16, failure.failed + 1
                - case when excluded.name like '@%%' then %(most_address)s else %(most)s end)))
        end,
        at = %(now)s
    returning locked_until
)
select max(locked_until) as locked_until from noted

-- name: forget_failures
-- After the right password, unless a lock came in between: then no row is returned and nobody is let in.
-- What was counted by address stays: one good account among many guesses proves nothing.
with key as (
    select city, name from unnest(%(cities)s::text[], %(names)s::text[]) as key (city, name)
), lock as (
    select from sign_in_failure where (city, name) in (select * from key) and locked_until > %(now)s
), forgotten as (
    delete from sign_in_failure
    where (city, name) in (select * from key) and name not like '@%%'
      and (locked_until is null or locked_until <= %(now)s)
)
select true as free where not exists (select from lock)

-- name: unlock
-- Let a name try again at once, from known devices as well.
delete from sign_in_failure where city = %(city)s and (name = %(name)s or starts_with(name, %(name)s || '/'))

-- name: keep_device
-- A browser that has signed in with an account.
insert into known_device (city, account, digest, seen_at) values (%(city)s, %(account)s, %(digest)s, %(now)s)
on conflict (city, account, digest) do update set seen_at = %(now)s

-- name: forget_devices
-- After a reset nobody knows which devices are still the person's.
delete from known_device where city = %(city)s and account = any(%(accounts)s)

-- name: open_session
-- A session; those of the account that have run out go.
with over as (
    delete from session where city = %(city)s and account = %(account)s and expires_at <= %(now)s
)
insert into session (city, digest, account, created_at, seen_at, expires_at, address, device, subject)
values (
    %(city)s, %(digest)s, %(account)s, %(now)s, %(now)s, %(expires_at)s, %(address)s, %(device)s, %(subject)s
)

-- name: by_session
-- Whose sessions they are, the city's revisions, and what was answered to these keys before.
select given.number::int as number, account.name, account.person, account.title, account.roles, account.version,
    account.must_change, coalesce(account.password_at, account.created_at) as password_at,
    session.subject is not null as by_provider,
    exists (
        select from second_factor as factor
        where factor.city = account.city and factor.account = account.name and confirmed_at is not null
    ) as second_factor,
    null::text[] as scopes, session.seen_at < %(touch_before)s as touch, session.expires_at,
    (select json_object_agg(kind, value) from revision where revision.city = account.city) as revisions,
    answer.request, answer.status, answer.headers::text as headers, answer.answer::text as answer
from unnest(%(digests)s::bytea[], %(keys)s::text[]) with ordinality as given (digest, key, number)
join session on session.city = %(city)s and session.digest = given.digest
join account on account.city = session.city and account.name = session.account
left join idempotency as answer on given.key is not null
    and answer.city = account.city and answer.actor = account.person and answer.key = given.key
where session.expires_at > %(now)s and session.seen_at > %(idle_since)s and account.valid

-- name: by_token
-- The same for personal tokens.
select given.number::int as number, account.name, account.person, account.title, account.roles, account.version,
    false as must_change, token.scopes, token.seen_at is null or token.seen_at < %(touch_before)s as touch,
    token.expires_at,
    (select json_object_agg(kind, value) from revision where revision.city = account.city) as revisions,
    answer.request, answer.status, answer.headers::text as headers, answer.answer::text as answer
from unnest(%(digests)s::bytea[], %(keys)s::text[]) with ordinality as given (digest, key, number)
join token on token.city = %(city)s and token.digest = given.digest
join account on account.city = token.city and account.name = token.account
left join idempotency as answer on given.key is not null
    and answer.city = account.city and answer.actor = account.person and answer.key = given.key
where token.expires_at > %(now)s and token.revoked_at is null and account.valid

-- name: sessions
-- Where an account is signed in, newest first. The id is a part of the digest, which opens nothing.
select encode(substr(digest, 1, 12), 'hex') as id, digest, created_at, seen_at, expires_at, address, device,
    subject is not null as by_provider
from session
where city = %(city)s and account = %(account)s and expires_at > %(now)s and seen_at > %(idle_since)s
order by created_at desc, digest

-- name: close_session_of
-- One session of an account, by its id.
delete from session
where city = %(city)s and account = %(account)s and encode(substr(digest, 1, 12), 'hex') = %(id)s
returning account

-- name: touch_session
-- The session is in use.
update session set seen_at = %(now)s
where city = %(city)s and digest = %(digest)s and seen_at < %(touch_before)s

-- name: touch_token
-- The token is in use.
update token set seen_at = %(now)s
where city = %(city)s and digest = %(digest)s and (seen_at is null or seen_at < %(touch_before)s)

-- name: close_session
-- Sign out.
delete from session where city = %(city)s and digest = %(digest)s

-- name: close_sessions
-- Sign out everywhere, but for one session if told.
delete from session
where city = %(city)s and account = any(%(accounts)s) and digest <> coalesce(%(but)s::bytea, '')
returning account

-- name: add_accounts
-- Many at once; names or persons that have one already are left out and not returned.
insert into account (city, name, person, title, roles, password_hash, must_change, created_at, changed_at)
select %(city)s, name, person, title, coalesce(string_to_array(nullif(roles, ''), ','), '{}'), password_hash, must_change,
    %(now)s, %(now)s
from unnest(%(names)s::text[], %(persons)s::text[], %(titles)s::text[], %(roles)s::text[],
    %(hashes)s::text[], %(must_change)s::boolean[])
    as new (name, person, title, roles, password_hash, must_change)
on conflict do nothing
returning name

-- name: accounts
-- A page of a city's accounts by name.
select name, person, title, roles, valid, must_change, version, created_at, changed_at
from account where city = %(city)s and name > %(after)s order by name limit %(limit)s

-- name: account
-- One account by name.
select name, person, title, roles, valid, must_change, version, created_at, changed_at
from account where city = %(city)s and name = %(name)s

-- name: account_of
-- The account of a person, with what is needed to change its password.
select city, name, person, title, roles, password_hash, must_change, version
from account where city = %(city)s and person = %(person)s and valid

-- name: change_account
-- New roles, title or validity, if nobody was faster.
update account set title = %(title)s, roles = %(roles)s, valid = %(valid)s, version = version + 1,
    changed_at = %(now)s
where city = %(city)s and name = %(name)s and version = %(version)s
returning version

-- name: set_password
-- A new password, if it is still the one that was looked at.
with past as (
    insert into password_past (city, account, hash, at)
    select city, name, password_hash, %(now)s from account
    where city = %(city)s and name = %(name)s and password_hash = %(old)s and valid
    on conflict do nothing
)
update account set password_hash = %(new)s, must_change = %(must_change)s, version = version + 1,
    changed_at = %(now)s, password_at = %(now)s
where city = %(city)s and name = %(name)s and password_hash is not distinct from %(old)s and valid
returning version

-- name: passwords_past
-- The last passwords of an account, newest first.
select hash from password_past where city = %(city)s and account = %(account)s order by at desc limit %(limit)s

-- name: forget_passwords
-- Older passwords than anybody is compared with.
delete from password_past as past where city = %(city)s and account = %(account)s and at not in (
    select at from password_past where city = past.city and account = past.account order by at desc limit %(limit)s
)

-- name: rehash
-- The same password with newer parameters.
update account set password_hash = %(new)s
where city = %(city)s and name = %(name)s and password_hash = %(old)s

-- name: has_administrator
-- Whether someone can let others in.
select true as found from account
where city = %(city)s and valid and 'administrator' = any(roles) limit 1

-- name: add_tokens
-- Many at once.
insert into token (city, id, account, name, digest, scopes, created_at, expires_at)
select %(city)s, id, account, name, digest, string_to_array(scopes, ','), %(now)s, %(expires_at)s
from unnest(%(ids)b::text[], %(accounts)b::text[], %(names)b::text[], %(digests)b::bytea[],
    %(scopes)b::text[]) as new (id, account, name, digest, scopes)

-- name: tokens
-- The tokens of an account, newest first, without what they are.
select id, name, scopes, created_at, seen_at, expires_at
from token where city = %(city)s and account = %(account)s and revoked_at is null and expires_at > %(now)s
order by id desc

-- name: revoke_token
-- One token ends.
update token set revoked_at = %(now)s
where city = %(city)s and account = %(account)s and id = %(id)s and revoked_at is null
returning name

-- name: revoke_tokens
-- All tokens of some accounts end.
update token set revoked_at = %(now)s
where city = %(city)s and account = any(%(accounts)s) and revoked_at is null
returning id

-- name: keep_answers
-- What was answered to keys; those that another request answered first are not inserted.
insert into idempotency (city, actor, key, request, status, headers, answer, at)
select %(city)s, given.*, %(now)s
from unnest(%(actors)s::text[], %(keys)s::text[], %(requests)s::bytea[], %(statuses)s::int[], %(headers)s::json[],
    %(answers)s::json[]) as given
on conflict do nothing

-- name: note_sign_in
-- A sign-in, or a try at an account that there is, beside the looks at personal data.
insert into access_log (city, at, actor, subject, what, why)
values (%(city)s, %(now)s, %(actor)s, %(subject)s, %(what)s, %(why)s)

-- name: is_device
-- Whether a cookie is one of ours.
select true as found from known_device where digest = %(digest)s limit 1

-- name: factor
-- The second factor of an account.
select secret, confirmed_at, last_step, (
    select count(*) from recovery_code as code where code.city = factor.city and code.account = factor.account
) as codes
from second_factor as factor where city = %(city)s and account = %(account)s

-- name: begin_factor
-- A fresh secret, in the place of one that was never confirmed.
insert into second_factor as factor (city, account, secret, made_at)
values (%(city)s, %(account)s, %(secret)s, %(now)s)
on conflict (city, account) do update set secret = excluded.secret, made_at = excluded.made_at, last_step = 0
where factor.confirmed_at is null
returning account

-- name: confirm_factor
-- In force from now on.
update second_factor set confirmed_at = %(now)s where city = %(city)s and account = %(account)s

-- name: take_step
-- A code is used up: none of its step or of one before passes again.
update second_factor set last_step = %(step)s
where city = %(city)s and account = %(account)s and last_step < %(step)s
returning account

-- name: end_factor
-- Factor and recovery codes go.
delete from second_factor where city = %(city)s and account = %(account)s

-- name: add_recovery_codes
-- The codes for a lost phone.
insert into recovery_code (city, account, digest)
select %(city)s, %(account)s, digest from unnest(%(digests)s::bytea[]) as new (digest)

-- name: use_recovery_code
-- Each serves once.
delete from recovery_code where city = %(city)s and account = %(account)s and digest = %(digest)s returning digest

-- name: begin_flow
-- Somebody is on the way to the provider.
insert into provider_flow (state, city, nonce, verifier, at)
values (%(state)s, %(city)s, %(nonce)s, %(verifier)s, %(now)s)

-- name: take_flow
-- And back: once.
delete from provider_flow where state = %(state)s and at >= %(since)s returning city, nonce, verifier

-- name: account_of_subject
-- The account that a person of a provider has been bound to.
select account.city, account.name, person, title, roles, password_hash, must_change, version
from provider_subject as bound join account on account.city = bound.city and account.name = bound.account
where issuer = %(issuer)s and subject = %(subject)s and account.valid
  and (%(city)s::text is null or bound.city = %(city)s)

-- name: bind_subject
-- Who of the provider an account is from now on; no row when it is somebody else's already.
insert into provider_subject (city, issuer, subject, account, bound_at)
values (%(city)s, %(issuer)s, %(subject)s, %(account)s, %(now)s)
on conflict do nothing
returning account

-- name: cities_of_accounts
-- Whether there is but one city.
select distinct city from account limit 2
