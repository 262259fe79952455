"""Units, people, posts and duty cards over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Query

from xiuhua.city.units import service
from xiuhua.city.units.files import import_table
from xiuhua.city.units.forms import (
    HeldOut,
    MissingOut,
    PersonOut,
    PostOut,
    TableImportOut,
    UnitDetail,
    UnitNode,
    UnitOut,
)
from xiuhua.city.units.model import Holding, holds_on
from xiuhua.city.web import City, CloseVanished, On, Table, ValidFrom
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Page, Paging, Reading, Router, Transaction, require
from xiuhua.platform.web.uploads import TABLE_BYTES, table

router = Router(tags=["units"])
Reader = Annotated[Actor, require("unit.read")]
Writer = Annotated[Actor, require("unit.write")]
Code = Annotated[str, Path(max_length=48, examples=["roads"])]
What = Literal["units", "people", "posts", "time_bands", "duty_cards"]
Role = Annotated[str | None, Query(max_length=48, examples=["handler"])]


@router.get("/units")
def list_units(
    actor: Reader, tx: Reading, city: City, paging: Paging, kind: Annotated[str | None, Query(max_length=48)] = None,
    on: On = None,
) -> Page[UnitOut]:  # fmt: skip
    """Units of a day by code."""
    (after,) = paging.after(str) or ("",)
    units = city.of(tx, actor.city).directory(on).units
    codes = [code for code in sorted(units) if code > after and kind in (None, units[code].kind)]
    found = [UnitOut.model_validate(units[code]) for code in codes[: paging.limit + 1]]
    return paging.page(found, lambda one: (one.code,))


@router.get("/units/tree")
def unit_tree(actor: Reader, tx: Reading, city: City, on: On = None) -> list[UnitNode]:
    """All units of a day as a tree: those at the top, each with what stands below."""
    directory = city.of(tx, actor.city).directory(on)
    tops = sorted(code for code, unit in directory.units.items() if unit.parent not in directory.units)
    return [UnitNode.of(directory, code) for code in tops]


@router.get("/units/{code}")
def get_unit(code: Code, actor: Reader, tx: Reading, city: City, on: On = None) -> UnitDetail:
    """One unit and where it stands."""
    directory = city.of(tx, actor.city).directory(on)
    unit = UnitOut.model_validate(directory.unit(code))
    return UnitDetail(
        **unit.model_dump(), ancestors=list(directory.ancestors(code)),
        organisation_here=directory.organisation_of(code), desk_at=directory.desk_of(code),
    )  # fmt: skip


@router.get("/units/{code}/people")
def people_of_unit(
    code: Code, actor: Reader, tx: Reading, city: City, paging: Paging, role: Role = None,
    below: Annotated[bool, Query(description="also those of the units below")] = False, on: On = None,
) -> Page[PersonOut]:  # fmt: skip
    """Who is on the staff of a unit, or holds a post at its desk, with their posts; of one role."""
    (after,) = paging.after(str) or ("",)
    directory = city.of(tx, actor.city).directory(on)
    directory.unit(code)
    units = set(directory.descendants(code)) if below else {code}
    found = [
        PersonOut(code=one.code, name=one.name, unit=one.unit, posts=[HeldOut.of(post) for post in posts])
        for _, one in sorted(directory.people.items())
        for posts in (directory.posts_of(one.code),)
        if one.code > after
        and units & {one.unit, *(post.unit for post in posts)}
        and (role is None or any(post.role == role for post in posts))
    ]
    return paging.page(found, lambda one: (one.code,))


@router.get("/posts")
def list_posts(
    actor: Reader, tx: Reading, city: City, paging: Paging, role: Role = None,
    unit: Annotated[str | None, Query(max_length=48)] = None,
    area: Annotated[str | None, Query(max_length=32)] = None, on: On = None,
) -> Page[PostOut]:  # fmt: skip
    """Posts that active people hold on a day, by person and role."""
    after = paging.after(str, str, str, str)
    data = city.of(tx, actor.city)
    directory, day = data.directory(on), on or data.today
    held = [
        one
        for one in sorted(data.directories.holdings, key=_order)
        if holds_on(one, day)
        and one.person in directory.people
        and role in (None, one.role)
        and unit in (None, one.unit)
        and area in (None, one.area)
        and (after is None or _order(one) > after)
    ]
    return paging.page(
        [PostOut.of(directory, one) for one in held[: paging.limit + 1]],
        lambda one: (one.person, one.role, one.unit or "", one.area or ""),
    )


def _order(one: Holding) -> tuple[str, str, str, str]:
    return one.person, one.role, one.unit or "", one.area or ""


@router.get("/duty-cards/missing")
def missing_fixings(actor: Reader, tx: Reading, city: City, paging: Paging, on: On = None) -> Page[MissingOut]:
    """What duty grids lack of the six fixings: person, time, post, duty, standard, reward and penalty."""
    after = paging.after(str, str, str) or ("", "", "")
    data = city.of(tx, actor.city)
    index = data.areas(on)
    grids = [(area.code, index.ancestors(area.code)) for area in index.areas("duty_grid")]
    missing = service.fixings_missing(tx, actor.city, grids, on or data.today)
    found = sorted({(one.duty_grid, one.person, one.fixing): one for one in missing}.items())
    rows = [MissingOut.model_validate(one) for key, one in found if key > after]
    return paging.page(rows, lambda one: (one.duty_grid, one.person, one.fixing))


@router.post("/units/import/{what}", max_body_size=TABLE_BYTES)
def import_units(
    what: What, file: Table, actor: Writer, tx: Transaction, city: City, valid_from: ValidFrom = None,
    close_vanished: CloseVanished = False,
) -> TableImportOut:  # fmt: skip
    """Take a table of units, people, posts, time bands or duty cards: wholly, or not at all with every error."""
    day = valid_from or city.of(tx, actor.city).today
    with table(file) as path:
        return TableImportOut.of(import_table(tx, actor, what, path, day, close_vanished))
