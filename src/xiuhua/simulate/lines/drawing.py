"""Values of the lines of business, drawn anew each time: what a YAML file says of a field. Pure.

A text is filled with names (`{n:03}`, `{year}`), anything else that is no mapping stands for itself, and a mapping of
one key is a draw: `{any: [a, b]}`. The draws are the functions at the end of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

_CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DUE_AT: Final = time(18)
_DEGREE_M: Final = 111_000
"""Metres in a degree, nearly."""


class Around(Protocol):
    """What a value is drawn from."""

    chance: Random
    seed: int
    zone: ZoneInfo

    @property
    def day(self) -> date:
        """Today in the district."""

    def key(self, register: str) -> str | None:
        """The key of some record; None where there is none."""

    def area(self, kind: str) -> str:
        """The code of some area."""

    def point(self) -> tuple[float, float]:
        """Longitude and latitude of some place in the district."""

    def person(self, role: str) -> str:
        """Somebody in a role."""

    def photo(self, shows: str) -> str:
        """The photo that shows something."""

    def named(self) -> str:
        """A name of a person."""


Names = Mapping[str, Any]
"""What texts are filled with, and `own`: the data of the thing that it is about."""
Draw = Callable[[Any, Around, Names], Any]


def drawn(value: Any, around: Around, names: Names) -> Any:
    """A value as it is this time."""
    if isinstance(value, str):
        return value.format_map(_Filled(around, names)) if "{" in value else value
    if isinstance(value, Mapping):
        [(how, told)] = value.items()
        return DRAWS[how](told, around, names)
    if isinstance(value, list):
        return [drawn(one, around, names) for one in value]
    return value


def fields(values: Mapping[str, Any], around: Around, names: Names) -> dict[str, Any]:
    """Several by name; those that come to nothing are left out."""
    found = ((name, drawn(value, around, names)) for name, value in values.items())
    return {name: value for name, value in found if value is not None}


def checked(value: Any) -> Any:
    """The value, when all its draws are known. Raises `ValueError`."""
    if isinstance(value, Mapping):
        if len(value) != 1 or next(iter(value)) not in DRAWS:
            raise ValueError(f"{dict(value)} is no draw: one of {', '.join(DRAWS)}")
        told = next(iter(value.values()))
        for one in told if isinstance(told, list) else [told]:
            if not isinstance(told, Mapping):
                checked(one)
    return value


class _Filled(dict[str, Any]):
    """Names of a text; `r` is some number of five digits."""

    def __init__(self, around: Around, names: Names) -> None:
        super().__init__(names)
        self._around = around

    def __missing__(self, name: str) -> Any:
        day = self._around.day
        match name:
            case "year" | "month":
                return getattr(day, name)
            case "day":
                return day.isoformat()
            case "quarter":
                return (day.month + 2) // 3
            case "week":
                return day.isocalendar().week
            case "r":
                return self._around.chance.randint(10_000, 99_999)
        raise KeyError(name)


def _any(told: list[Any], around: Around, names: Names) -> Any:
    """One of some values."""
    return drawn(around.chance.choice(told), around, names)


def _weighted(told: Mapping[Any, int], around: Around, _: Names) -> Any:
    """One of some plain values by weight."""
    return around.chance.choices(list(told), list(told.values()))[0]


def _between(told: list[int], around: Around, _: Names) -> int:
    """A whole number."""
    return around.chance.randint(*told)


def _number(told: str, around: Around, names: Names) -> int:
    """A text that is a whole number."""
    return int(drawn(told, around, names))


def _decimal(told: list[Any], around: Around, _: Names) -> str:
    """A decimal: least, most, decimal places."""
    low, high, places = told
    return _exact(around.chance.uniform(low, high), places)


def _level(told: list[Any], around: Around, names: Names) -> str:
    """A decimal near a level that the thing has of its own: least, most, how far from it, decimal places."""
    low, high, far, places = told
    own = Random(f"{around.seed} {names.get('thing')}").uniform(low, high)
    return _exact(min(high, max(low, own + around.chance.uniform(-far, far))), places)


def _share(told: int, around: Around, _: Names) -> bool:
    """True so often, in percent."""
    return around.chance.random() * 100 < told


def _sometimes(told: list[Any], around: Around, names: Names) -> Any:
    """A value so often, in percent; else nothing."""
    share, value = told
    return drawn(value, around, names) if around.chance.random() * 100 < share else None


def _some(told: list[Any], around: Around, names: Names) -> list[Any]:
    """Several values: least, most, and what each is; each once."""
    least, most, value = told
    return list(dict.fromkeys(drawn(value, around, names) for _ in range(around.chance.randint(least, most))))


def _day(told: list[int], around: Around, _: Names) -> str:
    """A day so many days from today."""
    return (around.day + timedelta(days=around.chance.randint(*told))).isoformat()


def _until(told: list[int], around: Around, _: Names) -> str:
    """The end of work on a day so many days from today."""
    last = around.day + timedelta(days=around.chance.randint(*told))
    return datetime.combine(last, _DUE_AT, around.zone).isoformat()


def _key(told: str, around: Around, _: Names) -> str | None:
    """The key of a record of a register."""
    return around.key(told)


def _own(told: str, _: Around, names: Names) -> Any:
    """A field of the thing that it is about."""
    return names["own"].get(told)


def _area(told: str, around: Around, _: Names) -> str:
    """An area of a kind."""
    return around.area(told)


def _place(_: Any, around: Around, __: Names) -> dict[str, float]:
    """Some place."""
    lon, lat = around.point()
    return {"lon": lon, "lat": lat}


def _shape(told: int, around: Around, _: Names) -> dict[str, Any]:
    """A square at some place, with sides of so many metres."""
    (lon, lat), side = around.point(), round(told / _DEGREE_M, 7)
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [[[round(x, 7), round(y, 7)] for x, y in ring]]}


def _person(told: str, around: Around, _: Names) -> str:
    """Somebody in a role."""
    return around.person(told)


def _photos(told: str, around: Around, _: Names) -> list[str]:
    """A photo that shows something."""
    return [around.photo(told)]


def _name(_: Any, around: Around, __: Names) -> str:
    """What a person is called."""
    return around.named()


def _credit(_: Any, around: Around, __: Names) -> str:
    """A credit code, whose last sign agrees with the others."""
    text = "91510000" + "".join(around.chance.choice(_CREDIT) for _ in range(9))
    rest = sum(_CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(text)) % 31
    return text + _CREDIT[-rest % 31]


def _exact(number: float, places: int) -> str:
    return f"{Decimal(number):.{places}f}"


DRAWS: Final[Mapping[str, Draw]] = {
    one.__name__[1:]: one
    for one in (
        _any, _weighted, _between, _number, _decimal, _level, _share, _sometimes, _some, _day, _until, _key, _own,
        _area, _place, _shape, _person, _photos, _name, _credit,
    )
}  # fmt: skip
