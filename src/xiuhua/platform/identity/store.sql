-- name: find_accounts
-- Accounts by sign-in name, in one city or in all; more than one row: the city must be told.
select city, name, person, title, roles, password_hash, must_change, version
from account where name = %(name)s and (%(city)s::text is null or city = %(city)s) and valid

-- name: locked_until
-- Until when a name that was typed is locked.
select locked_until from sign_in_failure where city = %(city)s and name = %(name)s and locked_until > %(now)s

-- name: note_failure
-- One failed try more, the same for names that exist and names that do not; old ones are forgotten first.
with forgotten as (
    delete from sign_in_failure where at < %(forget)s and (city, name) <> (%(city)s, %(name)s)
)
insert into sign_in_failure as failure (city, name, failed, locked_until, at)
values (%(city)s, %(name)s, 1, null, %(now)s)
on conflict (city, name) do update set
    failed = case when failure.at < %(forget)s then 1 else failure.failed + 1 end,
    locked_until = case
        when failure.locked_until > %(now)s then failure.locked_until
        when failure.at >= %(forget)s and failure.failed + 1 >= %(most)s then %(until)s
    end,
    at = %(now)s
returning locked_until

-- name: forget_failures
-- After the right password, unless a lock came in between: then no row is returned and nobody is let in.
with lock as (
    select from sign_in_failure where city = %(city)s and name = %(name)s and locked_until > %(now)s
), forgotten as (
    delete from sign_in_failure
    where city = %(city)s and name = %(name)s and (locked_until is null or locked_until <= %(now)s)
)
select true as free where not exists (select from lock)

-- name: unlock
-- Let a name try again at once.
delete from sign_in_failure where city = %(city)s and name = %(name)s

-- name: open_session
-- A session; those of the account that have run out go.
with over as (
    delete from session where city = %(city)s and account = %(account)s and expires_at <= %(now)s
)
insert into session (city, digest, account, created_at, seen_at, expires_at)
values (%(city)s, %(digest)s, %(account)s, %(now)s, %(now)s, %(expires_at)s)

-- name: by_session
-- Whose sessions they are, what those people's posts are as of, and what was answered to these keys before.
select given.number::int as number, account.name, account.person, account.title, account.roles, account.version,
    account.must_change, null::text[] as scopes, session.seen_at < %(touch_before)s as touch,
    (select value from revision where revision.city = account.city and kind = %(kind)s) as revision,
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
    (select value from revision where revision.city = account.city and kind = %(kind)s) as revision,
    answer.request, answer.status, answer.headers::text as headers, answer.answer::text as answer
from unnest(%(digests)s::bytea[], %(keys)s::text[]) with ordinality as given (digest, key, number)
join token on token.city = %(city)s and token.digest = given.digest
join account on account.city = token.city and account.name = token.account
left join idempotency as answer on given.key is not null
    and answer.city = account.city and answer.actor = account.person and answer.key = given.key
where token.expires_at > %(now)s and token.revoked_at is null and account.valid

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
update account set password_hash = %(new)s, must_change = %(must_change)s, version = version + 1,
    changed_at = %(now)s
where city = %(city)s and name = %(name)s and password_hash is not distinct from %(old)s and valid
returning version

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

-- name: keep_answers
-- What was answered to keys; those that another request answered first are not inserted.
insert into idempotency (city, actor, key, request, status, headers, answer, at)
select %(city)s, given.*, %(now)s
from unnest(%(actors)s::text[], %(keys)s::text[], %(requests)s::bytea[], %(statuses)s::int[], %(headers)s::json[],
    %(answers)s::json[]) as given
on conflict do nothing
