"""Every clock of every case computed again from its inputs, with the very version of the calendar it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson

from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.reading import load_version
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.clocks import recompute_batch
from xiuhua.loop.kinds import KINDS
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.sql import queries

BATCH = 5000
MOST_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A clock that does not follow from its inputs."""

    kind: str
    id: str
    number: str
    """Empty for a report."""
    clock: str
    why: str
    """What differs, as `due 1767225600, computed 1767232800`."""


@dataclass(slots=True)
class Checked:
    """What a check came to."""

    subjects: int = 0
    clocks: int = 0
    wrong: int = 0
    differences: list[Difference] = field(default_factory=list)
    """The first of them."""


@dataclass(frozen=True, slots=True)
class _Kept:
    kind: str
    row: Any
    run: ClockRun


def verify(tx: Tx, city: str, progress: Callable[[int], None] | None = None) -> Checked:
    """Compare all clocks of a city's cases and reports with what follows from their inputs; changes nothing."""
    done = Checked()

    @cache
    def version(digest: str) -> WorkCalendar | None:
        try:
            return load_version(tx, city, digest)
        except NotFound:
            return None

    for kind in KINDS:
        for batch in _batches(tx, city, kind, done):
            for difference in _differences(batch, version):
                done.wrong += 1
                if len(done.differences) < MOST_DIFFERENCES:
                    done.differences.append(difference)
            if progress is not None:
                progress(done.clocks)
    return done


def _batches(tx: Tx, city: str, kind: str, done: Checked) -> Iterator[list[_Kept]]:
    batch: list[_Kept] = []
    with tx.connection.cursor(name="clock_scan") as rows:
        rows.itersize = BATCH
        rows.execute(queries("xiuhua.loop", "clocks.sql")[f"clocks_{kind}"], {"city": city})
        for row in rows:
            runs = [ClockRun.from_json(kept) for kept in orjson.loads(row.clocks).values()]
            batch += [_Kept(kind, row, run) for run in runs]
            done.subjects, done.clocks = done.subjects + 1, done.clocks + len(runs)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _differences(batch: Iterable[_Kept], version: Callable[[str], WorkCalendar | None]) -> Iterator[Difference]:
    by_version: dict[tuple[str, str], list[_Kept]] = {}
    for kept in batch:
        by_version.setdefault((kept.run.calendar, kept.run.digest), []).append(kept)
    for (code, digest), group in by_version.items():
        calendar = version(digest)
        if calendar is None or calendar.code != code:
            yield from (_difference(kept, f"no calendar {code} ever had the digest {digest}") for kept in group)
            continue
        try:
            fresh = recompute_batch([kept.run for kept in group], {code: calendar})
        except Invalid as error:
            yield from (_difference(kept, error.detail) for kept in group)
            continue
        for kept, new in zip(group, fresh, strict=True):
            if new != kept.run:
                yield _difference(kept, _what(kept.run, new))


def _difference(kept: _Kept, why: str) -> Difference:
    return Difference(kept.kind, kept.row.id, kept.row.number or "", kept.run.name, why)


def _what(run: ClockRun, new: ClockRun) -> str:
    parts = ((name, getattr(run, name), getattr(new, name)) for name in ("due", "provisional", "consumed"))
    return "; ".join(f"{name} {kept}, computed {made}" for name, kept, made in parts if kept != made)
