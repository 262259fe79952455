"""What a list is narrowed down to. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final, Literal

Kind = Literal["case", "report"]
KINDS: Final[tuple[Kind, ...]] = ("case", "report")


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What rows must be, all of it together; within one filter of several values any one will do (but for tags)."""

    state: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    area: str | None = None
    """Any area that holds the place: unit grid, community, street …"""
    tag: tuple[str, ...] = ()
    """All of these."""
    overdue: bool | None = None
    """The verdict on the handling clock, as it stands in the case."""
    late: bool | None = None
    """Past its due moment now, and not handed back."""
    suspended: bool | None = None
    outcome: tuple[str, ...] = ()
    number: str | None = None
    external_id: str | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    """The first moment that is out again."""
    handed_back_from: datetime | None = None
    handed_back_to: datetime | None = None
    """The first moment that is out again."""
    open: bool | None = None
    """Has not ended."""
    light: tuple[str, ...] = ()
    """The colour that a map shows of its handling clock now; as of the last round of cases in brief (seconds)."""
    drawn: str | None = None
    """In an area drawn on a map: corners as `lon,lat lon,lat …`, WGS-84; as of the last round of cases in brief."""
    field: tuple[str, ...] = ()
    """`name=value` of what the procedure declares, all of these; as of the last round of the index (seconds)."""

    def over(self, given: ListFilter) -> ListFilter:
        """This filter, with what `given` says put in the place of what it says itself."""
        said = {one.name: getattr(given, one.name) for one in fields(given)}
        return replace(self, **{name: value for name, value in said.items() if value not in (None, ())})

    def to_json(self) -> dict[str, Any]:
        """As it is kept: only what is said, moments as texts."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


ONLY_CASES: Final = frozenset(
    {
        "unit", "overdue", "late", "suspended", "number", "handed_back_from", "handed_back_to", "open", "light",
        "drawn",
    }
)  # fmt: skip
ONLY_REPORTS: Final = frozenset({"outcome", "external_id"})


def not_of(kind: Kind, wanted: ListFilter) -> list[str]:
    """Filters that say something and that rows of this kind have not."""
    foreign = ONLY_REPORTS if kind == "case" else ONLY_CASES
    return sorted(name for name in wanted.to_json() if name in foreign)
