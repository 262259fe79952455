"""Tables whose columns are fields that a pack declares: what registers and ledgers have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

import orjson
from pydantic import StringConstraints, ValidationError

from xiuhua.city.areas.datum import DATUMS
from xiuhua.city.compiled import CityData
from xiuhua.packs.common import Declaration, FieldSpec
from xiuhua.platform.errors import Invalid
from xiuhua.platform.imports.model import Change, Changes, Field, Titled
from xiuhua.platform.imports.peek import guess
from xiuhua.platform.masking import STARS
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.readers import heads, titles_in
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault, place, refusal
from xiuhua.records import export
from xiuhua.records.converting import SHAPE, Columns, Converter, matched, spellings
from xiuhua.records.forms import Names
from xiuhua.records.model import Declared
from xiuhua.records.words import words

POINT: Final = ("lon", "lat")


class _Coordinates(Declaration):
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"]


class RecordMapping(Declaration):
    """How a table is read, as the console sends it."""

    columns: dict[str, Annotated[str, StringConstraints(min_length=1)]]
    """Field, `lon`, `lat` or `shape` → title of its column."""
    coordinates: _Coordinates | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a table is read by besides the declaration: the city of one transaction, kept beyond it."""

    zone: ZoneInfo
    named: Mapping[str, Mapping[str, str]]
    """Type of field (`unit`, `person`, `area`) → what it is called → code; only names that one thing has."""
    names: Names
    """What units and people are called, by code."""

    @classmethod
    def of(cls, city: CityData, names: Names) -> Around:
        """As it is now."""
        return cls(city.zone, codes_by_name(city), names)


class FieldTable:
    """What a table of declared fields is brought into, all but how rows are kept."""

    def __init__(
        self, declared: Declared, around: Around, needed: Sequence[str], more: Mapping[str, Sequence[str]] | None = None
    ) -> None:  # fmt: skip
        """`needed`: fields without a column of which no row can be read; `more`: further spellings of fields."""
        self.declared, self.around = declared, around
        self.title: Titled = declared.register.title.model_dump()
        self._needed, self._more = needed, more or {}

    # ---- columns

    def fields(self) -> dict[str, Field]:
        """What a column may be: the fields that somebody fills in, and where a record lies."""
        found = {name: self._field(name, known) for name, known in self._spellings().items()}
        own = {titles.key(one.title["zh"]) for name, one in found.items() if name not in self._more}
        for name, one in found.items():
            # A point has its two columns; what every entry has gives way to a declared field that is called alike.
            alike = name in self._more and not one.needed and titles.key(one.title["zh"]) in own
            found[name] = replace(one, offered=not alike and not (name == SHAPE and "lon" in found))
        return found

    def guessed(self, names: Sequence[str]) -> Mapping[str, str]:
        """Field → title, by the titles of a table; longitude and latitude go together."""
        known = self._spellings()
        found = guess({name: known[name] for name in self._by_rank(known)}, names)
        half = set(POINT) & found.keys() if not set(POINT) <= found.keys() else set()
        return {field: title for field, title in found.items() if field not in half}

    def layout(self, mapping: Mapping[str, Any]) -> Columns:
        """A mapping as the console sends it. Raises `FileRefused` with every error in it."""
        try:
            given = RecordMapping.model_validate(dict(mapping))
        except ValidationError as error:
            raise refusal(
                place("mapping", 0, ".".join(map(str, one["loc"])), "mapping_other", detail=one["msg"])
                for one in error.errors(include_url=False)
            ) from error
        known = self._spellings()
        wrong = [
            place("mapping", 0, name, "extra_forbidden", nearest=titles.nearest(name, known))
            for name in given.columns
            if name not in known
        ]
        wrong += [place("mapping", 0, name, "needs_field", field=name) for name in self._needed
                  if name not in given.columns]  # fmt: skip
        where = {*POINT, SHAPE} & given.columns.keys()
        if where and given.coordinates is None:
            wrong.append(place("mapping", 0, "coordinates", "needs_datum", known=DATUMS))
        if len(where & set(POINT)) == 1:
            wrong.append(place("mapping", 0, min(where & set(POINT)), "half_a_point"))
        if wrong:
            raise refusal(wrong)
        datum = given.coordinates.datum if given.coordinates else "wgs84"
        return Columns(given.columns, datum, given.sheet)

    def columns(self, layout: Columns) -> Mapping[str, Field]:
        """Title of a column → what it is."""
        known = self.fields()
        return {title: known[name] for name, title in layout.of.items()}

    def found(
        self, path: Path, said: Mapping[str, str] | None = None, datum: str = "wgs84", sheet: str | int | None = None
    ) -> Columns:  # fmt: skip
        """Which column of a file holds what: what was said, else what the titles say. Raises `Invalid`."""
        known = self._spellings()
        wrong = [
            {"field": name, "why": f"is no field of {self.declared.name}"} for name in said or () if name not in known
        ]
        if wrong:
            raise Invalid(errors=wrong)
        by_title = {titles.key(one): name for name in reversed(self._by_rank(known)) for one in known[name]}
        rows = [titles_in(row) for _, rows in heads(path) for row in rows]
        columns = {**matched(by_title, rows, self._needed), **(said or {})}
        lacking = {name: " / ".join(known[name]) for name in self._needed if name not in columns}
        if lacking:
            raise Invalid(
                "No column is called " + ", nor ".join(lacking.values()) + ".",
                errors=[{"file": path.name, "row": 0, "field": name, "why": f"no column {told}"}
                        for name, told in lacking.items()],
            )  # fmt: skip
        return Columns(columns, datum, sheet)

    def converter(self, columns: Columns, header: Sequence[str]) -> Converter:
        """Reads cells by the fields' types."""
        return Converter(self.declared, columns, header, self.around.zone, self.around.named)

    def _spellings(self) -> dict[str, list[str]]:
        found = spellings(self.declared)
        return {name: [*known, *self._more.get(name, ())] for name, known in found.items()}

    def _by_rank(self, known: Mapping[str, Any]) -> list[str]:
        """Of two fields called alike the one that the pack declares comes first, where a record lies last."""
        given = self.declared.given()
        return sorted(known, key=lambda name: (name not in given) + (name not in given or name in self._more))

    def _field(self, name: str, known: Sequence[str]) -> Field:
        spec = self.declared.given().get(name)
        if spec is None:
            told = words()["titles"][name]
            return Field(told, known, veil="none", hint=words()["hints"][name])
        title = spec.title.model_dump() if spec.title else {"zh": name, "en": name}
        return Field(
            title, known, name in self._needed, spec.required is True or name in self._needed,
            "name" if spec.personal else "none", _hint(spec),
            [one.model_dump() for one in spec.titles.values()] if spec.type == "choice" else (),
        )  # fmt: skip

    # ---- what would change

    def told(self, changes: Changes) -> list[Change]:
        """Changes as people read them; what follows from others is left out."""
        given, found = self.declared.given(), []
        for name, (before, after) in changes.items():
            if name in given:
                title = given[name].title
                texts = [self._text(given[name], one) for one in (before, after)]
                found.append(Change(title.model_dump() if title else {"zh": name, "en": name}, *texts))
            elif name in ("place", "shape"):
                found.append(Change(words()["titles"][name], _where(before), _where(after)))
            elif name == "personal":
                found.append(Change(words()["titles"][name], *([dict.fromkeys(("zh", "en"), STARS)] * 2)))
        return found

    def _text(self, spec: FieldSpec, value: Any) -> Titled:
        return {lang: export.text(spec, self.around.names, self.around.zone, lang, value) for lang in ("zh", "en")}


