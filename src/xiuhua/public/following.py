"""What became of a report, in plain words: from its events and its case's, and nothing that is not for the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from xiuhua.flow.model import Attempt, State
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.loop.titles import titles_of
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotFound, NotNow
from xiuhua.platform.eventlog import Event
from xiuhua.platform.masking import mask_text
from xiuhua.platform.sql import queries
from xiuhua.public.model import Language
from xiuhua.public.proof import digest
from xiuhua.public.taking import public
from xiuhua.public.texts import catalogue

ENDED: Final = frozenset({"answered", "called_back", "done", "refused", "forwarded"})
_AFTER_THE_CASE: Final = frozenset({"ReportAnswered", "ReportRated"})
CONTESTABLE: Final = frozenset({"answered", "called_back", "done"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    at: datetime
    recorded_at: datetime
    words: str
    note: str = ""
    """An answer, a unit's name: what the event says besides, and the public may know."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as its reporter sees it."""

    city: str
    report: str
    number: str
    language: Language
    state: str
    """In words."""
    ended: bool
    steps: tuple[Step, ...]
    category: str = ""
    case_number: str = ""
    stars: int | None = None
    may_contest: bool = False
    contests: int = 0
    photos: tuple[str, ...] = ()
    """Ids of photos taken after the work, once the case is closed."""


def find(tx: Tx, city: str, secret: str) -> Any:
    """The row of the report that a secret opens. Raises `NotFound`."""
    row = None
    if 20 <= len(secret) <= 64:
        values = {"city": city, "secret": digest(secret)}
        row = tx.execute(queries("xiuhua.public")["report_of_link"], values).fetchone()
    if row is None:
        raise NotFound
    return row


def follow(tx: Tx, loop: Loop, row: Any, language: Language) -> Followed:
    """A report by its row, told in a language."""
    city = row.city
    state = loop.docs(tx, city, "report", [row.report])[row.report][1]
    data, view = state["data"], loop.view(tx, city)
    case = case_of(tx, loop, city, state)
    events = eventlog.read(tx, city, f"report/{row.report}")
    if case is not None:
        events += eventlog.read(tx, city, f"case/{case['id']}")
    events.sort(key=lambda one: (one.at, one.recorded_at, _rank(one), one.version))
    closed = case is not None and case["data"].get("closed_at") is not None
    return Followed(
        city, row.report, row.number, row.language, _called(view, state["state"], language), state["state"] in ENDED,
        tuple(_steps(events, view, language)), category_of(view, data, case, language),
        case["number"] if case else "", data.get("stars"), _may_contest(state), row.contests,
        tuple((case["data"].get("photos_after") or ()) if case is not None and closed else ()),
    )  # fmt: skip


def _called(view: CityView, state: str, language: Language) -> str:
    """A state in the page's words, in the procedure's own where a city has a state of its own."""
    words = catalogue("page").get(f"state_{state}") or titles_of(view, "report", state, None).state
    return str(words[language])


def _rank(event: Event) -> int:
    """Within one moment: the report comes in, its case does something, the reporter hears of it."""
    return 2 if event.type in _AFTER_THE_CASE else int(event.stream.startswith("case/"))


def case_of(tx: Tx, loop: Loop, city: str, state: State) -> State | None:
    """The case that a report is in, if it is in one."""
    id_ = state["data"].get("case")
    found = loop.docs(tx, city, "case", [id_]) if id_ else {}
    return found[id_][1] if id_ in found else None


def category_of(view: CityView, data: dict[str, Any], case: State | None, language: Language) -> str:
    """The name of what it was taken for; empty while nobody has said so."""
    key = (case["data"] if case else data).get("category")
    found = view.catalogue.get(key) if key else None
    if found is None:
        return ""
    return found.name_en or found.name if language == "en" else found.name


def _may_contest(state: State) -> bool:
    """A closing is contested once; the next one can be contested again."""
    data = state["data"]
    answered, contested = data.get("answered_at") or 0, data.get("contested_at") or -1
    return state["state"] in CONTESTABLE and data.get("case") is not None and contested < answered


def _steps(events: list[Event], view: CityView, language: Language) -> list[Step]:
    known = catalogue("steps")["steps"]
    found: list[Step] = []
    for event in events:
        words = known.get(event.type)
        if words is None:
            continue
        step = Step(event.at, event.recorded_at, str(words[language]), _note(event, words.get("with"), view, language))
        # Several reports of one case are answered at once, and a state may be entered twice by one action.
        if not found or (found[-1].words, found[-1].note, found[-1].at) != (step.words, step.note, step.at):
            found.append(step)
    return found


def _note(event: Event, name: str | None, view: CityView, language: Language) -> str:
    if name is None:
        return ""
    value = (event.payload.get("set") or {}).get(name)
    if value is None:
        value = (event.payload.get("fields") or {}).get(name)
    if value is None:
        return ""
    if name == "unit":
        unit = view.directory.units.get(str(value))
        return (unit.name_en or unit.name if language == "en" else unit.name) if unit else ""
    if name == "stars":
        return "★" * int(value)
    # An officer's words go to every reporter of the case; a number that slipped into them does not.
    return mask_text(str(value))


def rate(tx: Tx, loop: Loop, row: Any, stars: int) -> None:
    """The reporter's rating, 1 to 5; the same once more is no new event. Raises `NotNow` while it goes on."""
    version, state = loop.docs(tx, row.city, "report", [row.report])[row.report]
    if state["data"].get("stars") == stars:
        return
    loop.act(tx, "report", row.report, Attempt("rate", {"stars": stars}), public(row.city), version)


def contest(tx: Tx, loop: Loop, row: Any) -> bool:
    """Contest the closing where the procedure has a step for it; whether its case goes on now."""
    try:
        with tx.connection.transaction():
            loop.act(tx, "report", row.report, Attempt("contest"), public(row.city))
    except (NotAllowed, NotNow, Invalid, ConditionUnmet):
        # A city's own procedure may have no such step: then the new report says it.
        return False
    state = loop.docs(tx, row.city, "report", [row.report])[row.report][1]
    case = case_of(tx, loop, row.city, state)
    return case is not None and case["data"].get("closed_at") is None
