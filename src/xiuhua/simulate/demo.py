"""What the demo shows besides the play: the district's numbers, and who may sign in."""

from __future__ import annotations

from xiuhua.city.areas import service as areas
from xiuhua.city.units import service as units
from xiuhua.platform.database import Database
from xiuhua.platform.identity import service as identity
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.passwords import generate
from xiuhua.platform.services import Services

PEOPLE = (
    ("intake_officer", "intake_officer01"), ("shift_leader", "shift_leader01"), ("dispatcher", "dispatcher01"),
    ("unit_officer", "officer-sanitation"), ("handler", "worker1-cleaning-1"), ("collector", "collector01"),
    ("supervisor", "supervisor01"), ("leader", "leader01"), ("appraiser", "appraiser01"),
)  # fmt: skip
"""Role, and the person of the fictional district who signs in."""


def districts_numbers(database: Database, city: str) -> list[str]:
    """One line: how large the district is."""
    with database.reading() as tx:
        day = tx.now.date()
        kinds = {kind: len(areas.list_areas(tx, city, day, kind)) for kind in ("street", "community", "unit_grid")}
        directory = units.load_directories(tx, city).on(day)
        name = units.bureaus(tx).bureau(city).name
    return [
        f"{name} (fictional, {city}): {kinds['street']} streets, {kinds['community']} communities,"
        f" {kinds['unit_grid']} unit grids, {len(directory.units)} units, {len(directory.people)} people"
    ]


def accounts_of_the_demo(services: Services, city: str) -> list[tuple[str, str, str]]:
    """One person of each role, and the administrator: role, name, generated password.

    Those who have an account already get a new one-time password, to be changed when they sign in.
    """
    actor, hasher = system(city), services.identity.hasher
    made = []
    with services.database.transaction() as tx:
        names = {one.account.name for one in identity.list_accounts(tx, city, limit=1000)}
        people = units.load_directories(tx, city).on(tx.now.date()).people
        for role, person in PEOPLE:
            if identity.normal_name(person) in names:
                made.append((role, person, identity.reset_password(tx, actor, person, hasher)))
            else:
                password = generate()
                new = NewAccount(person, person, people[person].name, password=password, must_change=False)
                identity.create_accounts(tx, actor, [new], hasher)
                made.append((role, person, password))
        first = identity.create_first_administrator(tx, city, hasher)
        if first is not None:
            made.append(("administrator", first.name, first.password))
    return made
