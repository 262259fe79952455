"""The mapping file: which column of an office's table is which field of a report. Read by `loading.py`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from xiuhua.packs.common import Declaration, Name

FieldName = Literal[
    "external_id", "source", "text", "title", "at", "category", "tags", "question", "self_handled",
    "photos", "photos_after", "reporter.name", "reporter.contact", "reporter.anonymous", "place.lon",
    "place.lat", "place.point", "place.words", "place.unit_grid", "place.road_segment", "place.part",
    "mandate.owner", "mandate.number", "mandate.due", "mandate.return_until", "mandate.answer_fields",
    "mandate.closes",
]  # fmt: skip
"""Fields of `ReportIn`; `place.point` is both coordinates in one cell."""

FIELDS: Final[tuple[str, ...]] = get_args(FieldName)
FLAGS: Final = frozenset({"question", "self_handled", "reporter.anonymous"})
"""Fields that are yes or no."""
LISTS: Final = frozenset({"tags", "photos", "photos_after", "mandate.answer_fields"})
"""Fields that hold several values."""
ColumnTitle = Annotated[str, StringConstraints(min_length=1)]


class Column(Declaration):
    """Where a field comes from; a title alone or a list of titles is short for `join`."""

    join: list[ColumnTitle] = Field(default_factory=list, description="columns, joined where not empty")
    by: str = Field(default=" ", description="what stands between joined columns")
    digest_of: list[ColumnTitle] = Field(
        default_factory=list, description="an id made of these columns, where the source has none"
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"join": [given]}
        return {"join": given} if isinstance(given, list) else given

    @property
    def titles(self) -> list[str]:
        """Every column it reads."""
        return [*self.join, *self.digest_of]


class ExtraColumn(Declaration):
    """A column that is kept beside the report; a title alone is short for `column`."""

    column: ColumnTitle
    as_: Literal["text", "time"] = Field(
        default="text", alias="as", description="`time` is kept in ISO 8601, a date alone as a date"
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given


class Skip(Declaration):
    """Rows that are no reports, such as totals: left out without a word in the rejected file."""

    matches: str = Field(description="regular expression, looked for in the cell")
    column: ColumnTitle | None = Field(default=None, description="in which column; in any where not named")


class Times(Declaration):
    """How moments are written."""

    zone: str | None = Field(default=None, description="time zone of the file; the bureau's when not named")
    formats: list[str] = Field(
        default_factory=list, description="strptime formats, tried in order before the usual ones"
    )


class Coordinates(Declaration):
    """How places are written."""

    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = Field(description="never guessed")
    decimal_comma: bool = Field(default=False, description="116,39 means 116.39")
    order: Literal["lon_lat", "lat_lon"] = Field(default="lon_lat", description="order in place.point")


class FileMapping(Declaration):
    """How a table of reports is read."""

    title: str | None = Field(default=None, description="what the mapping is for")
    sheet: str | int | None = Field(
        default=None, description="name or number (from 1); else the only one that has the columns"
    )
    header: Literal["find"] | int = Field(
        default="find", description="row of the titles, or `find`: the first row that holds all of them"
    )
    encoding: str = Field(default="auto", description="of a text file")
    separator: str = Field(default="auto", description="of a text file: one character, `tab` or `auto`")
    columns: dict[FieldName, Column] = Field(description="our field ← its column")
    constants: dict[FieldName, str | bool | list[str]] = Field(
        default_factory=dict, description="the value where there is no column or its cell is empty"
    )
    values: dict[FieldName, dict[str, str | bool]] = Field(
        default_factory=dict, description='the cell\'s words → our value; `"*"` stands for all others'
    )
    extra: dict[Name, ExtraColumn] = Field(default_factory=dict, description="columns kept beside the report")
    times: Times = Field(default_factory=Times)
    coordinates: Coordinates | None = None
    fill_down: list[ColumnTitle] = Field(
        default_factory=list, description="columns whose empty cells repeat the value above"
    )
    skip: list[Skip] = Field(default_factory=list, description="rows that are no reports")

    def titles(self) -> list[str]:
        """Every column that the file must have, in the mapping's order, once."""
        named = [title for column in self.columns.values() for title in column.titles]
        named += [one.column for one in self.extra.values()] + self.fill_down
        return list(dict.fromkeys([*named, *(one.column for one in self.skip if one.column)]))

    def titles_of(self, field: str) -> list[str]:
        """The columns of a field, or of all fields under it (`place`); for messages of the intake."""
        return [
            title
            for name, column in self.columns.items()
            if name == field or name.startswith(f"{field}.")
            for title in column.titles
        ]
