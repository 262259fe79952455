"""The pack `city-case` keeps what its scenarios promise, and its declaration is what the engine does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.packs.conftest import ROLES, Moment, Played, somebody

from xiuhua.flow.model import Attempt
from xiuhua.packs.describe import page
from xiuhua.packs.loader import load_library
from xiuhua.packs.pack import Pack
from xiuhua.packs.procedure import Action
from xiuhua.packs.validate import check
from xiuhua.platform.errors import ConditionUnmet, NotAllowed, NotNow, XiuhuaError
from xiuhua.platform.identity.model import Actor

REFUSALS = {"not_now", "not_allowed", "invalid", "condition_unmet"}


def outcome(moment: Moment, name: str, item: dict[str, Any] | None, actor: Actor) -> type[XiuhuaError] | None:
    """The class of the refusal; None when it was done."""
    action = moment.engine.procedure.actions[name]
    attempt = Attempt(name, moment.fields(action), "because", item["n"] if item else None)
    try:
        moment.engine.act(moment.state, attempt, actor, moment.now, moment.city)
    except XiuhuaError as error:
        return type(error)
    return None


def tries(moments: Iterable[Moment]) -> Iterator[tuple[Moment, str, Action, dict[str, Any] | None]]:
    """Every action at every moment, on every instance of its track."""
    for moment in moments:
        for name, action in moment.engine.procedure.actions.items():
            for item in moment.instances(action):
                yield moment, name, action, item


def test_the_library_agrees_with_itself() -> None:
    library, problems = load_library()
    assert not problems
    assert not check(library["city-case"], library)


def test_every_scenario_passes(played: Played) -> None:
    failed = {one.scenario: one.why for one in played.results if not one.passed}
    assert not failed
    assert len(played.results) > 80


def test_titles_of_scenarios_are_unlike(pack: Pack) -> None:
    for language in ("zh", "en"):
        counted = Counter(getattr(one.title, language) for one in pack.scenarios)
        assert [title for title, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", ["city_case", "report"])
def test_every_action_is_done_in_some_scenario(pack: Pack, name: str) -> None:
    procedure = pack.procedures[name]
    told = {event for one in pack.scenarios if one.given.procedure == name for event in one.then.events or ()}
    done = {step.do for one in pack.scenarios if one.given.procedure == name for step in one.when if not step.refused}
    by_itself = {action for action, one in procedure.actions.items() if one.event in told}
    assert set(procedure.actions) - done - by_itself == set()


@pytest.mark.parametrize("name", ["city_case", "report"])
def test_every_state_is_come_to(pack: Pack, moments: list[Moment], name: str) -> None:
    tracks = pack.procedures[name].tracks
    wanted = {(track, state) for track, one in tracks.items() for state in one.states}
    found = {("main", one.state["state"]) for one in moments if one.engine.name == name}
    found |= {
        (track, one["state"])
        for moment in moments
        if moment.engine.name == name
        for track, all_ in moment.state["tracks"].items()
        for one in all_
    }
    assert wanted - found == set()


def test_every_refusal_is_shown(pack: Pack) -> None:
    assert {step.refused for one in pack.scenarios for step in one.when if step.refused} == REFUSALS


def test_every_requirement_is_refused_once(pack: Pack) -> None:
    shown = [step for one in pack.scenarios for step in one.when if step.refused == "condition_unmet"]
    guarded = {name for one in pack.procedures.values() for name, action in one.actions.items() if action.requires}
    assert guarded - {step.do for step in shown} == set()


def test_settings_are_all_used(pack: Pack) -> None:
    read_by_the_loop = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/xiuhua/loop").rglob("*.py"))
    read_by_the_public = (ROOT / "src/xiuhua/public/board.py").read_text(encoding="utf-8")
    text = str((pack.content["procedures"], pack.content["notices"])) + read_by_the_loop + read_by_the_public
    unused = [name for one in pack.procedures.values() for name in one.settings if text.count(name) < 2]
    assert unused == []


def test_an_action_is_open_exactly_where_it_is_declared(moments: list[Moment]) -> None:
    wrong = []
    for moment, name, action, item in tries(moments):
        expected = {None, ConditionUnmet} if moment.is_open(action, item) else {NotNow}
        for actor in moment.actors(action, item):
            met = outcome(moment, name, item, actor)
            if met not in expected:
                wrong.append((moment.key, name, actor.posts[0].role, met))
    assert wrong == []


def test_no_other_role_may(moments: list[Moment]) -> None:
    wrong = []
    for moment, name, action, item in tries(moments):
        if action.creates:
            continue
        for role in set(ROLES) - {who.role for who in action.by}:
            met = outcome(moment, name, item, somebody(role, "right_person", moment.state["data"].get("unit")))
            if met is not NotAllowed:
                wrong.append((moment.key, name, role, met))
    assert wrong == []


def test_nobody_of_another_unit_or_name_may(moments: list[Moment]) -> None:
    wrong = []
    for moment, name, action, item in tries(moments):
        by_place = {who.role for who in action.by if who.unit is None and who.person is None}
        for role in {who.role for who in action.by} - by_place:
            met = outcome(moment, name, item, somebody(role, "stranger", "elsewhere"))
            if met is not NotAllowed:
                wrong.append((moment.key, name, role, met))
    assert wrong == []


def test_what_is_offered_is_what_can_be_done(moments: list[Moment]) -> None:
    wrong = []
    offered: dict[tuple[int, str, str | None], Any] = {}
    for moment, name, action, item in tries(moments):
        for actor in moment.actors(action, item):
            key = (id(moment), actor.id, actor.posts[0].unit)
            if key not in offered:
                allowed = moment.engine.allowed(moment.state, actor, moment.now, moment.city)
                offered[key] = {(one.action, one.n): one for one in allowed}
            found = offered[key].get((name, item["n"] if item else None))
            met = outcome(moment, name, item, actor)
            if (found is None) != (met in (NotNow, NotAllowed)):
                wrong.append((moment.key, name, actor.id, met))
            elif found is not None and found.unmet and met is not ConditionUnmet:
                wrong.append((moment.key, name, actor.id, found.unmet))
    assert wrong == []


def test_everybody_whose_turn_it_is_can_do_something(moments: list[Moment]) -> None:
    stuck = []
    for moment in moments:
        for wait in moment.state["waits"]:
            actor = somebody(wait["role"], wait.get("person") or "anyone", wait.get("unit"))
            allowed = moment.engine.allowed(moment.state, actor, moment.now, moment.city)
            if not [one for one in allowed if one.n == wait.get("n")]:
                stuck.append((moment.key, wait))
    assert stuck == []


def test_the_page_about_it_is_current(pack: Pack) -> None:
    told = (Path(__file__).parents[2] / "docs/reference/city-case.md").read_text(encoding="utf-8")
    assert told == page(pack), "make it anew: xiuhua.packs.describe.refresh(path, pack)"
