"""Reports as what tables are brought into: what columns may be, how rows are read, how a batch is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

import orjson
from ruamel.yaml import YAML

from xiuhua.city.compiled import CityReader
from xiuhua.loop.faults import worded
from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.loading import parse
from xiuhua.loop.files.mapping import FIELDS, FileMapping
from xiuhua.loop.files.shaping import Shaper
from xiuhua.loop.model import SOURCES, Problem, Receipt, ReportIn
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Internal
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.imports.model import Change, Changes, Field, Put, Titled
from xiuhua.platform.imports.peek import guess
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault, say

AS_ROLE: Final = "intake_officer"
"""What is imported is registered as the desk would have registered it by hand."""
NEEDED: Final = ("external_id", "text")
_PAIR: Final = ("place.lon", "place.lat")
_hashed: Final = attrgetter(*(one.name for one in fields(ReportIn) if one.name != "extra"))


class Submit(Protocol):
    """The intake: takes a batch, leaves repeats alone, answers each report."""

    def __call__(self, tx: Tx, city: str, reports: Sequence[ReportIn], actor: Actor, /) -> list[Receipt]:
        """One receipt for each report."""


class ReportTable:
    """The reports of one city (`Target[ReportIn]`)."""

    in_order: Final = False

    def __init__(self, city: str, actor: Actor, submit: Submit, zone: ZoneInfo) -> None:
        """`zone`: the bureau's, of times in files that name none."""
        self._city, self._actor, self._submit, self._zone = city, actor, submit, zone

    @property
    def title(self) -> Titled:
        """What it is called."""
        return title()

    def fields(self) -> Mapping[str, Field]:
        """What a column may be: the fields of a report."""
        return _fields()

    def guessed(self, names: Sequence[str]) -> Mapping[str, str]:
        """Field → title, by the titles of a table; coordinates go in one column or in two."""
        found = guess({name: one.words for name, one in _fields().items()}, names)
        if "place.point" in found or not set(_PAIR) <= found.keys():
            return {field: title for field, title in found.items() if field not in _PAIR}
        return found

    def layout(self, mapping: Mapping[str, Any]) -> FileMapping:
        """A mapping (`docs/how-to/import-reports.md`). Raises `Invalid` with every error in it."""
        return parse(orjson.dumps(dict(mapping)).decode(), "mapping")

    def columns(self, layout: FileMapping) -> Mapping[str, Field]:
        """Title of a column → what it is."""
        return {title: _fields()[name] for name, column in layout.columns.items() for title in column.titles}

    def reader(self, layout: FileMapping, header: Sequence[str], now: datetime) -> ReportReader:
        """Reads the rows below a header."""
        zone = ZoneInfo(layout.times.zone) if layout.times.zone else self._zone
        return ReportReader(Converter(layout, header, zone, now), Shaper(layout, header))

    def put(self, tx: Tx, items: Sequence[ReportIn], trial: bool = False) -> list[Put]:
        """Hand a batch to the intake. Raises `Internal` when it does not answer each report once."""
        receipts = sorted(self._submit(tx, self._city, items, self._actor), key=lambda one: one.index)
        if [one.index for one in receipts] != list(range(len(items))):
            raise Internal("The intake did not answer each report once; nothing of this batch was kept.")
        return [_put(one) for one in receipts]

    def told(self, changes: Changes) -> list[Change]:
        """A report that is in stays as it is."""
        return []


class ReportReader:
    """Rows of one table as reports."""

    about: Final = 0
    key_field: Final = "external_id"

    def __init__(self, converter: Converter, shaper: Shaper) -> None:
        self._converter, self._shaper = converter, shaper

    def read(self, row: Row) -> ReportIn | Sequence[Fault] | None:
        """The report of a row, its faults, or None where the mapping says that it is none."""
        return None if self._shaper.skips(row) else self._converter.convert(self._shaper.filled(row))

    def key(self, item: ReportIn) -> str:
        """Source and id there."""
        return f"{item.source}\0{item.external_id}"

    def called(self, item: ReportIn) -> str:
        """The id at its source."""
        return item.external_id

    def content(self, item: ReportIn) -> int:
        """64 bits of all that the mapping reads of a row."""
        return hash((*_hashed(item), *item.extra.items()))

    def title(self, field: str) -> str:
        """The first column of a field."""
        return next(iter(self._converter.mapping.titles_of(field)), field)


def title() -> Titled:
    """What reports are called."""
    return {"zh": worded("table", "zh"), "en": worded("table", "en")}


def _put(receipt: Receipt) -> Put:
    if receipt.status == "rejected":
        problems = receipt.problems or (Problem(receipt.index, "", receipt.status),)
        return Put("rejected", None, [_told(one) for one in problems])
    return Put("new" if receipt.status == "new" else "unchanged", receipt.id)


def _told(one: Problem) -> Mapping[str, str]:
    return {"field": one.field, "why": one.why, "why_zh": one.why_zh or say(ZH, "not_accepted", why=one.why)}


@cache
def _fields() -> dict[str, Field]:
    text = files("xiuhua.loop.files").joinpath("fields.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {name: _field(name, told[name]) for name in FIELDS}


def _field(name: str, told: Mapping[str, Any]) -> Field:
    # One that no table calls anyhow is never guessed, not by its own title either: photos are ids here, not names.
    words = [*map(str, told["words"]), *told["title"].values()] if "words" in told else []
    needed = name in NEEDED
    values = SOURCES if name == "source" else ()
    return Field(
        told["title"], words, needed, needed, "name" if name == "reporter.name" else "text", values=tuple(values)
    )


class ReportTables:
    """The reports of a city (`imports.model.Kind`)."""

    permission: Final = "report.import"

    def __init__(self, submit: Submit, cities: CityReader) -> None:
        self._submit, self._cities = submit, cities

    def names(self, tx: Tx, city: str) -> Mapping[str, Titled]:
        """One, without a name."""
        return {"": title()}

    def target(self, tx: Tx, actor: Actor, name: str) -> ReportTable:
        """It. Whoever imports does so as the desk that registers; their name stands in the events."""
        posts = (Post(AS_ROLE, actor.city),)
        desk = Actor(actor.id, actor.city, actor.name, posts, permissions_of(posts), via="import")
        return ReportTable(actor.city, desk, self._submit, self._cities.of(tx, actor.city).zone)
