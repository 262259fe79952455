"""What a document is: its content, its number, since when and until when it is in force. Pure.

A state has the keys of `flow.model`; `procedure` is the kind of document as a pack declares it. Its `data`:

- `title`, `text`, `fields`, `items`, `attachments`: the content; `version` counts how often it was written, on through
  the revisions of one text
- `authors`: whoever wrote any of it; `steps`: the roles that approve it, `approvals`: those that have
- `number`, `series`, `year`, `n`, `digest`: of what is published; `since`, `until`: the first and last day in force
- `warn_on`, `warned`: when its author is told of its end; `replaces`, `replaced_by`: documents before and behind it
"""

from __future__ import annotations

import calendar
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any, Final

import orjson

from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import NUMBER_PART, Document

READ: Final = "document.read"
DRAFT: Final = "document.draft"
APPROVE: Final = "document.approve"
PUBLISH: Final = "document.publish"
CONTENT: Final = ("title", "text", "fields", "items", "attachments")
STATES: Final = ("draft", "submitted", "approved", "published", "expired", "replaced", "revoked")
OUT: Final = frozenset({"published", "expired", "replaced"})
"""States of what was published; `revoked` is one too where it has a number."""
LONGEST: Final = 100_000
"""Characters of a text."""
MOST_ITEMS: Final = 500
MOST_ATTACHMENTS: Final = 50
MOST_VERSIONS: Final = 1000
"""How often one text is written, its revisions with it."""
WITHOUT_YEAR: Final = 0
_MOST_COMPARED: Final = 2_000
"""Paragraphs of one of two texts that are laid beside each other one by one."""
_MOST_ALIKE: Final = 50_000
"""Pairs of paragraphs of the two that are the same."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A kind of document as it is in force in a city."""

    name: str
    digest: str
    """Of the pack version."""
    document: Document
    layout: str | None = None
    """The text of its template; None: the official layout."""

    @property
    def series(self) -> str:
        """What its numbers are counted in."""
        return self.document.series or self.name

    def given(self) -> dict[str, FieldSpec]:
        """The fields that somebody fills in."""
        return dict(self.document.fields)

    def year(self, day: date) -> int:
        """The year whose numbers it takes; `WITHOUT_YEAR` where they go on for ever."""
        named = NUMBER_PART.findall(self.document.number)
        return day.year if "year" in named else WITHOUT_YEAR

    def number(self, city: str, year: int, n: int) -> str:
        """The number as it is written."""

        def part(name: str) -> str:
            if name in ("year", "city"):
                return str(year) if name == "year" else city
            width = int(name.partition(":")[2] or 0)
            return f"{n:0{width}d}" if width else str(n)

        return NUMBER_PART.sub(lambda found: part(found[1]), self.document.number)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number taken from a series."""

    series: str
    year: int
    n: int
    number: str


def last_day(since: date, span: str) -> date:
    """The last day of a span that begins with a day: of `1 year` from 2 March the 1 March after."""
    amount, unit = span.split(" ")
    count = int(amount)
    match unit.removesuffix("s"):
        case "day" | "week":
            return since + timedelta(days=count * (7 if unit.startswith("week") else 1) - 1)
        case "month" | "year":
            months = since.month - 1 + count * (12 if unit.startswith("year") else 1)
            year, month = since.year + months // 12, months % 12 + 1
            if year > date.max.year:
                return date.max
            day = min(since.day, calendar.monthrange(year, month)[1])
            kept = date(year, month, day)
            return kept - timedelta(days=1) if day == since.day else kept
    return since


def is_in_force(data: Mapping[str, Any], day: date) -> bool:
    """Whether it holds on a day, both ends inclusive."""
    since, until = data.get("since"), data.get("until")
    return since is not None and since <= day.isoformat() and (until is None or day.isoformat() <= until)


def is_out(state: State) -> bool:
    """Whether it was ever published."""
    return bool(state["data"].get("number"))


def waiting_for(state: State) -> str | None:
    """The role whose approval it waits for."""
    if state["state"] != "submitted":
        return None
    steps, given = state["data"]["steps"], state["data"]["approvals"]
    return str(steps[len(given)]) if len(given) < len(steps) else None


def due_on(data: Mapping[str, Any], state: str) -> str | None:
    """The day on which the clock has something to do."""
    if state != "published" or data.get("until") is None:
        return None
    if data.get("warn_on") and not data.get("warned"):
        return str(data["warn_on"])
    return (date.fromisoformat(data["until"]) + timedelta(days=1)).isoformat()


def content(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is written in it."""
    return {name: data[name] for name in CONTENT}


def digest_of(kind: str, number: str, data: Mapping[str, Any]) -> str:
    """SHA-256 of what was published, hexadecimal: kind, number and content by name as compact JSON, keys sorted."""
    told = {"kind": kind, "number": number, **content(data)}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def holds(state: State) -> bool | None:
    """Whether what stands there is what was published; None as long as nothing was."""
    data = state["data"]
    kept = data.get("digest")
    return None if kept is None else kept == digest_of(state["procedure"], data["number"], data)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of two versions laid beside each other."""

    what: str
    """`same`, `added`, `removed`."""
    text: str


def paragraphs(text: str) -> list[str]:
    """A text by its lines, empty ones left out."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def difference(before: str, after: str) -> list[Piece]:
    """What became of a text, by paragraph."""
    old, new = paragraphs(before), paragraphs(after)
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    same, left, right = old[:begin], old[begin : len(old) - end], new[begin : len(new) - end]
    middle = _pieces(left, right) if _comparable(left, right) else _exchanged(left, right)
    return [*_all("same", same), *middle, *_all("same", old[len(old) - end :])]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many paragraphs two texts begin with in common."""
    return next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
                min(len(old), len(new)))  # fmt: skip


def _comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether laying them beside each other takes no more than moments: it grows with the cube of what is alike."""
    times = Counter(old)
    return max(len(old), len(new)) <= _MOST_COMPARED and sum(times[one] for one in new) <= _MOST_ALIKE


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from _all("same", old[a:b]) if what == "equal" else _exchanged(old[a:b], new[c:d])


def _exchanged(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    yield from _all("removed", old)
    yield from _all("added", new)


def _all(what: str, lines: Sequence[str]) -> Iterator[Piece]:
    return (Piece(what, one) for one in lines)


def facets(texts: Sequence[str]) -> list[str]:
    """Every two neighbouring signs of some texts, of either case alike: what lists find a document by."""
    found: set[str] = set()
    for text in texts:
        plain = "".join(text.split()).casefold()
        found |= {plain[at : at + 2] for at in range(len(plain) - 1)}
    return sorted(found)
