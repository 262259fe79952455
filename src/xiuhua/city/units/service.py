"""What can be done with bureaus, units, people, posts, time bands and duty cards.

Everything is of one bureau, the actor's. Only a roll-up (`bureaus(tx).descendants`) names several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiuhua.city.units import check, keeping
from xiuhua.city.units.bands import TimeBand
from xiuhua.city.units.directory import Directories
from xiuhua.city.units.fixings import Missing, missing_fixings
from xiuhua.city.units.keeping import Book
from xiuhua.city.units.model import Bureau, Bureaus, Dated, DutyCard, Holding, Person, Unit
from xiuhua.city.units.timeline import Kept, Plan, plan
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.sql import queries

T = TypeVar("T", bound=Dated)
UNITS = Book("unit", Unit, lambda unit: unit.code)
PEOPLE = Book("person", Person, lambda person: person.code)
POSTS = Book("post", Holding, lambda one: (one.person, one.role, one.unit, one.area))
TIME_BANDS = Book("time_band", TimeBand, lambda band: band.code)
DUTY_CARDS = Book("duty_card", DutyCard, lambda card: (card.duty_grid, card.person, card.time_band, card.role))
REVISION = "units"


def bureaus(tx: Tx) -> Bureaus:
    """Every bureau of the installation, for roll-ups."""
    return Bureaus(Bureau(*row) for row in tx.execute(queries("xiuhua.city.units")["bureaus"]))


def save_bureau(tx: Tx, actor: Actor, bureau: Bureau) -> None:
    """Put a bureau, new or corrected; raises `Invalid` for an unknown time zone, parent or a ring.

    Bumps the revision `zone` as well, for readers that keep its time zone alone.
    """
    try:
        ZoneInfo(bureau.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        error = {"row": bureau.city, "field": "time_zone", "why": f"{bureau.time_zone!r} is unknown"}
        raise Invalid(f"no time zone {bureau.time_zone!r}", errors=[error]) from None
    keeping.lock(tx, "bureaus", "")
    known = {one.city: one for one in (Bureau(*row) for row in tx.execute(queries("xiuhua.city.units")["bureaus"]))}
    if known.get(bureau.city) == bureau:
        return
    Bureaus({**known, bureau.city: bureau}.values())
    tx.execute(queries("xiuhua.city.units")["put_bureau"], {**asdict(bureau), "now": tx.now})
    payload = {"parent_city": bureau.parent_city, "time_zone": bureau.time_zone, "name": bureau.name}
    keeping.lock(tx, f"units/{bureau.city}", bureau.city)
    there = replace(actor, city=bureau.city)
    keeping.tell(tx, there, f"units/{bureau.city}", "BureauChanged", payload, [REVISION, "duties", "zone"])


def save_units(tx: Tx, actor: Actor, units: Sequence[Unit], close_missing_on: date | None = None) -> Plan[Unit]:
    """Open, close and correct units; the tree must hold on every day, past and to come.

    With `close_missing_on` units that are not given end the day before. Raises `Invalid` with every error.
    """
    keeping.refuse([error for unit in units for error in check.unit_errors(unit)], "units")
    kept, made = _planned(tx, actor, UNITS, units, close_missing_on)
    people = keeping.values(tx, actor.city, PEOPLE)
    keeping.refuse(check.tree_errors(keeping.after(kept, made), people), "units")
    return _saved(tx, actor, UNITS, made, "UnitsChanged")


def save_people(tx: Tx, actor: Actor, people: Sequence[Person], close_missing_on: date | None = None) -> Plan[Person]:
    """Open, close and correct people; raises `Invalid` with every error."""
    kept, made = _planned(tx, actor, PEOPLE, people, close_missing_on)
    units = keeping.values(tx, actor.city, UNITS)
    codes = {unit.code for unit in units}
    errors = [error for person in people for error in check.person_errors(person, codes)]
    keeping.refuse(errors or check.tree_errors(units, keeping.after(kept, made)), "people")
    return _saved(tx, actor, PEOPLE, made, "PeopleChanged")


def save_posts(
    tx: Tx,
    actor: Actor,
    holdings: Sequence[Holding],
    close_missing_on: date | None = None,
    areas: Collection[str] | None = None,
) -> Plan[Holding]:
    """Open, close and correct posts; `areas` are the known area codes, None leaves them unchecked."""
    _, made = _planned(tx, actor, POSTS, holdings, close_missing_on)
    people = {person.code for person in keeping.values(tx, actor.city, PEOPLE)}
    units = {unit.code for unit in keeping.values(tx, actor.city, UNITS)}
    errors = [error for holding in holdings for error in check.holding_errors(holding, people, units)]
    errors += [
        {"row": f"{one.person}/{one.role}", "field": "area", "why": f"{one.area} is no area"}
        for one in holdings
        if areas is not None and one.area is not None and one.area not in areas
    ]
    keeping.refuse(errors, "posts")
    return _saved(tx, actor, POSTS, made, "PostsChanged")


def save_time_bands(
    tx: Tx, actor: Actor, bands: Sequence[TimeBand], close_missing_on: date | None = None
) -> Plan[TimeBand]:
    """Open, close and correct named time bands, which duty cards and duty rows refer to."""
    keeping.refuse([error for band in bands for error in check.band_errors(band)], "time bands")
    _, made = _planned(tx, actor, TIME_BANDS, bands, close_missing_on)
    return _saved(tx, actor, TIME_BANDS, made, "TimeBandsChanged", [REVISION, "duties"])


def save_duty_cards(
    tx: Tx, actor: Actor, cards: Sequence[DutyCard], close_missing_on: date | None = None
) -> Plan[DutyCard]:
    """Open, close and correct duty cards; a card may have gaps, `fixings_missing` reports them."""
    _, made = _planned(tx, actor, DUTY_CARDS, cards, close_missing_on)
    people = {person.code for person in keeping.values(tx, actor.city, PEOPLE)}
    bands = {band.code for band in keeping.values(tx, actor.city, TIME_BANDS)}
    keeping.refuse([error for card in cards for error in check.card_errors(card, people, bands)], "duty cards")
    return _saved(tx, actor, DUTY_CARDS, made, "DutyCardsChanged")


def load_directories(tx: Tx, city: str, known_at: datetime | None = None) -> Directories:
    """Units, people and posts of a bureau; keep it in a `revision.Memory` under the kind `units`."""
    return Directories(
        city,
        keeping.values(tx, city, UNITS, known_at),
        keeping.values(tx, city, PEOPLE, known_at),
        keeping.values(tx, city, POSTS, known_at),
    )


def load_time_bands(tx: Tx, city: str, known_at: datetime | None = None) -> list[TimeBand]:
    """Every version of every named time band."""
    return keeping.values(tx, city, TIME_BANDS, known_at)


def time_zone(tx: Tx, city: str) -> ZoneInfo:
    """The time zone of a bureau; raises `NotFound`."""
    return ZoneInfo(bureaus(tx).bureau(city).time_zone)


def posts_of(tx: Tx, city: str, person: str, on: date) -> tuple[Post, ...]:
    """Every post an active person holds on a day; empty for an unknown or inactive one."""
    rows = tx.execute(queries("xiuhua.city.units")["posts_of"], {"city": city, "person": person, "on": on})
    return tuple(Post(row.role, city, row.unit, row.area, row.valid_from, row.valid_to) for row in rows)


def names_of(tx: Tx, city: str, units: Sequence[str], on: date) -> dict[str, dict[str, str]]:
    """Names of the bureau and of some units in both languages, by code; the Chinese one stands for a missing other."""
    values = {"city": city, "units": list(units), "on": on}
    rows = tx.execute(queries("xiuhua.city.units")["names_of"], values)
    return {row.code: {"zh": row.name, "en": row.name_en or row.name} for row in rows}


def fixings_missing(tx: Tx, city: str, grids: Iterable[tuple[str, tuple[str, ...]]], on: date) -> list[Missing]:
    """What the duty cards lack on a day; `grids` are all duty grids with their scopes."""
    return missing_fixings(grids, keeping.values(tx, city, DUTY_CARDS), load_directories(tx, city).on(on))


def _planned(
    tx: Tx, actor: Actor, book: Book[T], wanted: Sequence[T], close_missing_on: date | None
) -> tuple[list[Kept[T]], Plan[T]]:
    keeping.lock(tx, f"units/{actor.city}", actor.city)
    kept = keeping.standing(tx, actor.city, book)
    return kept, plan(kept, wanted, book.key, close_missing_on)


def _saved(
    tx: Tx, actor: Actor, book: Book[T], made: Plan[T], event: str, kinds: Sequence[str] = (REVISION,)
) -> Plan[T]:
    if not made.empty:
        keeping.carry_out(tx, actor.city, book, made)
        payload = keeping.counts(made, book)
        keeping.tell(tx, actor, f"units/{actor.city}", event, payload, kinds)
    return made
