"""Who is told what and when, as packs declare it; quiet hours; texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from xiuhua.packs.common import Title
from xiuhua.packs.notice import NOTICE_ON, PLACEHOLDER, PLAN, RECORD, LimitValue, Notice, Rung
from xiuhua.packs.pack import Pack
from xiuhua.platform.errors import Invalid

Way = Literal["mail", "sms", "wechat"]
WAYS: Final = ("mail", "sms", "wechat")
WEBHOOK: Final = "webhook"
Said = Mapping[str, str]
"""A text in both languages: `zh`, `en`."""
_MISSING: Final = "–"


@dataclass(frozen=True, slots=True)
class Rules:
    """The notices of the packs in force, by what they are on."""

    by_name: Mapping[str, Notice] = field(default_factory=dict)
    by_event: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """Procedure or register, and event → names."""
    by_clock: Mapping[tuple[str, str | None], Sequence[str]] = field(default_factory=dict)
    """Procedure and clock (None: each of its clocks) → names."""
    digests: Sequence[str] = ()

    def of_clock(self, procedure: str, clock: str) -> list[str]:
        """The notices that look at a clock; the clock of a stage (`handling.1`) is that of the whole."""
        base = clock.partition(".")[0]
        return [*self.by_clock.get((procedure, base), ()), *self.by_clock.get((procedure, None), ())]


def rules_of(packs: Iterable[Pack], defaults: Mapping[str, Notice] = MappingProxyType({})) -> Rules:
    """The notices of some packs, compiled for look-ups.

    `defaults`: on events of any register or plan (`record`, `plan`), where no pack says who is told of one.
    """
    known = list(packs)
    by_name: dict[str, Notice] = {}
    by_event: dict[tuple[str, str], list[str]] = {}
    by_clock: dict[tuple[str, str | None], list[str]] = {}
    digests: list[str] = []
    for held, name, notice in ((pack, name, notice) for pack in known for name, notice in pack.notices.items()):
        found = re.fullmatch(NOTICE_ON, notice.on)
        event_of, event, clock_of, clock = found.groups() if found else (None,) * 4
        by_name[name] = notice
        if event_of is not None and event is not None:
            of: Iterable[str] = {RECORD: held.registers, PLAN: held.plans}.get(event_of, [event_of])
            for one in of:
                by_event.setdefault((one, event), []).append(name)
        elif clock_of is not None:
            by_clock.setdefault((clock_of, clock), []).append(name)
        else:
            digests.append(name)
    for name, notice in defaults.items():
        event_of, _, event = notice.on.removeprefix("event ").partition(".")
        for held in known:
            for one in held.registers if event_of == RECORD else held.plans:
                if (one, event) not in by_event:
                    by_event[one, event] = [name]
                    by_name[name] = notice
    return Rules(by_name, by_event, by_clock, digests)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the local day in which only what is urgent is told; they may go over midnight."""

    begin: time
    end: time

    @classmethod
    def parsed(cls, text: str) -> Quiet | None:
        """`22:00-07:00`, or `off`. Raises `Invalid`."""
        if text == "off":
            return None
        parts = text.split("-")
        if len(parts) != 2:
            raise Invalid(f"{text!r} is no span such as 22:00-07:00")
        begin, end = map(time.fromisoformat, parts)
        return cls(begin, end) if begin != end else None

    def over(self, local: datetime) -> datetime | None:
        """When the quiet hours that a local moment lies in are over; None when it lies in none."""
        now = local.time()
        inside = self.begin <= now < self.end if self.begin < self.end else now >= self.begin or now < self.end
        if not inside:
            return None
        day = local.date() if now < self.end else local.date() + timedelta(days=1)
        return datetime.combine(day, self.end, local.tzinfo)


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice for one person or one other system."""

    name: str
    key: str
    head: Said
    body: Said
    at: datetime
    shown_at: datetime
    urgent: bool = False
    person: str | None = None
    webhook: str | None = None
    kind: str | None = None
    subject: str | None = None
    number: str | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rung that lies ahead."""

    kind: str
    subject: str
    clock: str
    leg: str
    name: str
    rung: int
    turn: int
    due: int
    at: int
    """Epoch seconds, like `due`."""

    @property
    def key(self) -> str:
        """The same for the same rung of the same running of a clock with the same end, whenever it is worked out."""
        return f"{self.kind}/{self.subject}/{self.clock}/{self.leg}/{self.due}/{self.rung}/{self.turn}"


Words = Mapping[str, tuple[str, str]]
"""What can be filled in: name → Chinese, English."""


def filled(title: Title, words: Words) -> dict[str, str]:
    """A text with its names filled in, in both languages; what is not known is a dash."""
    return {
        language: PLACEHOLDER.sub(lambda found, place=place: words.get(found[1], (_MISSING,) * 2)[place], text)  # type: ignore[misc]
        for place, (language, text) in enumerate((("zh", title.zh), ("en", title.en)))
    }


def body_of(notice: Notice, rung: Rung | None, words: Words) -> dict[str, str]:
    """What is said, and what is said in short where that is declared."""
    body = filled((rung and rung.text) or notice.text, words)
    if notice.short is not None and not (rung and rung.text):
        body |= {f"short_{language}": text for language, text in filled(notice.short, words).items()}
    return body


def set_value(given: Any, settings: Mapping[str, Any]) -> Any:
    """A number or limit as written, or that of the setting it names."""
    return settings.get(given) if isinstance(given, str) else given


def limit_of(given: LimitValue | str | None, settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """Amount and kind of a limit, written or set."""
    value = set_value(given, settings)
    if value is None:
        return None
    if isinstance(value, LimitValue):
        return str(value.amount), value.kind
    return str(value["amount"]), str(value["kind"])
