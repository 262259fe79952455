"""What a pack declares and no scenario of its own shows: a promise that nobody has tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from xiuhua.packs.coverage import counted_by
from xiuhua.packs.pack import Pack
from xiuhua.packs.scenario import KINDS

_COUNTED: Final = ("registers", "ledgers", "checklists", "plans")


def unshown(pack: Pack, passed: Iterable[bool]) -> Iterator[tuple[str, str]]:
    """Kind and name of each declaration that no passing scenario shows, but those whose pack says why none can.

    `passed`: how its scenarios went, in their order. An indicator is shown with what it counts; notices are left out.
    """
    shown = {one.given.shows for one, good in zip(pack.scenarios, passed, strict=True) if good}
    excused = pack.head.unshown
    for word, kind in KINDS.items():
        yield from ((word, name) for name in pack.of_kind(kind) if (word, name) not in shown and name not in excused)
    names = {name for _, name in shown} | set(excused)
    dark = {name for kind in _COUNTED for name in pack.of_kind(kind) if name not in names}
    dark |= {one.subject for name, one in pack.procedures.items() if name not in names}
    for name, indicator in pack.indicators.items():
        if counted_by(indicator) & dark and name not in excused:
            yield "indicator", name
