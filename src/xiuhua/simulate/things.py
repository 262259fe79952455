"""Things of the fictional district: public toilets, manhole covers, lamps, hauliers and their trucks, building sites.

Made through the same service that people and files use; the same seed gives the same things.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Internal
from xiuhua.platform.identity.model import system
from xiuhua.platform.services import Services
from xiuhua.records.service import Records
from xiuhua.simulate.city import words as words_of

PACKS: Final = ("municipal", "public-toilets", "construction-waste")
TOILETS, COVERS, LAMPS, TRUCKS, SITES = 36, 400, 160, 30, 8
_CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FAR: Final = 0.0006
"""Degrees from the middle of a grid."""
Row = dict[str, Any]


def make(services: Services, city: str, seed: int = 1) -> int:
    """Install the packs and put the things into their registers; how many there are. Nothing where they are already."""
    found, problems = load_library()
    if problems:
        raise Internal(f"The library has errors: {problems[0].why}")
    actor, chance, made = system(city), random.Random(seed), 0
    with services.database.transaction() as tx:
        for name in PACKS:
            packs.install(tx, city, found[name], actor)
    with services.database.transaction() as tx:
        points = _points(tx, services, city)
        units = _units(tx, services, city)
        for register, rows in _all(chance, city, points, units):
            answers = services.port(Records).put_many(tx, actor, register, rows)
            wrong = [one for one in answers if one.status == "rejected"]
            if wrong:
                raise Internal(f"{register}: {wrong[0].problems}")
            made += sum(one.status == "new" for one in answers)
    return made


def _points(tx: Tx, services: Services, city: str) -> list[tuple[float, float]]:
    areas = services.port(CityReader).of(tx, city).areas()
    return [area.point() for area in areas.areas("unit_grid")]


def _units(tx: Tx, services: Services, city: str) -> list[str]:
    return sorted(services.port(CityReader).of(tx, city).directory().units)


def _all(
    chance: random.Random, city: str, points: list[tuple[float, float]], units: list[str]
) -> Iterator[tuple[str, list[Row]]]:
    """Registers in an order in which what is referred to comes first."""
    words = words_of("things.yaml")

    def unit(*wanted: str) -> str:
        return next((one for one in wanted if one in units), units[0])

    def somewhere() -> Row:
        lon, lat = chance.choice(points)
        east, north = chance.uniform(-_FAR, _FAR), chance.uniform(-_FAR, _FAR)
        return {"lon": round(lon + east, 6), "lat": round(lat + north, 6)}

    def day(first: int, last: int) -> str:
        return f"{chance.randint(first, last)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    yield "toilet", [
        {"number": f"WC-{n:03}", "name": words["toilet"].format(n=n),
         "grade": chance.choice(("first", "second", "third")),
         "men": chance.randint(2, 8), "women": chance.randint(3, 12), "free_paper": chance.random() < 0.6,
         "accessible": chance.random() < 0.7, "hours": chance.choice(words["hours"]),
         "upkeep": unit("sanitation"), "place": somewhere()}
        for n in range(1, TOILETS + 1)
    ]  # fmt: skip
    uses = ("water", "sewage", "rain", "power", "telecom", "gas", "unknown")
    yield "manhole_cover", [
        {"code": f"{city}0101{n:06}", "use": chance.choice(uses), "road": words["stretch"].format(n=n % 60 + 1),
         "material": chance.choice(("iron", "composite")), "net": chance.random() < 0.55, "laid_on": day(2008, 2024),
         "upkeep": unit("roads", "municipal"), "place": somewhere()}
        for n in range(1, COVERS + 1)
    ]  # fmt: skip
    yield "street_lamp", [
        {"code": f"LD-{n:04}", "road": words["stretch"].format(n=n % 60 + 1), "watts": chance.choice((60, 120, 250)),
         "light": chance.choice(("led", "led", "sodium")), "upkeep": unit("lighting", "roads"), "place": somewhere()}
        for n in range(1, LAMPS + 1)
    ]  # fmt: skip
    credits = [_credit(chance) for _ in words["hauliers"]]
    yield "haulier", [
        {"credit": credit, "name": name, "person": words["contact"], "phone": f"028-8{n:07}",
         "unit": unit("waste", "sanitation"), "licence_until": day(2026, 2028)}
        for n, (credit, name) in enumerate(zip(credits, words["hauliers"], strict=True))
    ]  # fmt: skip
    yield "truck", [
        {"plate": words["plate"].format(n=chance.randint(10000, 99999)), "haulier": chance.choice(credits),
         "volume": chance.choice(("12", "16", "18.5")), "sealed": True, "unit": unit("waste", "sanitation")}
        for _ in range(TRUCKS)
    ]  # fmt: skip
    yield "site", [
        {"number": f"XM-2026-{n:03}", "name": words["site"].format(name=chance.choice(words["sites"]), n=n),
         "builder": words["builder"].format(n=n), "plan": "filed" if n % 4 else "none",
         "expected": str(chance.randint(20, 400) * 100), "unit": unit("waste", "sanitation"), "place": somewhere()}
        for n in range(1, SITES + 1)
    ]  # fmt: skip


def _credit(chance: random.Random) -> str:
    """A code whose last sign agrees with the others."""
    text = "91" + "510000" + "".join(chance.choice(_CREDIT) for _ in range(9))
    rest = sum(_CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(text)) % 31
    return text + _CREDIT[-rest % 31]
