"""What packs cover of the mechanisms that the bureaus' annual reports name.

The list is handed in as a text. A mechanism runs only by a scenario that passes and cites it; that a declaration cites
it keeps it only when a passing scenario of its pack shows that very declaration.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xiuhua.packs.kinds import Indicator
from xiuhua.packs.pack import KINDS, Pack
from xiuhua.packs.scenario import KINDS as SHOWN
from xiuhua.platform.errors import Invalid

_ROW: Final = re.compile(r"^- \*\*(S\d{3}) (.+?)\*\*", re.MULTILINE)
_KEEPS: Final = frozenset({"registers", "ledgers", "indicators"})
"""Kinds whose declarations keep or count something by their mere being there."""
NO_SCENARIO: Final = "scenario"
NO_PACK: Final = "pack"
"""What a mechanism waits for where no list says it: a scenario that shows what is declared; a pack."""

Named = tuple[str, str, str]
"""Pack, kind and name of a declaration."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A row of the list."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Covered:
    """How one mechanism stands."""

    mechanism: Mechanism
    status: str
    """`runs`, `kept` or `waits`."""
    reason: str = ""
    """What it waits for."""
    by: tuple[Named, ...] = ()
    """The declarations that serve it."""


@dataclass(slots=True)
class Shown:
    """What passing scenarios show."""

    cited: dict[str, set[Named]] = field(default_factory=dict)
    """Mechanism → what is shown by the passing scenarios that cite it."""
    used: set[Named] = field(default_factory=set)
    """All that is shown by a passing scenario."""

    def add(self, pack: Pack, passed: Sequence[bool]) -> None:
        """The scenarios of a pack and how each went, in the same order."""
        for scenario, good in zip(pack.scenarios, passed, strict=True):
            if good:
                kind, name = scenario.given.shows
                shown = (pack.name, SHOWN[kind], name)
                self.used.add(shown)
                for one in scenario.cites:
                    self.cited.setdefault(one, set()).add(shown)


def mechanisms(text: str) -> tuple[Mechanism, ...]:
    """The rows of a list, `- **S001 name** …`. Raises `Invalid` when it has none, or one twice."""
    found = [Mechanism(one[1], one[2].strip()) for one in _ROW.finditer(text)]
    twice = [one for one, times in Counter(row.id for row in found).items() if times > 1]
    if not found or twice:
        raise Invalid(f"The list has {len(found)} mechanisms; twice: {', '.join(twice) or 'none'}.")
    return tuple(found)


def covered(
    rows: Iterable[Mechanism], packs: Iterable[Pack], shown: Shown, waiting: Mapping[str, str]
) -> Iterator[Covered]:
    """How each mechanism stands; `waiting`: mechanism → what it waits for, where packs alone cannot serve it."""
    citing: dict[str, set[Named]] = {}
    keeping: set[Named] = set()
    library = {pack.name: pack for pack in packs}
    for pack in library.values():
        for kind in KINDS:
            for name, one in pack.of_kind(kind).items():
                for cite in getattr(one, "cites", ()):
                    citing.setdefault(cite, set()).add((pack.name, kind, name))
        keeping |= _keeping(pack, library, shown)
    for row in rows:
        named = citing.get(row.id, set())
        if row.id in shown.cited:
            yield Covered(row, "runs", by=tuple(sorted(shown.cited[row.id])))
        elif kept := named & keeping:
            yield Covered(row, "kept", by=tuple(sorted(kept)))
        else:
            reason = waiting.get(row.id) or (NO_SCENARIO if named else NO_PACK)
            yield Covered(row, "waits", reason, tuple(sorted(named)))


def _keeping(pack: Pack, library: Mapping[str, Pack], shown: Shown) -> set[Named]:
    """Registers and ledgers that a passing scenario shows, and indicators that count nothing else.

    What an indicator counts may stand in a pack that its own needs, and be shown there.
    """
    near = {pack.name, *pack.head.needs}
    names = {(kind, name) for of, kind, name in shown.used if of == pack.name and kind in _KEEPS}
    things = {_subject(library, *used) for used in shown.used if used[0] in near}
    names |= {("indicators", name) for name, one in pack.indicators.items() if counted_by(one) <= things}
    return {(pack.name, kind, name) for kind, name in names}


def _subject(library: Mapping[str, Pack], pack: str, kind: str, name: str) -> str:
    """What a declaration is called where it is counted: a procedure by its subject."""
    procedure = library[pack].procedures.get(name) if kind == "procedures" and pack in library else None
    return name if procedure is None else procedure.subject


def counted_by(indicator: Indicator) -> set[str]:
    """The names of what an indicator counts: registers, ledgers, subjects of procedures."""
    parts = (indicator.count, indicator.numerator, indicator.denominator)
    return {one.of.partition(".")[0] for one in parts if one is not None}


def page(rows: Sequence[Covered], head: str) -> str:
    """Markdown: the head, a row for each mechanism, and the summary."""
    lines = [head.rstrip(), "", summary(rows), "", "| mechanism | name | state | declared in |", "|---|---|---|---|"]
    for one in rows:
        state = f"waits: {one.reason}" if one.status == "waits" else one.status
        by = ", ".join(f"{pack} ({kind.removesuffix('s')} {name})" for pack, kind, name in one.by)
        lines.append(f"| {one.mechanism.id} | {one.mechanism.name.replace('|', '/')} | {state} | {by} |")
    return "\n".join(lines) + "\n"


def summary(rows: Sequence[Covered]) -> str:
    """`runs N, kept N, waits N of M`."""
    count = Counter(one.status for one in rows)
    return f"runs {count['runs']}, kept {count['kept']}, waits {count['waits']} of {len(rows)}"
