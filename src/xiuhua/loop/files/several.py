"""Reports on their way to other processes that take batches of an import in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from xiuhua.loop.model import PlaceIn, Reporter, ReportIn
from xiuhua.platform.helpers import Helpers, helpers
from xiuhua.platform.imports.taking import Answer, Take

_WHOLE, _PLACE, _REPORTER = (
    attrgetter(*(one.name for one in fields(kind) if one.name not in ("place", "reporter")))
    for kind in (ReportIn, PlaceIn, Reporter)
)
_NAMES: Final = [one.name for one in fields(ReportIn) if one.name not in ("place", "reporter")]


class Several:
    """Processes that each have services of their own."""

    def __init__(self, processes: Helpers) -> None:
        self._processes, self.most = processes, processes.most

    def submit(self, reports: Sequence[ReportIn]) -> Answer:
        """Have a batch taken in; an error of the intake or of its database comes as `XiuhuaError`."""
        return self._processes.submit([packed(one) for one in reports])


@contextmanager
def several(count: int, begin: Callable[..., Take[ReportIn]], *given: Any) -> Iterator[Several]:
    """So many processes; each calls `begin(*given)` once (importable, and what it is given goes to it by pickle)."""
    with helpers(count, _begun, begin, given) as processes:
        yield Several(processes)


def packed(report: ReportIn) -> tuple[Any, ...]:
    """A report as plain values: of a frozen dataclass each goes through Python code to be pickled."""
    place, reporter = report.place, report.reporter
    return _WHOLE(report), place and _PLACE(place), reporter and _REPORTER(reporter)


def unpacked(values: tuple[Any, ...]) -> ReportIn:
    """The report again."""
    whole, place, reporter = values
    return ReportIn(
        **dict(zip(_NAMES, whole, strict=True)),
        place=place and PlaceIn(*place),
        reporter=reporter and Reporter(*reporter),
    )


def _begun(begin: Callable[..., Take[ReportIn]], given: Sequence[Any]) -> Callable[[Sequence[tuple[Any, ...]]], Any]:
    take = begin(*given)
    return lambda packs: take([unpacked(one) for one in packs])
