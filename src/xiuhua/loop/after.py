"""What the worker does behind the loop: the index of search and cases in brief brought up to the log, bulk actions
carried on."""

from __future__ import annotations

from xiuhua.city.units import turns
from xiuhua.loop.brief import keeping
from xiuhua.loop.lists import bulk
from xiuhua.loop.search import index
from xiuhua.loop.search.index import Contacts
from xiuhua.loop.service import Loop
from xiuhua.platform.services import Services


def do(services: Services) -> int:
    """One round of each, every one in a transaction of its own; how much was done."""
    done = turns.in_each(services.database, lambda city: round_of(services, city))
    done += turns.in_each(services.database, lambda city: brief_of(services, city))
    return done + bulk.carry_on(services)


def brief_of(services: Services, city: str) -> int:
    """One round of a city's cases in brief; how many events were taken in."""
    with services.database.transaction() as tx:
        return keeping.advance(tx, services.port(Loop).view(tx, city))


def round_of(services: Services, city: str) -> int:
    """One round of the index of a city; how many events were taken in."""
    with services.database.transaction() as tx:
        procedures = services.port(Loop).view(tx, city).procedures
        declared = {
            kind: index.searched_fields(procedures[name][1]) if name in procedures else {}
            for kind, name in (("report", "report"), ("case", "city_case"))
        }
        return index.advance(tx, city, services.port(Contacts), declared)