class FieldReader:
    """Rows of one table as fields are given."""

    key_field: str

    def __init__(self, columns: Columns, converter: Converter) -> None:
        self._columns, self._converter = columns, converter

    @property
    def about(self) -> int:
        """Cells that said "about"."""
        return self._converter.about

    def read(self, row: Row) -> dict[str, Any] | list[Fault]:
        """What the row gives, or all that is wrong in it."""
        return self._converter.convert(row)

    def called(self, item: Mapping[str, Any]) -> str:
        """Its key as the table has it."""
        return str(item.get(self.key_field) or "")

    def content(self, item: Mapping[str, Any]) -> int:
        """64 bits of all that a row gives."""
        return hash(orjson.dumps(item))

    def title(self, field: str) -> str:
        """The title of its column; of a place that of the longitude, or of the shape."""
        of = self._columns.of
        return of.get(field) or (of.get("lon") or of.get(SHAPE) if field == "place" else None) or field


def codes_by_name(city: CityData) -> dict[str, dict[str, str]]:
    """Names that one unit, person or area alone has, with its code."""
    directory = city.directory()
    found: dict[str, dict[str, str]] = {}
    for kind, things in (
        ("unit", ((one.name, one.code) for one in directory.units.values())),
        ("person", ((one.name, one.code) for one in directory.people.values())),
        ("area", ((one.name, one.code) for one in city.areas().areas())),
    ):
        listed = list(things)
        times = Counter(name for name, _ in listed)
        found[kind] = {name: code for name, code in listed if times[name] == 1}
    return found


def _hint(spec: FieldSpec) -> Titled:
    """What goes into a column, for a template."""
    told = words()["hints"]
    found = told.get(spec.type, told["text"])
    unit = f" ({spec.unit})" if spec.unit else ""
    return {lang: found[lang].format(unit=unit) for lang in ("zh", "en")}


def _where(value: Any) -> Titled:
    """A place or a shape, in short."""
    if not isinstance(value, Mapping):
        return {"zh": "", "en": ""}
    told = f"{value['lon']}, {value['lat']}" if "lon" in value else str(value.get("type", ""))
    return {"zh": told, "en": told}
