-- name: open_turn
-- The turn that a person is in; held, so that it is ended once.
select id, person, role, started_at, ended_at, seen_at, lon, lat from duty_turn
where city = %(city)s and person = %(person)s and ended_at is null for no key update

-- name: current_turn
-- The same for those who only look.
select id, person, role, started_at, ended_at, seen_at, lon, lat from duty_turn
where city = %(city)s and person = %(person)s and ended_at is null

-- name: last_end
-- When a person's last turn ended; null for who has had none.
select max(ended_at) as ended_at from duty_turn where city = %(city)s and person = %(person)s

-- name: start_turn
-- Begin a turn; nothing where one is open.
insert into duty_turn (city, id, person, role, started_at, seen_at, lon, lat)
values (%(city)s, %(id)s, %(person)s, %(role)s, %(now)s, %(now)s, %(lon)s, %(lat)s)
on conflict do nothing

-- name: end_turn
-- End it.
update duty_turn set ended_at = %(now)s, seen_at = %(now)s, lon = coalesce(%(lon)s, lon), lat = coalesce(%(lat)s, lat)
where city = %(city)s and id = %(id)s

-- name: on_duty
-- Everybody who is on duty, with what waits for them by name.
select turn.id, turn.person, turn.role, turn.started_at, turn.ended_at, turn.seen_at, turn.lon, turn.lat,
    (select count(*) from task where task.city = turn.city and task.person = turn.person) as tasks,
    (select count(*) from task where task.city = turn.city and task.person = turn.person and due < %(now)s) as late
from duty_turn as turn where turn.city = %(city)s and turn.ended_at is null order by turn.role, turn.person

-- name: add_handover
-- What one shift leaves to the next.
insert into shift_handover (city, id, person, at, area, snapshot)
values (%(city)s, %(id)s, %(person)s, %(now)s, %(area)s, %(snapshot)s::json)

-- name: handovers
-- The newest handovers.
select id, person, at, area, snapshot, acknowledged_by, acknowledged_at from shift_handover
where city = %(city)s and (%(all)s or area = any(%(areas)b::text[]) or area is null or person = %(person)s)
  and (not %(waiting)s or acknowledged_at is null)
order by at desc, id desc limit %(limit)s

-- name: handover
-- One of them; held.
select id, person, at, area, snapshot, acknowledged_by, acknowledged_at from shift_handover
where city = %(city)s and id = %(id)s for no key update

-- name: acknowledge
-- Taken over.
update shift_handover set acknowledged_by = %(person)s, acknowledged_at = %(now)s
where city = %(city)s and id = %(id)s and acknowledged_at is null
