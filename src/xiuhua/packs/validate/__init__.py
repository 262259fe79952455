"""Whether the declarations of a pack agree with one another: a list of small checks, all errors at once.

Each module has `check(scene)`, which yields problems. A new rule is a new function here or a new module in the
list; nothing else knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from xiuhua.packs.known import Known
from xiuhua.packs.pack import Pack
from xiuhua.packs.problems import Problem
from xiuhua.packs.validate import (
    actions,
    cites,
    clocks,
    conditions,
    fields,
    figures,
    follow_ups,
    names,
    needs,
    notices,
    proceedings,
    samples,
    scenarios,
    settings,
    states,
    things,
    titles,
)
from xiuhua.packs.validate.scene import Scene

CHECKS: Final[tuple[Callable[[Scene], Iterator[Problem]], ...]] = (
    needs.check,
    names.check,
    titles.check,
    cites.check,
    fields.check,
    settings.check,
    states.check,
    actions.check,
    follow_ups.check,
    clocks.check,
    conditions.check,
    things.check,
    figures.check,
    notices.check,
    scenarios.check,
    samples.check,
    proceedings.check,
)


def check(pack: Pack, library: Mapping[str, Pack], known: Known | None = None) -> list[Problem]:
    """Every problem of a pack whose shape is right, by file and line; `library` holds the packs it may need."""
    scene = Scene(pack, library, known or Known())
    found = {(one.place, one.why): one for each in CHECKS for one in each(scene)}
    return sorted(found.values(), key=lambda one: (one.file, one.line, one.column, one.path))
