"""What is wrong with units, people and posts before they are kept: every error, each with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from xiuhua.city.units.bands import TimeBand, is_name, week_of
from xiuhua.city.units.directory import Directory
from xiuhua.city.units.model import (
    DESKS,
    ROLES,
    UNIT_KINDS,
    Dated,
    DutyCard,
    Holding,
    Person,
    Unit,
    credit_code_fault,
)

_CODE = re.compile(r"[A-Za-z0-9][\w.-]{0,47}")
Error = dict[str, Any]


def unit_errors(unit: Unit) -> list[Error]:
    """What is wrong with one unit by itself."""
    return _errors(
        unit.code,
        ("code", not _CODE.fullmatch(unit.code), "is not 1-48 letters, digits, . _ -"),
        ("kind", unit.kind not in UNIT_KINDS, f"is {unit.kind!r}, not one of {', '.join(UNIT_KINDS)}"),
        ("name", not unit.name.strip(), "is needed"),
        ("desk", unit.desk not in DESKS, f"is {unit.desk!r}, not own or offline"),
        ("proxy", unit.desk == "offline" and not unit.proxy, "is needed for an offline unit"),
        ("proxy", unit.desk == "own" and bool(unit.proxy), "is only for an offline unit"),
        ("credit_code", bool(_credit_fault(unit)), _credit_fault(unit)),
        ("parent", unit.parent == unit.code, "is the unit itself"),
        *_dates(unit),
    )


def _credit_fault(unit: Unit) -> str:
    return (unit.credit_code is not None and credit_code_fault(unit.credit_code)) or ""


def tree_errors(units: Sequence[Unit], people: Sequence[Person] = ()) -> list[Error]:
    """What is wrong with the units together, on every day on which anything begins or ends."""
    found: dict[tuple[str, str], Error] = {}
    proxies = {unit.proxy for unit in units}
    named = [person for person in people if person.code in proxies]
    for day in change_days((*units, *named)):
        directory = Directory("", day, units, named, ())
        for unit in directory.units.values():
            for error in _place_errors(unit, directory):
                found.setdefault((error["row"], error["field"]), {**error, "why": f"{error['why']} on {day}"})
    return [found[place] for place in sorted(found)]


def _place_errors(unit: Unit, directory: Directory) -> list[Error]:
    parent, proxy = unit.parent, unit.proxy
    top = directory.ancestors(unit.code)[-1]
    rings = parent in directory.units and directory.units[top].parent in directory.units
    known = proxy is None or proxy in directory.units or proxy in directory.people
    desk = directory.units.get(directory.desk_of(unit.code))
    stuck = known and desk is not None and desk.desk == "offline"
    return _errors(
        unit.code,
        ("parent", parent is not None and parent not in directory.units, f"{parent} is no unit"),
        ("parent", rings, "leads back to itself"),
        ("proxy", not known, f"{proxy} is neither a unit nor an active person"),
        ("proxy", stuck, "ends at no desk"),
    )


def person_errors(person: Person, unit_codes: Collection[str]) -> list[Error]:
    """What is wrong with one person."""
    return _errors(
        person.code,
        ("code", not _CODE.fullmatch(person.code), "is not 1-48 letters, digits, . _ -"),
        ("code", person.code in ROLES or person.code == "import", "is a word the log keeps for itself"),
        ("name", not person.name.strip(), "is needed"),
        ("unit", person.unit not in unit_codes, f"{person.unit} is no unit"),
        *_dates(person),
    )


def holding_errors(holding: Holding, person_codes: Collection[str], unit_codes: Collection[str]) -> list[Error]:
    """What is wrong with one post."""
    desk = holding.role in {"unit_officer", "handler"}
    return _errors(
        f"{holding.person}/{holding.role}",
        ("person", holding.person not in person_codes, f"{holding.person} is no person"),
        ("role", holding.role not in ROLES, f"{holding.role!r} is unknown"),
        ("unit", holding.unit is not None and holding.unit not in unit_codes, f"{holding.unit} is no unit"),
        ("unit", desk and holding.unit is None, f"is needed for a {holding.role}"),
        *_dates(holding),
    )


def band_errors(band: TimeBand) -> list[Error]:
    """What is wrong with one time band."""
    return _errors(
        band.code,
        ("code", not is_name(band.code), "is not a name: a letter, then letters, digits, _ -"),
        ("hours", bool(_hours_fault(band.hours)), _hours_fault(band.hours)),
        *_dates(band),
    )


def card_errors(card: DutyCard, person_codes: Collection[str], band_codes: Collection[str]) -> list[Error]:
    """What is wrong with one duty card; what is empty is no error here but a missing fixing."""
    band = card.time_band
    fault = _hours_fault(band) if ":" in band else ""
    return _errors(
        "/".join(part for part in (card.duty_grid, card.person) if part),
        ("duty_grid", not card.duty_grid, "is needed"),
        ("person", bool(card.person) and card.person not in person_codes, f"{card.person} is no person"),
        ("role", bool(card.role) and card.role not in ROLES, f"{card.role!r} is unknown"),
        ("time_band", bool(fault), fault),
        (
            "time_band",
            bool(band) and not fault and ":" not in band and band not in band_codes,
            f"{band} is no band",
        ),
        *_dates(card),
    )


def change_days(rows: Iterable[Dated]) -> list[date]:
    """Every day on which something begins, and every day after something ends."""
    rows = list(rows)
    starts = {row.valid_from for row in rows}
    ends = {row.valid_to for row in rows if row.valid_to is not None and row.valid_to < date.max}
    return sorted(starts | {day + timedelta(days=1) for day in ends})


def _hours_fault(hours: str) -> str:
    try:
        week_of(hours)
    except ValueError as error:
        return str(error)
    return ""


def _dates(row: Dated) -> tuple[tuple[str, bool, str], ...]:
    ends_first = row.valid_to is not None and row.valid_to < row.valid_from - timedelta(days=1)
    return (("valid_to", ends_first, "is before valid_from"),)


def _errors(row: str, *tests: tuple[str, bool, str]) -> list[Error]:
    return [{"row": row, "field": field, "why": why} for field, wrong, why in tests if wrong]
