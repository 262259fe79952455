"""Who is told of an inspection, and what is said. The room of notices writes it down; it is reached through a port."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from xiuhua.checks.model import RECTIFY
from xiuhua.city.calendars.limits import moment
from xiuhua.city.compiled import CityData
from xiuhua.flow.model import State
from xiuhua.packs.kinds import Checklist
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.permissions import ALL, roles


@dataclass(frozen=True, slots=True)
class Message:
    """One occasion, and those who are told of it."""

    name: str
    key: str
    """The same for the same occasion, however often it is told."""
    people: tuple[str, ...]
    head: Mapping[str, str]
    body: Mapping[str, str]
    kind: str
    subject: str
    number: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """The port: writes notices in the transaction of what they are of."""

    send: Callable[[Tx, str, Sequence[Message]], None]


def nobody(_tx: Tx, _city: str, _messages: Sequence[Message]) -> None:
    """Where notices are not told."""


def of_inspection(
    city: CityData, checklist: Checklist, name: str, state: State, version: int, rectifications: Sequence[int],
    people: Iterable[str], but: str,
) -> Message | None:  # fmt: skip
    """What is said of some rectifications of an inspection; None where nobody is told. `but`: who did it."""
    told = tuple(dict.fromkeys(one for one in people if one != but and one in city.directory().people))
    if not told or not rectifications:
        return None
    chosen = [one for one in state["tracks"]["rectification"] if one["n"] in rectifications]
    titles = [checklist.items[one["item"]["item"]].title for one in chosen]
    due = min(one["item"]["due"] for one in chosen)
    texts = words()[name]
    said = {
        language: {
            "called": state["data"]["thing"]["called"], "checklist": getattr(checklist.title, language),
            "items": ("、" if language == "zh" else ", ").join(getattr(one, language) for one in titles),
            "due": f"{moment(due).astimezone(city.zone):%Y-%m-%d %H:%M}",
        }
        for language in ("zh", "en")
    }  # fmt: skip
    return Message(
        name, f"inspection/{state['id']}/{version}", told,
        {language: texts["head"][language].format(**said[language]) for language in said},
        {language: texts["body"][language].format(**said[language]) for language in said},
        "inspection", state["id"], state["number"], bool(texts["urgent"]),
    )  # fmt: skip


def at_desk(city: CityData, unit: str | None) -> list[str]:
    """Those who put right what a unit answers for: at its desk, or at that of who stands in for it."""
    directory = city.directory()
    if unit is None or unit not in directory.units:
        return []
    desk = directory.desk_of(unit)
    if desk in directory.people:
        return [desk]
    found = [
        person
        for role in roles().values()
        if RECTIFY in role.permissions and ALL not in role.permissions
        for person in directory.holders(role.name, (), desk)
    ]
    return list(dict.fromkeys(found))


@cache
def words() -> dict[str, Any]:
    """`words.yaml`, read once."""
    text = files("xiuhua.checks").joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found
