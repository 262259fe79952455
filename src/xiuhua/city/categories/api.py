"""Categories and filing conditions over HTTP. Keys hold slashes, so they stand in the query, not in the path."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from fastapi import Form, Path, Query

from xiuhua.city.categories import service
from xiuhua.city.categories.forms import (
    CategoryDetail,
    CategoryOut,
    ClassOut,
    ClosingForm,
    ConditionImportOut,
    ConditionOut,
    Ended,
    MappingOut,
)
from xiuhua.city.categories.model import Category
from xiuhua.city.categories.plan import read_plan
from xiuhua.city.web import City, On, Table, ValidFrom
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Page, Paging, Reading, Router, Transaction, require
from xiuhua.platform.web.uploads import TABLE_BYTES, table

router = Router(prefix="/categories", tags=["categories"])
Reader = Annotated[Actor, require("category.read")]
Writer = Annotated[Actor, require("category.write")]
Key = Annotated[str, Query(max_length=80, examples=["GB/T 47678.5/matter/08014"])]
Kind = Literal["part", "matter"]
Standard = Annotated[str | None, Query(max_length=40, examples=["GB/T 47678.5"])]
AreaClass = Literal["A", "B", "C"]


@router.get("")
def list_categories(
    actor: Reader, tx: Reading, city: City, paging: Paging, standard: Standard = None, kind: Kind | None = None,
    class_code: Annotated[str | None, Query(max_length=4, examples=["08"])] = None,
) -> Page[CategoryOut]:  # fmt: skip
    """Categories by key; of one standard, kind or class."""
    (after,) = paging.after(str) or ("",)
    found = sorted(
        (
            one
            for one in city.of(tx, actor.city).catalogue
            if one.key > after
            and standard in (None, one.standard)
            and kind in (None, one.kind)
            and class_code in (None, one.class_code)
        ),
        key=lambda one: one.key,
    )
    rows = [CategoryOut.model_validate(one) for one in found[: paging.limit + 1]]
    return paging.page(rows, lambda one: (one.key,))


@router.get("/search")
def search_categories(
    actor: Reader, tx: Reading, city: City, text: Annotated[str, Query(min_length=1, max_length=80)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[CategoryOut]:  # fmt: skip
    """Categories by name in either language, code or key: exact ones first, then those that contain the text."""
    return [CategoryOut.model_validate(one) for one in city.of(tx, actor.city).catalogue.find(text, limit)]


@router.get("/classes")
def list_classes(
    actor: Reader, tx: Reading, city: City, standard: Standard = None, kind: Kind | None = None
) -> list[ClassOut]:
    """Classes of all standards, in order."""
    return [
        ClassOut.model_validate(one)
        for one in city.of(tx, actor.city).catalogue.classes()
        if standard in (None, one.standard) and kind in (None, one.kind)
    ]


@router.get("/one")
def get_category(key: Key, actor: Reader, tx: Reading, city: City) -> CategoryDetail:
    """One category and what it is to others. A wrong key is answered with the nearest ones."""
    catalogue = city.of(tx, actor.city).catalogue
    found = catalogue.category(key)
    return CategoryDetail(
        **CategoryOut.model_validate(found).model_dump(), newest=catalogue.newest(key).key,
        family=list(catalogue.family(key)), fault=_key(catalogue.fault_of(key)), part=_key(catalogue.part_of(key)),
        mappings=[MappingOut.model_validate(one) for one in catalogue.mappings(key)],
    )  # fmt: skip


def _key(category: Category | None) -> str | None:
    return category.key if category else None


@router.get("/conditions")
def list_conditions(
    category: Key, actor: Reader, tx: Reading, city: City, area_class: AreaClass | None = None,
    standard_set: Annotated[str | None, Query(max_length=48)] = None, on: On = None,
) -> list[ConditionOut]:  # fmt: skip
    """Filing conditions of a category on a day: its own, then those under mapped keys.

    With an area class those for it and those for all; without one every variant.
    """
    data = city.of(tx, actor.city)
    day = on or data.today
    return [ConditionOut.on(one, day) for one in data.catalogue.conditions(category, day, area_class, standard_set)]


@router.post("/conditions/import", max_body_size=TABLE_BYTES)
def import_conditions(
    file: Table, actor: Writer, tx: Transaction, city: City,
    plan: Annotated[
        str,
        Form(
            description="a JSON object that says how to read the table: docs/how-to/categories.md",
            examples=['{"set": "example-2024", "standard": "GB/T 30428.2", "plain_hour": "urgent_hour"}'],
        ),
    ],
    valid_from: ValidFrom = None, dry_run: Annotated[bool, Form(description="only tell")] = False,
) -> ConditionImportOut:  # fmt: skip
    """Import a table of filing conditions. Rows that cannot be taken are told with their reasons."""
    reading = read_plan(_plan_fields(plan))
    data = city.of(tx, actor.city)
    with table(file) as path:
        report = service.import_filing_conditions(
            tx, actor.city, path, reading, valid_from=valid_from, dry_run=dry_run, actor=actor, zone=data.zone
        )
    return ConditionImportOut.of(report)


def _plan_fields(text: str) -> dict[str, str]:
    try:
        fields: Any = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid(errors=[{"field": "plan", "why": f"is no JSON: {error}"}]) from error
    if not isinstance(fields, dict):
        raise Invalid(errors=[{"field": "plan", "why": "is no JSON object"}])
    return {
        str(name): ("true" if value else "") if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }


@router.post("/sets/{standard_set}/close")
def close_set(
    standard_set: Annotated[str, Path(max_length=48, examples=["example-2024"])],
    body: ClosingForm,
    actor: Writer,
    tx: Transaction,
) -> Ended:
    """End every condition of a set, when another set takes its place."""
    last: date = body.last_day
    return Ended(ended=service.close_standard_set(tx, actor.city, standard_set, last, actor=actor))
