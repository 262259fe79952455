"""What can be done with the duty matrix: load, save, import, adjudicate, draft, check, dry-run.

The matrix in force and each draft are whole matrices side by side; a draft answers nothing until adopted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.tables import Row, read_table
from xiuhua.city.duties.check import Report, check
from xiuhua.city.duties.dead import Judge, Known
from xiuhua.city.duties.dry_run import DryRun, PastCase, dry_run
from xiuhua.city.duties.files import NEEDED, neat, read_rows, to_csv, to_xlsx, together
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import CategoryGroup, DutyRow, Section
from xiuhua.city.duties.sections import GROUPS, SECTIONS
from xiuhua.city.duties.survey import grids_of, known_of, lines_of
from xiuhua.city.units import keeping
from xiuhua.city.units.bands import TimeBand
from xiuhua.city.units.keeping import Book
from xiuhua.city.units.service import TIME_BANDS, load_directories, time_zone
from xiuhua.city.units.timeline import Kept, Plan, plan
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

PACKAGE = "xiuhua.city.duties"
REVISION = "duties"
_DAY = timedelta(days=1)
DUTIES = Book("duty", DutyRow, lambda row: (*row.selector(), row.unit), PACKAGE)
PastCases = Callable[[Tx, str, date, date], Iterable[PastCase]]
"""Loads the cases of a city dispatched from one day to another, inclusive; given by who keeps cases."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of duty rows came to."""

    new: int
    unchanged: int
    changed: int
    """Rows that were closed or corrected by the file's."""
    closed: int
    """Rows that ended because the file has them no longer."""
    quarrels: tuple[dict[str, Any], ...] = ()
    """Rows of the file that are ties with one another; each with its place."""
    rejected: int = 0


def load_matrix(tx: Tx, city: str, draft: str = "", known_at: datetime | None = None) -> DutyMatrix:
    """The matrix in force, or a draft; keep it in a `revision.Memory` under the kind `duties`.

    `known_at` gives it as it was known at a moment of recording time. Raises `NotFound` for an unknown bureau
    or a draft without rows.
    """
    rows = keeping.values(tx, city, DUTIES, known_at, draft=draft)
    if draft and not rows:
        raise NotFound(f"there is no draft {draft!r}", draft=draft)
    return DutyMatrix(rows, time_zone(tx, city), *_surroundings(tx, city, known_at))


def save_duties(
    tx: Tx,
    actor: Actor,
    rows: Sequence[DutyRow],
    draft: str = "",
    close_missing_on: date | None = None,
    known: Known | None = None,
) -> Plan[DutyRow]:
    """Open, close and correct rows in force or of one draft; numbers are given, and kept by what is closed.

    With `close_missing_on` rows that are not given end the day before. `known` names the units, areas and
    categories that exist (None: unchecked). Raises `Invalid` with every error, each row counted from 1.
    """
    judge_on = _judges(tx, actor.city, known or Known())
    errors = [
        {"row": number, "field": field, "why": why}
        for number, row in enumerate(rows, 1)
        for field, why in judge_on(row.valid_from).faults(row)
    ]
    keeping.refuse(errors, "duties")
    return _saved(tx, actor, [neat(row, draft) for row in rows], draft, close_missing_on)


def _saved(tx: Tx, actor: Actor, wanted: Sequence[DutyRow], draft: str, close_missing_on: date | None) -> Plan[DutyRow]:
    _lock(tx, actor)
    kept = keeping.standing(tx, actor.city, DUTIES, draft=draft)
    made = _written(tx, actor, plan(kept, wanted, DUTIES.key, close_missing_on, _numbered))
    _tell(tx, actor, made, "DutiesChanged", {"draft": draft})
    return made


