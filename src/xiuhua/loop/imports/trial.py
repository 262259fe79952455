"""The first rows of a file as an import would take them: what would come in, and what is wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.run import Submit
from xiuhua.loop.files.shaping import Shaper
from xiuhua.loop.model import Receipt, ReportIn
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.masking import mask_name, mask_text
from xiuhua.platform.tables.cells import one_line, plain, tidy
from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import EN, Fault, say

ROWS: Final = 200
_LONGEST: Final = 80
Fate = Literal["new", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class Tried:
    """One row, and what would become of it."""

    number: int
    cells: tuple[str, ...]
    """As they stand in the file, what is personal masked; those of the columns that are used."""
    fate: Fate
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the first rows."""

    columns: tuple[str, ...]
    rows: tuple[Tried, ...]
    skipped: int
    whole: bool
    """Whether the file has no more rows."""


def trial(tx: Tx, path: Path, mapping: FileMapping, actor: Actor, submit: Submit, zone: ZoneInfo) -> Trial:
    """Take the first rows in and undo it. Raises `Invalid` when the file does not fit the mapping."""
    of_file = ZoneInfo(mapping.times.zone) if mapping.times.zone else zone
    with open_table(path, mapping) as table:
        converter = Converter(mapping, table.header, of_file, tx.now)
        shaper = Shaper(mapping, table.header)
        source = table.rows()
        seen = list(islice(source, ROWS))
        whole = next(source, None) is None
    kept = [shaper.filled(row) for row in seen if not shaper.skips(row)]
    converted = [(row, converter.convert(row)) for row in kept]
    reports = [one for _, one in converted if isinstance(one, ReportIn)]
    with tx.connection.transaction(force_rollback=True):
        receipts = iter(sorted(submit(tx, actor.city, reports, actor), key=lambda one: one.index)) if reports else None
    used = tuple(dict.fromkeys(mapping.titles()))
    names = set(mapping.titles_of("reporter.name"))
    places = [(converter.position[title], title in names) for title in used]
    rows = []
    for row, one in converted:
        cells = tuple(_shown(row, place, name) for place, name in places)
        if isinstance(one, ReportIn) and receipts is not None:
            rows.append(_judged(row, cells, next(receipts), mapping))
        elif not isinstance(one, ReportIn):
            rows.append(Tried(row.number, cells, "rejected", tuple(one)))
    return Trial(used, tuple(rows), len(seen) - len(kept), whole)


def _judged(row: Row, cells: tuple[str, ...], receipt: Receipt, mapping: FileMapping) -> Tried:
    if receipt.status != "rejected":
        return Tried(row.number, cells, "new" if receipt.status == "new" else "unchanged")
    faults = [
        Fault(
            (mapping.titles_of(one.field) or [one.field])[0], f"service {one.field}", one.why,
            one.why_zh or say(EN, "not_accepted", why=one.why),
        )
        for one in receipt.problems
    ]  # fmt: skip
    return Tried(row.number, cells, "rejected", tuple(faults))


def _shown(row: Row, place: int, name: bool) -> str:
    text = one_line(tidy(plain(row.cells[place])))
    text = mask_name(text) if name else mask_text(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
