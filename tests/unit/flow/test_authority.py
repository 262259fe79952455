"""Who may: by role, at a desk, by name, in an area, under a condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from xiuhua.flow import authority
from xiuhua.flow.context import Context
from xiuhua.flow.scenarios import CITY, SmallCity
from xiuhua.packs.common import Title
from xiuhua.packs.procedure import Action, Who
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.identity.model import Actor, Post, system

CASE = {"unit": "roads", "checker": "li", "scopes": ["street1", "district1", CITY], "nobody": None}
STATE = {"data": CASE}


@dataclass(slots=True)
class WithProxies(SmallCity):
    """`village` keeps no desk; that of `roads` stands in for it."""

    def acts_for(self, post: Post, unit: str) -> str | None:
        return "proxy" if (post.unit, unit) == ("roads", "village") else SmallCity.acts_for(self, post, unit)


def granted(who: Who | list[Who], *posts: Post, person: str = "wang", city: str = CITY) -> authority.Granted | None:
    by = who if isinstance(who, list) else [who]
    action = Action.model_validate({"title": Title(zh="做", en="do"), "event": "DoneSo", "by": by, "from": ["open"]})
    context = Context({"case": CASE, "actor": {}, "item": {"hours": 5}})
    return authority.find(action, STATE, Actor(person, city, "", posts), context, WithProxies({}))


def post(role: str = "dispatcher", unit: str | None = None, area: str | None = None, city: str = CITY) -> Post:
    return Post(role, city, unit, area)


@pytest.mark.parametrize(
    ("who", "posts", "may"),
    [
        (Who(role="dispatcher"), [post()], True),
        (Who(role="dispatcher"), [post("handler")], False),
        (Who(role="dispatcher"), [], False),
        (Who(role="dispatcher"), [post(city="110100")], False),
        (Who(role="dispatcher"), [post(area="district1")], True),
        (Who(role="dispatcher"), [post(area="district2")], False),
        (Who(role="dispatcher"), [post(area="district2"), post(area="street1")], True),
        (Who(role="dispatcher", anywhere=True), [post(area="district2")], True),
        (Who(role="dispatcher", unit="case.unit"), [post(unit="roads")], True),
        (Who(role="dispatcher", unit="case.unit"), [post(unit="drainage")], False),
        (Who(role="dispatcher", unit="case.unit"), [post()], False),
        (Who(role="dispatcher", unit="case.unit"), [post(unit="roads", area="district2")], True),
        (Who(role="dispatcher", unit="case.nobody"), [post(unit="roads")], False),
        (Who(role="dispatcher", person="case.checker"), [post()], False),
        (Who(role="dispatcher", person="case.nobody"), [post()], False),
        (Who(role="dispatcher", when="item.hours <= 5"), [post()], True),
        (Who(role="dispatcher", when="item.hours < 5"), [post()], False),
        (Who(role="dispatcher", when='actor.unit == "roads"'), [post(unit="roads")], True),
        (Who(role="system"), [post("system")], False),
    ],
)
def test_who_may(who: Who, posts: list[Post], may: bool) -> None:
    assert (granted(who, *posts) is not None) == may


def test_the_very_person() -> None:
    assert granted(Who(role="collector", person="case.checker"), post("collector"), person="li") is not None
    assert granted(Who(role="collector", person="case.checker"), post("handler"), person="li") is None


def test_the_first_entry_that_fits_decides_in_which_post() -> None:
    who = [Who(role="supervisor"), Who(role="dispatcher")]
    found = granted(who, post("dispatcher"), post("supervisor"))
    assert found is not None and found.post.role == "supervisor" and found.described["role"] == "supervisor"


def test_a_proxy_acts_on_the_record() -> None:
    found = granted(Who(role="unit_officer", unit='"village"'), post("unit_officer", unit="roads"))
    assert found is not None and found.on_behalf_of == "village" and found.described["on_behalf_of"] == "village"


def test_the_systems_own() -> None:
    action = Action.model_validate(
        {"title": Title(zh="做", en="do"), "event": "DoneSo", "by": [Who(role="system")], "from": ["open"]}
    )
    world: Any = WithProxies({})
    assert authority.demand(action, STATE, system(CITY), Context({"actor": {}}), world).described["id"] == "system"


def test_a_refusal_names_the_roles() -> None:
    action = Action.model_validate(
        {"title": Title(zh="做", en="do"), "event": "DoneSo", "by": [Who(role="leader")], "from": ["open"]}
    )
    with pytest.raises(NotAllowed, match="leader"):
        authority.demand(action, STATE, Actor("wang", CITY), Context({}), WithProxies({}))
