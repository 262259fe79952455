"""Makes a bureau ready for the loop: its record, calendars, catalogues and procedures, all repeatable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xiuhua.city.calendars import service as calendars
from xiuhua.city.categories import service as categories
from xiuhua.city.units import service as units
from xiuhua.city.units.model import Bureau
from xiuhua.packs import service as packs
from xiuhua.packs.loader import LIBRARY, load_pack
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import PackInvalid
from xiuhua.platform.identity.model import Actor

CATALOGUES = ("gbt47678-5", "gbt30428-2", "cjt214")
EXAMPLE_STANDARDS = "example-case-standards"
PROCEDURES = ("city-case",)


def make_bureau(tx: Tx, actor: Actor, bureau: Bureau, valid_from: date, catalogues: Sequence[str] = CATALOGUES) -> None:
    """Put a bureau with the shipped calendars, catalogues and the city-case procedure; again changes nothing.

    Catalogues are valid from `valid_from`. Raises `Invalid` for a bureau that cannot be.
    """
    units.save_bureau(tx, actor, bureau)
    calendars.install_default_calendars(tx, bureau.city, bureau.time_zone)
    for name in catalogues:
        categories.install_catalogue(tx, bureau.city, LIBRARY / name, valid_from=valid_from)
    for name in PROCEDURES:
        install_pack(tx, bureau.city, LIBRARY / name, actor)


def install_pack(tx: Tx, city: str, folder: Path, actor: Actor) -> bool:
    """Put a pack in force in a city; whether anything changed. Raises `PackInvalid` with every error."""
    pack, problems = load_pack(folder)
    if pack is None:
        errors = [{"file": str(one.file), "line": one.line, "path": one.path, "why": one.why} for one in problems]
        raise PackInvalid(f"The pack {folder.name} has {len(errors)} errors.", errors=errors)
    return packs.install(tx, city, pack, actor)