def import_duties(
    tx: Tx,
    actor: Actor,
    source: Path | Sequence[Row],
    known: Known,
    valid_from: date,
    draft: str = "",
    close_vanished: bool = False,
) -> Imported:
    """Take a CSV, TSV or XLSX file of duty rows, wholly or not at all; the same file again changes nothing.

    `valid_from` is the first day of rows that name none, and with `close_vanished` the day from which rows
    that are not in the file no longer hold. Raises `Invalid` with every error (file, row, field, why).
    """
    rows = read_table(source, NEEDED) if isinstance(source, Path) else list(source)
    read = read_rows(rows, valid_from, _judges(tx, actor.city, known), draft)
    if read.errors:
        bad = len({(error["file"], error["row"]) for error in read.errors})
        raise Invalid(f"{bad} of {len(rows)} duty rows cannot be taken.", errors=list(read.errors))
    made = _saved(tx, actor, read.rows, draft, valid_from if close_vanished else None)
    keys = {DUTIES.key(row) for row in read.rows}
    ended = [row for row in made.written if DUTIES.key(row) not in keys]
    changed = made.closed + made.corrected - len(ended)
    return Imported(made.opened, made.unchanged, changed, len(ended), read.quarrels)


def export_duties(tx: Tx, city: str, form: str, draft: str = "", on: date | None = None) -> bytes:
    """The rows that hold on a day or later (all with None), as `csv` or `xlsx`."""
    rows = [
        row
        for row in keeping.values(tx, city, DUTIES, draft=draft)
        if row.valid_to is None or (row.valid_to >= row.valid_from and (on is None or row.valid_to >= on))
    ]
    if form not in {"csv", "xlsx"}:
        raise Invalid(f"{form!r} is neither csv nor xlsx", errors=[{"field": "form", "why": "is unknown"}])
    return to_csv(rows) if form == "csv" else to_xlsx(rows)


def add_duty(tx: Tx, actor: Actor, row: DutyRow, known: Known | None = None) -> DutyRow:
    """Add one row in force, as an adjudication makes it (`source_case`); returns it with its number.

    Rows that speak of the very same thing for another unit give way while it holds, so that no tie is left;
    where a later one begins, the new row ends before it. Raises `Invalid` with every error.
    """
    _lock(tx, actor)
    faults = _judges(tx, actor.city, known or Known())(row.valid_from).faults(row)
    label = row.source_case or "duty"
    keeping.refuse([{"row": label, "field": field, "why": why} for field, why in faults], "duty")
    row = neat(row)
    kept = _alike(tx, actor.city, row)
    rivals = [one.value for one in kept if one.value.unit != row.unit and together(one.value, row)]
    later = [one.valid_from for one in rivals if one.valid_from > row.valid_from]
    row = replace(row, valid_to=min(later) - _DAY if later else row.valid_to)
    changed = [part for one in rivals if one.valid_from <= row.valid_from for part in _around(one, row)]
    made = _written(tx, actor, plan(kept, [row, *changed], DUTIES.key, None, _numbered))
    told = {
        "source_case": row.source_case,
        "source": row.source,
        "gave_way": sorted({one.id for one in rivals}),
    }
    _tell(tx, actor, made, "DutyAdjudicated" if row.source_case else "DutyAdded", told)
    standing = [one.value for one in _alike(tx, actor.city, row)]
    return next(one for one in standing if one.unit == row.unit and together(one, row))


def adopt_draft(tx: Tx, actor: Actor, draft: str, on: date) -> Plan[DutyRow]:
    """Put a draft in force from a day on: what it has not ends the day before, what it has stays as it is.

    Rows of the draft that end before the day are left out. Raises `NotFound` for an unknown draft.
    """
    drafted = _drafted(tx, actor, draft)
    rows = [
        replace(one.value, draft="", id=0, valid_from=max(one.value.valid_from, on))
        for one in drafted
        if one.value.valid_to is None or one.value.valid_to >= max(on, one.value.valid_from)
    ]
    kept = keeping.standing(tx, actor.city, DUTIES, draft="")
    made = _written(tx, actor, plan(kept, rows, DUTIES.key, on, _numbered))
    keeping.carry_out(tx, actor.city, DUTIES, Plan(tuple(one.row for one in drafted), ()))
    _tell(tx, actor, made, "DraftAdopted", {"draft": draft, "from": on.isoformat()}, always=True)
    return made


def drop_draft(tx: Tx, actor: Actor, draft: str) -> None:
    """Give a draft up; raises `NotFound` for an unknown one."""
    drafted = _drafted(tx, actor, draft)
    gone: Plan[DutyRow] = Plan(tuple(one.row for one in drafted), ())
    keeping.carry_out(tx, actor.city, DUTIES, gone)
    _tell(tx, actor, gone, "DraftDropped", {"draft": draft, "rows": len(drafted)})


