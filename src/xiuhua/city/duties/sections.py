"""What duty rows lean on besides areas and units: contracts, their sections, and groups of categories."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from xiuhua.city.duties.model import CategoryGroup, Contract, Section
from xiuhua.city.duties.selectors import is_class, is_kind
from xiuhua.city.units import keeping
from xiuhua.city.units.bands import is_name
from xiuhua.city.units.keeping import Book
from xiuhua.city.units.model import Dated
from xiuhua.city.units.service import UNITS
from xiuhua.city.units.timeline import Plan, plan
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

T = TypeVar("T", bound=Dated)
PACKAGE = "xiuhua.city.duties"
CONTRACTS = Book("contract", Contract, lambda one: one.code, PACKAGE)
SECTIONS = Book("contract_section", Section, lambda one: one.code, PACKAGE)
GROUPS = Book("category_group", CategoryGroup, lambda one: one.code, PACKAGE)


def save_contracts(
    tx: Tx, actor: Actor, contracts: Sequence[Contract], close_missing_on: date | None = None
) -> Plan[Contract]:
    """Open, close and correct contracts; raises `Invalid` with every error."""
    units = {unit.code for unit in keeping.values(tx, actor.city, UNITS)}
    errors = [
        {"row": one.code, "field": "unit", "why": f"{one.unit} is no unit"}
        for one in contracts
        if one.unit not in units
    ]
    keeping.refuse([*_unnamed(contracts), *errors], "contracts")
    return _saved(tx, actor, CONTRACTS, contracts, close_missing_on, "ContractsChanged")


def save_sections(
    tx: Tx,
    actor: Actor,
    sections: Sequence[Section],
    close_missing_on: date | None = None,
    areas: Collection[str] | None = None,
) -> Plan[Section]:
    """Open, close and correct contract sections; `areas` are known area and segment codes, None: unchecked."""
    contracts = {one.code for one in keeping.values(tx, actor.city, CONTRACTS)}
    errors: list[dict[str, Any]] = _unnamed(sections)
    for one in sections:
        if one.contract not in contracts:
            errors.append({"row": one.code, "field": "contract", "why": f"{one.contract} is no contract"})
        if not one.places:
            errors.append({"row": one.code, "field": "places", "why": "is needed"})
        for place in one.places:
            code = place[:-2] if place.endswith(("/L", "/R")) else place
            if areas is not None and code not in areas:
                errors.append({"row": one.code, "field": "places", "why": f"there is no area or segment {code}"})
    keeping.refuse(errors, "contract sections")
    return _saved(tx, actor, SECTIONS, sections, close_missing_on, "SectionsChanged")


def save_groups(
    tx: Tx,
    actor: Actor,
    groups: Sequence[CategoryGroup],
    close_missing_on: date | None = None,
    categories: Collection[str] | None = None,
) -> Plan[CategoryGroup]:
    """Open, close and correct groups of categories; `categories` are known keys, None: unchecked."""
    errors: list[dict[str, Any]] = _unnamed(groups)
    for one in groups:
        if not is_name(one.code):
            errors.append({"row": one.code, "field": "code", "why": "is not a letter, then letters, digits"})
        if not one.members:
            errors.append({"row": one.code, "field": "members", "why": "is needed"})
        for member in one.members:
            fits = is_class(member) or is_kind(member) or categories is None or member in categories
            if not fits:
                errors.append({"row": one.code, "field": "members", "why": f"there is no category {member}"})
    keeping.refuse(errors, "category groups")
    return _saved(tx, actor, GROUPS, groups, close_missing_on, "CategoryGroupsChanged")


def _unnamed(rows: Sequence[Contract | Section | CategoryGroup]) -> list[dict[str, Any]]:
    return [
        {"row": one.code, "field": field, "why": "is needed"}
        for one in rows
        for field, text in (("code", one.code), ("name", one.name))
        if not text.strip()
    ]


def _saved(
    tx: Tx, actor: Actor, book: Book[T], wanted: Sequence[T], close_missing_on: date | None, event: str
) -> Plan[T]:
    keeping.lock(tx, f"duties/{actor.city}", actor.city)
    made = plan(keeping.standing(tx, actor.city, book), wanted, book.key, close_missing_on)
    if not made.empty:
        keeping.carry_out(tx, actor.city, book, made)
        keeping.tell(tx, actor, f"duties/{actor.city}", event, keeping.counts(made, book), ["duties"])
    return made
