"""Units, streets, communities or categories beside each other over a period: what an appraiser begins with.

Counts of the records as they stand, each with its list; no scores, which follow rules of a city.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.brief import choosing, reading
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.model import OVERDUE
from xiuhua.loop.brief.reading import Columns, Words
from xiuhua.loop.brief.titles import title
from xiuhua.loop.cockpit.forms import By, Compared, ComparisonOut, Counts
from xiuhua.loop.lists.export import Table, heads
from xiuhua.loop.lists.forms import ListOf
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.scope import Sight
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx

NOTHING: Final = -1
COLUMNS: Final = (
    "code", "called", "opened", "handed_back", "on_time", "handed_back_late", "on_time_percent", "median_handling_h",
    "late_now",
)  # fmt: skip
"""Of the table, as `strings/export.yaml` heads them."""


def compared(tx: Tx, held: Held, view: CityView, seen: Sight, by: By, first: date, last: date) -> ComparisonOut:
    """Each unit (street …) that had anything to do from the first day to the last, and all together."""
    begins, ends = (datetime.combine(day, time(), view.zone) for day in (first, last + timedelta(days=1)))
    known = reading.words(tx, view.city)
    columns = choosing.chosen(tx, view.city, held.of(tx, view.city), seen, ListFilter(), known)
    keys, codes = _keys(tx, view, known, by, columns)
    counted = dict(_which(columns, begins, ends, int(tx.now.timestamp())))
    numbers = {name: _of_each(keys[which], len(codes)) for name, which in counted.items()}
    took = _took(keys, columns, counted["handed_back"], len(codes))
    busy = np.flatnonzero(sum(numbers.values()))
    rows = [
        Compared(
            code=codes[at], title=_title(view, by, codes[at]), median_handling_s=took.get(at),
            **_told({name: int(one[at]) for name, one in numbers.items()}, begins, ends, _filter(by, codes[at])),
        )
        for at in busy.tolist()
    ]  # fmt: skip
    whole = {name: int(which.sum()) for name, which in counted.items()}
    everything = _median(columns["took"][counted["handed_back"]])
    return ComparisonOut(
        now=tx.now, by=by, first=first, last=last, rows=sorted(rows, key=_order),
        total=Compared(
            code="", title={one: heads(["all"], one)[0] for one in ("zh", "en")}, median_handling_s=everything,
            **_told(whole, begins, ends, {}),
        ),
    )  # fmt: skip


def table(found: ComparisonOut, language: str) -> Table:
    """The same for a file, under `COLUMNS`."""
    return Table(heads(COLUMNS, language), _cells(found, language))


def _cells(found: ComparisonOut, language: str) -> Iterator[Sequence[Any]]:
    for row in (*found.rows, found.total):
        hours = None if row.median_handling_s is None else round(row.median_handling_s / 3600, 2)
        yield (
            row.code, row.title[language], row.opened.count, row.handed_back.count, row.on_time.count, row.late.count,
            row.percent, hours, row.late_now.count,
        )  # fmt: skip


def _which(columns: Columns, begins: datetime, ends: datetime, now: int) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    first, end = begins.timestamp(), ends.timestamp()
    done, overdue = columns["handed_back"], columns["flags"] & OVERDUE > 0
    handed = (done >= first) & (done < end) & (done > 0)
    yield "opened", (columns["opened"] >= first) & (columns["opened"] < end)
    yield "handed_back", handed
    yield "on_time", handed & ~overdue
    yield "late", handed & overdue
    yield "late_now", (columns["closed"] == 0) & (done == 0) & (columns["due"] > 0) & (columns["due"] < now)


def _keys(tx: Tx, view: CityView, known: Words, by: By, columns: Columns) -> tuple[NDArray[np.intp], list[str]]:
    """[n] place of each case in the list of codes, `NOTHING` for none."""
    if by in ("unit", "category"):
        words, numbers = {number: word for word, number in known[by].items()}, columns[by]
    else:
        numbers, words = columns["place"], {}
        areas = {area.code for area in view.areas.areas(by)}
        for number, around in reading.scopes(tx, view.city).items():
            if code := next((one for one in around if one in areas), None):
                words[number] = code
    codes = sorted(set(words.values()))
    at = {code: place for place, code in enumerate(codes)}
    table = np.full(max((int(numbers.max(initial=0)), *words)) + 1, NOTHING, np.intp)
    for number, code in words.items():
        table[number] = at[code]
    return table[numbers], codes


def _of_each(keys: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    return np.bincount(keys[keys != NOTHING], minlength=count)


def _took(keys: NDArray[np.intp], columns: Columns, which: NDArray[np.bool_], count: int) -> dict[int, int]:
    timed = which & (columns["took"] >= 0) & (keys != NOTHING)
    order = np.lexsort((columns["took"][timed], keys[timed]))
    took, ends = columns["took"][timed][order], np.cumsum(_of_each(keys[timed], count))
    parts = np.split(took, ends[:-1]) if count else []
    return {at: median for at, part in enumerate(parts) if (median := _median(part)) is not None}


def _median(took: NDArray[np.int32]) -> int | None:
    timed = took[took >= 0]
    return int(np.median(timed)) if len(timed) else None


def _told(numbers: dict[str, int], begins: datetime, ends: datetime, said: dict[str, Any]) -> dict[str, Any]:
    handed = {"handed_back_from": begins, "handed_back_to": ends, **said}
    filters: dict[str, dict[str, Any]] = {
        "opened": {"opened_from": begins, "opened_to": ends, **said}, "handed_back": handed,
        "on_time": {**handed, "overdue": False}, "late": {**handed, "overdue": True},
        "late_now": {"late": True, **said},
    }  # fmt: skip
    done = numbers["handed_back"]
    return {
        **{name: Counts(count=numbers[name], records=ListOf.of("case", **one)) for name, one in filters.items()},
        "percent": round(100 * numbers["on_time"] / done, 2) if done else None,
    }


def _filter(by: By, code: str) -> dict[str, Any]:
    return {by: (code,)} if by in ("unit", "category") else {"area": code}


def _title(view: CityView, by: By, code: str) -> dict[str, str]:
    if by in ("unit", "category"):
        return title(view, by, code)
    name = view.areas.area(code).name
    return {"zh": name, "en": name}


def _order(row: Compared) -> tuple[float, int, str]:
    """The lowest rate first; who handed nothing back comes last."""
    return (101.0 if row.percent is None else row.percent, -row.handed_back.count, row.code)