def drafts(tx: Tx, city: str) -> list[Any]:
    """Drafts that stand: `draft`, `rows`, `first_from`, `last_from`."""
    return tx.execute(queries(PACKAGE)["drafts"], {"city": city}).fetchall()


def try_draft(
    tx: Tx, city: str, draft: str, since: date, until: date, cases: PastCases, on: date | None = None
) -> DryRun:
    """Replay the cases of a period under a draft, judged by its rows of a day (None: its last first day)."""
    drafted = load_matrix(tx, city, draft)
    day = on or max(row.valid_from for row in drafted.rows)
    return dry_run(cases(tx, city, since, until), drafted, load_matrix(tx, city), day)


def check_duties(
    tx: Tx,
    city: str,
    on: date,
    index: AreaIndex,
    catalogue: Catalogue,
    draft: str = "",
    standards: Sequence[str] | None = None,
) -> Report:
    """Gaps, overlaps and dead rows over all categories × grids; `standards` None: those in force."""
    known = known_of(index, catalogue, load_directories(tx, city))
    return check(load_matrix(tx, city, draft), lines_of(catalogue, standards), grids_of(index), on, known)


def _judges(tx: Tx, city: str, known: Known) -> Callable[[date], Judge]:
    """The judge of each day, made once."""
    nothing = DutyMatrix((), time_zone(tx, city), *_surroundings(tx, city))
    return cache(lambda day: Judge(nothing, day, known))


def _alike(tx: Tx, city: str, row: DutyRow) -> list[Kept[DutyRow]]:
    """Rows in force that speak of the very same thing, whoever the unit is."""
    return keeping.standing(tx, city, DUTIES, None, "standing_duty_alike", **asdict(row))


def _around(old: DutyRow, new: DutyRow) -> Iterator[DutyRow]:
    """What is left of a row when another takes its place for a time: before, and after if it went on."""
    yield replace(old, valid_to=new.valid_from - _DAY)
    if new.valid_to is not None and (old.valid_to is None or old.valid_to > new.valid_to):
        yield replace(old, valid_from=new.valid_to + _DAY, id=0)


def _numbered(old: DutyRow, new: DutyRow) -> DutyRow:
    return replace(new, id=old.id)


def _surroundings(
    tx: Tx, city: str, known_at: datetime | None = None
) -> tuple[list[TimeBand], list[CategoryGroup], list[Section]]:
    bands = keeping.values(tx, city, TIME_BANDS, known_at)
    groups = keeping.values(tx, city, GROUPS, known_at)
    return bands, groups, keeping.values(tx, city, SECTIONS, known_at)


def _drafted(tx: Tx, actor: Actor, draft: str) -> list[Kept[DutyRow]]:
    _lock(tx, actor)
    drafted = keeping.standing(tx, actor.city, DUTIES, draft=draft)
    if not draft or not drafted:
        raise NotFound(f"there is no draft {draft!r}", draft=draft)
    return drafted


def _written(tx: Tx, actor: Actor, made: Plan[DutyRow]) -> Plan[DutyRow]:
    """Carry a plan out; new rows get the next numbers of the bureau."""
    row = tx.execute(queries(PACKAGE)["last_id"], {"city": actor.city}).fetchone()
    numbers = count(int(row.last_id) + 1 if row else 1)
    ordered = sorted(made.written, key=lambda one: one.valid_from)
    written = tuple(one if one.id else replace(one, id=next(numbers)) for one in ordered)
    numbered = replace(made, written=written)
    keeping.carry_out(tx, actor.city, DUTIES, numbered)
    return numbered


def _tell(tx: Tx, actor: Actor, made: Plan[DutyRow], event: str, more: dict[str, Any], always: bool = False) -> None:
    if always or not made.empty:
        payload = {**keeping.counts(made, DUTIES), **more}
        keeping.tell(tx, actor, f"duties/{actor.city}", event, payload, [REVISION])


def _lock(tx: Tx, actor: Actor) -> None:
    keeping.lock(tx, f"duties/{actor.city}", actor.city)
