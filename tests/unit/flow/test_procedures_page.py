"""`docs/reference/procedures.md` names everything an expression sees, every refusal and every effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiuhua.packs.known import ACTOR_MEMBERS, CLOCK_MEMBERS, ITEM_MEMBERS, SUBJECT_MEMBERS
from xiuhua.packs.procedure import Effects, Join, Opens, Timer
from xiuhua.packs.scenario import Step
from xiuhua.packs.validate.scopes import GIVEN
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotAllowed, NotNow

PAGE = (Path(__file__).parents[3] / "docs/reference/procedures.md").read_text(encoding="utf-8")
NAMES = {
    *ACTOR_MEMBERS, *CLOCK_MEMBERS, *ITEM_MEMBERS, *SUBJECT_MEMBERS, *GIVEN,
    *Effects.model_fields, *(set(Opens.model_fields) - {"item", "track"}), *(set(Join.model_fields) - {"rule"}),
    *(set(Timer.model_fields) & {"do"}), *(set(Step.model_fields) - {"item", "fields", "reason"}),
    *(error.code() for error in (ConditionUnmet, Conflict, Invalid, NotAllowed, NotNow)),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_page_says_what_it_is(name: str) -> None:
    assert f"`{name}`" in PAGE or f"`{name}:" in PAGE
