"""Things of the fictional district without its days: the registers of some lines of business, filled once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import system
from xiuhua.platform.media.service import Store
from xiuhua.platform.services import Services
from xiuhua.simulate import pictures
from xiuhua.simulate.lines.town import Town
from xiuhua.simulate.run import VALID_FROM, plain

LINES: Final = ("municipal", "public-toilets", "construction-waste")


def make(services: Services, city: str, seed: int = 1, lines: Sequence[str] = LINES) -> int:
    """Install the packs and put the things into their registers where these are empty; how many things there are."""
    with services.database.transaction() as tx:
        photos = pictures.put(tx, services.port(Store), system(city))
        zone = services.port(Loop).view(tx, city).zone
    town = Town(services, city, zone, plain(1, seed, 1, VALID_FROM), photos, lines)
    town.prepare()
    return sum(map(len, town.world.things.values()))
