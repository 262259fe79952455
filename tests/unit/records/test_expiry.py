"""What is told of a day of expiry, and which refs are valid: without a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.flow.model import State, apply
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import RECORD_EVENTS, Register
from xiuhua.platform.wording import why
from xiuhua.records import deciding, model, refs
from xiuhua.records.model import Declared

REGISTER = Register.model_validate({
    "title": {"zh": "证", "en": "Permit"}, "key": "number", "expires": "until", "warn": 10,
    "fields": {"number": {"type": "text", "required": True}, "until": {"type": "date"}},
    "states": {"valid": ["revoked", "renewing"], "renewing": ["valid"], "revoked": []},
    "valid_in": ["valid", "renewing"],
})  # fmt: skip
DAY = date(2026, 4, 15)


def permit(until: date | None = DAY, **more: Any) -> State:
    data = {"number": "Z1", "until": until.isoformat() if until else None, **more}
    return apply(None, deciding.added(Declared("permit", "d", REGISTER), "r1", data)[1], 0)


def seen(state: State, today: date) -> tuple[State, str | None]:
    told = deciding.expiring(REGISTER, state, today)
    return (state, None) if told is None else (apply(state, told[1], 1), told[0])


def test_the_last_day_is_still_valid() -> None:
    state, first = seen(permit(), DAY - timedelta(days=10))

    assert first == "ExpiryWarned" and model.told(REGISTER, state["data"]) == "warned"
    assert seen(permit(), DAY - timedelta(days=11))[1] is None and seen(state, DAY)[1] is None
    assert seen(state, DAY + timedelta(days=1))[1] == "RecordExpired"


def test_a_renewed_record_is_told_of_anew() -> None:
    state, _ = seen(permit(), DAY + timedelta(days=3))
    renewed = apply(state, {"set": {"until": "2027-04-15"}}, 2)

    assert model.told(REGISTER, renewed["data"]) is None
    assert seen(renewed, date(2027, 4, 10))[1] == "ExpiryWarned"


def test_what_is_revoked_or_has_no_day_is_not_watched() -> None:
    revoked = apply(permit(), {"to": "revoked"}, 1)
    renewing = apply(permit(), {"to": "renewing"}, 1)

    assert seen(revoked, DAY)[1] is None and seen(permit(None), DAY)[1] is None and seen(renewing, DAY)[1] is not None


@given(st.lists(st.integers(-30, 30), max_size=40))
def test_however_often_and_late_anybody_looks_each_is_told_once(days: list[int]) -> None:
    state, told = permit(), []
    for day in sorted(days):
        state, event = seen(state, DAY + timedelta(days=day))
        told += [(event, day)] if event else []

    events = [event for event, _ in told]
    assert events in ([], ["ExpiryWarned"], ["RecordExpired"], ["ExpiryWarned", "RecordExpired"])
    assert ("RecordExpired" in events) == any(day > 0 for day in days)
    assert all((-10 <= day <= 0) == (event == "ExpiryWarned") for event, day in told)


def test_a_ref_given_anew_must_be_valid_and_one_that_stands_may_stay() -> None:
    specs = {"permit": FieldSpec(type="ref", to="permit", valid=True), "other": FieldSpec(type="ref", to="permit")}
    over = {"Z1": "expired", "Z2": None}

    def look_up(kind: str, code: str) -> dict[str, Any]:
        return {"fault": over[code]}

    [wrong] = refs.refused(specs, {"permit": "Z1", "other": "Z1"}, None, look_up)
    assert (wrong["field"], wrong["why"]) == ("permit", "must be valid, but the permit Z1 has expired")
    assert why(wrong, "zh") == "所引用的“Z1”已过期"
    assert not list(refs.refused(specs, {"permit": "Z1"}, {"permit": "Z1"}, look_up))
    assert not list(refs.refused(specs, {"permit": "Z2"}, {"permit": "Z1"}, look_up))


def test_why_a_record_is_not_valid() -> None:
    after = DAY + timedelta(days=1)

    assert refs.fault(REGISTER, "valid", DAY, DAY) is None and refs.fault(REGISTER, "valid", DAY, after) == "expired"
    assert refs.fault(REGISTER, "revoked", None, DAY) == "not_in_force"


def test_notices_know_the_events_of_records() -> None:
    made = {value for name, value in vars(deciding).items() if name.isupper() and isinstance(value, str)}

    assert made & RECORD_EVENTS == RECORD_EVENTS
