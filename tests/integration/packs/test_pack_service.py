"""Packs and settings in a city, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from xiuhua.packs import scaffold, service
from xiuhua.packs.loader import load_pack
from xiuhua.packs.pack import Pack
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound, PackInvalid
from xiuhua.platform.eventlog import read
from xiuhua.platform.identity.model import system
from xiuhua.platform.revision import Memory

CITY, OTHER = "990101", "990102"
DAY = date(2026, 3, 2)
ACTOR = system(CITY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scaffold.new("demo", tmp_path)


@pytest.fixture
def pack(folder: Path) -> Pack:
    return loaded(folder)


def loaded(folder: Path, version: int = 1, **replaced: str) -> Pack:
    """The pack with another version and some words replaced in its procedures."""
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("version: 1\n", f"version: {version}\n"), encoding="utf-8")
    path = folder / "procedures.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    found, problems = load_pack(folder)
    assert found is not None, problems
    return found


def test_a_pack_is_in_force_after_its_installation(tx: Tx, pack: Pack) -> None:
    assert service.install(tx, CITY, pack)
    digest, procedure = service.active_procedures(tx, CITY)["demo_order"]
    assert digest == pack.digest
    assert procedure == pack.procedures["demo_order"]
    assert service.active_procedures(tx, OTHER) == {}


def test_installing_the_same_again_changes_nothing(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    assert not service.install(tx, CITY, pack)
    assert [event.type for event in read(tx, CITY, f"packs/{CITY}")] == ["PackInstalled"]


def test_the_same_version_with_other_content_is_refused(tx: Tx, folder: Path, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    changed = loaded(folder, Confirm="Agree")
    for city in (CITY, OTHER):
        with pytest.raises(PackInvalid, match="write version: 2"):
            service.install(tx, city, changed)


def test_a_running_case_keeps_the_version_it_began_under(tx: Tx, folder: Path, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    newer = loaded(folder, version=2, Confirm="Agree")
    assert service.install(tx, CITY, newer)
    assert service.active_procedures(tx, CITY)["demo_order"][0] == newer.digest
    began_under = service.procedure(tx, pack.digest, "demo_order")
    assert began_under.actions["confirm"].title.en == "Confirm"
    assert service.procedure(tx, newer.digest, "demo_order").actions["confirm"].title.en == "Agree"


def test_an_older_version_can_be_put_in_force_again(tx: Tx, folder: Path, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    service.install(tx, CITY, loaded(folder, version=2, Confirm="Agree"))
    assert service.install(tx, CITY, pack)
    assert [(one.name, one.version) for one in service.installed(tx, CITY)] == [("demo", 1)]


def test_what_was_in_force_earlier_is_known(database: Database, clock: SimulatedClock, folder: Path) -> None:
    first = loaded(folder)
    with database.transaction() as tx:
        service.install(tx, CITY, first)
    before = clock.now()
    clock.move_to(before + timedelta(days=1))
    with database.transaction() as tx:
        service.install(tx, CITY, loaded(folder, version=2, Confirm="Agree"))
        assert [one.version for one in service.installed(tx, CITY)] == [2]
        assert [one.digest for one in service.installed(tx, CITY, known_at=before)] == [first.digest]


def test_a_pack_that_does_not_fit_the_others_is_refused(tx: Tx, pack: Pack) -> None:
    needy = replace(pack, head=pack.head.model_copy(update={"needs": ["roads"]}))
    with pytest.raises(PackInvalid) as caught:
        service.install(tx, CITY, needy)
    assert caught.value.params["errors"][0]["why"] == "there is no pack 'roads'"


@pytest.mark.parametrize("digest", ["0" * 64, ""])
def test_an_unknown_version_is_not_found(tx: Tx, digest: str) -> None:
    with pytest.raises(NotFound):
        service.procedure(tx, digest, "demo_order")


def test_an_unknown_procedure_of_a_version_is_not_found(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    with pytest.raises(NotFound, match="no procedure other"):
        service.procedure(tx, pack.digest, "other")


def test_settings_have_their_defaults_until_the_city_says_otherwise(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    assert service.settings_of(tx, CITY, "demo_order", DAY) == {
        "work_limit": {"amount": "2", "kind": "work_day"}, "delays_most": 1,
    }  # fmt: skip
    service.put_settings(tx, ACTOR, "demo_order", {"delays_most": 3}, DAY)
    assert service.settings_of(tx, CITY, "demo_order", DAY)["delays_most"] == 3
    assert service.settings_of(tx, CITY, "demo_order", DAY - timedelta(days=1))["delays_most"] == 1


def test_a_setting_holds_from_day_to_day_and_can_be_given_back(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    service.put_settings(tx, ACTOR, "demo_order", {"delays_most": 5}, DAY, DAY + timedelta(days=6))
    days = [service.settings_of(tx, CITY, "demo_order", DAY + timedelta(days=n))["delays_most"] for n in (0, 6, 7)]
    assert days == [5, 5, 1]
    service.put_settings(tx, ACTOR, "demo_order", {"delays_most": None}, DAY + timedelta(days=3))
    days = [service.settings_of(tx, CITY, "demo_order", DAY + timedelta(days=n))["delays_most"] for n in (2, 3, 6)]
    assert days == [5, 1, 1]


def test_settings_as_known_at_a_moment(database: Database, clock: SimulatedClock, folder: Path) -> None:
    with database.transaction() as tx:
        service.install(tx, CITY, loaded(folder))
    before = clock.now()
    clock.move_to(before + timedelta(hours=1))
    with database.transaction() as tx:
        service.put_settings(tx, ACTOR, "demo_order", {"delays_most": 4}, DAY)
        assert service.settings_of(tx, CITY, "demo_order", DAY)["delays_most"] == 4
        assert service.settings_of(tx, CITY, "demo_order", DAY, known_at=before)["delays_most"] == 1


def test_settings_of_a_running_case_follow_its_own_version(tx: Tx, folder: Path, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    newer = loaded(folder, version=2, delays_most="delays_allowed")
    service.install(tx, CITY, newer)
    service.put_settings(tx, ACTOR, "demo_order", {"delays_allowed": 9}, DAY)
    assert service.settings_of(tx, CITY, "demo_order", DAY)["delays_allowed"] == 9
    assert service.settings_of(tx, CITY, "demo_order", DAY, digest=pack.digest)["delays_most"] == 1


def test_every_setting_that_does_not_fit_is_named(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    values = {"delays_most": "3", "work_limit": {"amount": "2", "kind": "weeks"}, "dely": 1}
    with pytest.raises(Invalid) as caught:
        service.put_settings(tx, ACTOR, "demo_order", values, DAY, DAY - timedelta(days=1))
    assert [one["field"] for one in caught.value.params["errors"]] == ["delays_most", "work_limit", "dely", "valid_to"]


def test_settings_of_a_procedure_that_is_not_in_force(tx: Tx) -> None:
    assert service.settings_of(tx, CITY, "demo_order", DAY) == {}
    with pytest.raises(NotFound):
        service.put_settings(tx, ACTOR, "demo_order", {}, DAY)


def test_readers_are_told(tx: Tx, pack: Pack) -> None:
    memory = Memory()
    assert memory.get(tx, CITY, service.REVISION, service.active_procedures) == {}
    service.install(tx, CITY, pack)
    assert list(memory.get(tx, CITY, service.REVISION, service.active_procedures)) == ["demo_order"]
    service.put_settings(tx, ACTOR, "demo_order", {"delays_most": 2}, DAY)
    event = read(tx, CITY, f"packs/{CITY}")[-1]
    assert (event.type, event.payload["values"]) == ("SettingsChanged", {"delays_most": 2})


@pytest.mark.parametrize("table", ["pack_version", "pack_active", "pack_setting"])
@pytest.mark.parametrize("statement", ["delete from {}", "truncate {}"])
def test_nothing_is_ever_taken_away(tx: Tx, table: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        tx.execute(statement.format(table))


def test_two_cities_share_a_version(tx: Tx, pack: Pack) -> None:
    service.install(tx, CITY, pack)
    assert service.install(tx, OTHER, pack)
    assert tx.execute("select count(*) as n from pack_version").fetchone().n == 1  # type: ignore[union-attr]
