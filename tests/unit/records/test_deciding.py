"""What is done with a record, without a database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.flow.model import State, apply
from xiuhua.packs.kinds import Register
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotNow
from xiuhua.records import deciding, model
from xiuhua.records.deciding import Told
from xiuhua.records.model import Declared

REGISTER = Register.model_validate({
    "title": {"zh": "井盖", "en": "Cover"}, "key": "code", "called": "name",
    "fields": {
        "code": {"type": "text", "required": True}, "name": {"type": "text"}, "depth": {"type": "integer"},
        "use": {"type": "choice", "of": ["rain", "gas"]}, "upkeep": {"type": "unit"},
        "phone": {"type": "text", "personal": True},
    },
    "states": {"intact": ["damaged"], "damaged": ["intact", "gone"], "gone": []}, "duty": {"maintain": "upkeep"},
})  # fmt: skip
DECLARED = Declared("cover", "d" * 64, REGISTER)


def folded(state: State | None, *told: Told) -> State:
    for at, (_, payload) in enumerate(told, 1):
        state = apply(state, payload, at)
    assert state is not None
    return state


def cover(**data: Any) -> State:
    return folded(None, deciding.added(DECLARED, "r1", {"code": "C1", "name": "一号", "depth": 2, **data}))


def follows(new: Any) -> dict[str, Any]:
    return {}


def test_a_new_record_is_in_the_first_state() -> None:
    made = cover()

    assert (made["id"], made["number"], made["state"], made["data"]["depth"]) == ("r1", "C1", "intact", 2)


def test_only_what_differs_is_a_change() -> None:
    made = cover()

    assert deciding.changed(made, {"depth": 2, "name": "一号"}) is None
    assert deciding.changed(made, {"depth": 3, "name": "一号"}) == ("RecordChanged", {"set": {"depth": 3}})


@pytest.mark.parametrize(("to", "error"), [("gone", NotNow), ("lost", Invalid), ("intact", NotNow)])
def test_states_are_left_as_declared(to: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        deciding.moved(REGISTER, cover(), to, None)


def test_what_was_asked_for_is_numbered_and_decided_once() -> None:
    made = cover()
    first = deciding.asked(made, {"set": {"depth": 3}}, "measured", "ann", 5)
    second = deciding.asked(folded(made, first), {"to": "damaged"}, "cracked", "bob", 6)
    both = folded(made, first, second)
    done = folded(both, deciding.approved(REGISTER, both, 2, "kim", 7, follows))

    assert [one["n"] for one in both["tracks"]["change_request"]] == [1, 2] and len(model.waiting(both)) == 2
    assert (done["state"], [one["n"] for one in model.waiting(done)]) == ("damaged", [1])
    with pytest.raises(NotNow):
        deciding.refused(done, 2, "kim", "late", 8)
    with pytest.raises(ConditionUnmet):
        deciding.approved(REGISTER, done, 1, "ann", 8, follows)


def test_what_came_in_between_is_not_undone() -> None:
    made = cover()
    waits = folded(made, deciding.asked(made, {"set": {"depth": 3, "use": "gas"}}, "measured", "ann", 5))
    moved_on = folded(waits, deciding.changed(waits, {"depth": 9}) or ("", {}))

    with pytest.raises(Conflict) as found:
        deciding.approved(REGISTER, moved_on, 1, "kim", 7, follows)
    assert found.value.params["fields"] == ["depth"]


def test_one_of_two_ends_and_takes_nothing_along() -> None:
    one, other = cover(), folded(None, deciding.added(DECLARED, "r2", {"code": "C2", "name": "一号"}))
    end, taken = deciding.merged(other, one)
    gone, stays = folded(other, end), folded(one, taken)

    assert gone["data"]["merged_into"] == "r1" and stays["data"]["merged"] == [{"id": "r2", "key": "C2"}]
    for refused in (lambda: deciding.changed(gone, {"depth": 1}), lambda: deciding.merged(one, one)):
        with pytest.raises((NotNow, Invalid)):
            refused()


def test_what_lists_find_a_record_by() -> None:
    data = {"code": "C1", "name": "锦绣 路", "use": "gas", "upkeep": "roads", "depth": 3, "phone": "138"}
    found = model.facets("cover", model.facet_fields(REGISTER), data, ["C1", "锦绣 路"])

    assert found == ["cover:upkeep=roads", "cover:use=gas", "cover:~c1", "cover:~绣路", "cover:~锦绣"]
    assert model.units(REGISTER, data) == ["roads"]


@given(text=st.text(min_size=2, max_size=12), start=st.integers(0, 8), size=st.integers(2, 6))
def test_part_of_a_name_finds_it(text: str, start: int, size: int) -> None:
    part = text[start : start + size]

    assert model.grams("r", [part]) <= model.grams("r", [text]) or any(one.isspace() for one in text)
