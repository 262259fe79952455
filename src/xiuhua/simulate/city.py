"""Makes the fictional district through the public services: map, units, people, duties, packs, calendars."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import shapely

from xiuhua.city.areas import service as areas
from xiuhua.city.areas.files import Source
from xiuhua.city.categories import service as categories
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.duties import service as duties
from xiuhua.city.duties.model import NOBODY, DutyRow
from xiuhua.city.units import service as units
from xiuhua.city.units.model import Bureau, DutyCard, Holding, Person, Unit
from xiuhua.loop import found
from xiuhua.packs import service as packs
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor, system
from xiuhua.simulate.lattice import MapArea, district
from xiuhua.simulate.words import read

SQUADS = ("brigade-1", "brigade-2", "brigade-3")
STREETS = ("street-1", "street-2", "street-3")
HANDLERS_PER_UNIT = 2


def words() -> dict[str, Any]:
    """Names and lists of the fictional district; not to be changed by who reads it."""
    return read("city.yaml")


def make(tx: Tx, seed: int, valid_from: date) -> str:
    """Make the district; returns its code. Everything is valid from that day on."""
    told = words()
    city = str(told["bureau"]["city"])
    actor = replace(system(city), name="simulate")
    bureau = Bureau(city, told["bureau"]["name"], told["bureau"]["name_en"])
    found.make_bureau(tx, actor, bureau, valid_from, (*found.CATALOGUES, found.EXAMPLE_STANDARDS))
    map_areas = district(told, seed)
    _own_rules(tx, actor, told, valid_from)
    _import_map(tx, city, map_areas, valid_from)
    _people(tx, actor, told, map_areas, Random(seed), valid_from)
    duties.save_duties(tx, actor, duty_rows(told, map_areas, valid_from))
    return city


def _own_rules(tx: Tx, actor: Actor, told: Mapping[str, Any], valid_from: date) -> None:
    """What the district has of its own: filing conditions in stages, and settings of the procedure."""
    plan = ImportPlan(**told["own_standard"])
    report = categories.import_filing_conditions(
        tx, actor.city, told["own_conditions"], plan, valid_from=valid_from, actor=actor
    )
    if report.errors or report.new_categories:
        raise ValueError(f"the made conditions were refused: {report.errors}")
    packs.put_settings(tx, actor, "city_case", told["settings"], valid_from)


def _import_map(tx: Tx, city: str, map_areas: Sequence[MapArea], valid_from: date) -> None:
    """Through a file, as any city's map comes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "district.geojson"
        features = [
            {
                "type": "Feature",
                "properties": {
                    "code": one.code, "kind": one.kind, "name": one.name, "parent": one.parent or None,
                    "area_class": one.area_class, "members": ",".join(one.members) or None,
                },
                "geometry": shapely.geometry.mapping(one.geometry),
            }
            for one in map_areas
        ]  # fmt: skip
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        report = areas.import_areas(tx, city, Source(path), valid_from=valid_from, actor="system", strict=True)
    if report.rejected:
        raise ValueError(f"the made map was refused: {report.errors[:5]}")


def _people(
    tx: Tx, actor: Actor, told: Mapping[str, Any], map_areas: Sequence[MapArea], random: Random, valid_from: date
) -> None:
    proxies = told["proxies"]
    made = [
        Unit(code, kind, zh, valid_from, en, parent, desk=desk, proxy=proxies.get(code))
        for code, kind, parent, desk, zh, en in told["units"]
    ]
    units.save_units(tx, actor, made)
    grids = [one.code for one in map_areas if one.kind == "duty_grid"]
    holdings = _holdings(told, made, grids, valid_from)
    staff = [Person(one.person, _name(told, random), str(one.unit), valid_from) for one in holdings]
    units.save_people(tx, actor, staff)
    units.save_posts(tx, actor, holdings, areas={one.code for one in map_areas})
    fixed = told["six_fixings"]
    units.save_duty_cards(
        tx, actor,
        [
            DutyCard(
                one.area, valid_from, one.person, fixed["time_band"], "collector", fixed["duty"], fixed["standard"],
                fixed["reward_penalty"],
            )
            for one in holdings
            if one.role == "collector" and one.area
        ],
    )  # fmt: skip


def _holdings(told: Mapping[str, Any], made: Sequence[Unit], grids: Sequence[str], valid_from: date) -> list[Holding]:
    found = []
    for role, how in told["staff"].items():
        if how.get("per") == "duty_grid":
            found += [
                Holding(f"{role}{number:02}", role, valid_from, how["unit"], grid)
                for number, grid in enumerate(grids, start=1)
            ]
        else:
            found += [Holding(f"{role}{n:02}", role, valid_from, how["unit"]) for n in range(1, how["count"] + 1)]
    for unit in made:
        if unit.desk != "own":
            continue
        if unit.kind not in ("squad", "contractor") or unit.code in SQUADS:
            found.append(Holding(f"officer-{unit.code}", "unit_officer", valid_from, unit.code))
        if unit.code not in ("bureau", "patrol"):
            found += [
                Holding(f"worker{number}-{unit.code}", "handler", valid_from, unit.code)
                for number in range(1, HANDLERS_PER_UNIT + 1)
            ]
    return found


def _name(told: Mapping[str, Any], random: Random) -> str:
    return str(random.choice(told["surnames"]) + random.choice(told["given"]))


def duty_rows(told: Mapping[str, Any], map_areas: Sequence[MapArea], valid_from: date) -> list[DutyRow]:
    """The matrix: for every duty kind a row for all, and more specific ones; no gaps, no ties."""
    streets = [one.code for one in map_areas if one.kind == "street"]
    shared = {"by_street": STREETS, "by_squad": SQUADS}
    rows = []
    for kind, selectors in told["duties"].items():
        # A place is more specific than a category: where one duty is the streets', its exceptions are as well.
        by_street = any(unit in shared for unit in selectors.values())
        for selector, unit in selectors.items():
            who = NOBODY if unit == "nobody" else unit
            if by_street:
                each = shared.get(unit, (who,) * len(streets))
                rows += [
                    DutyRow(kind, selector, "street", street, one, valid_from)
                    for street, one in zip(streets, each, strict=True)
                ]
            else:
                rows.append(DutyRow(kind, selector, "district", told["bureau"]["city"], who, valid_from))
    return rows
