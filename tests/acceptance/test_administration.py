"""What the administration reads over HTTP: the board of duties, packs, settings, rules of notices."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, told

from xiuhua.platform import settings_told
from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.settings import Settings


@pytest.fixture(scope="module")
def boss(town: Installation) -> str:
    """An administrator."""
    with town.database.transaction() as tx:
        account = NewAccount("boss", "boss", roles=("administrator",))
        service.create_accounts(tx, system(town.city), [account], town.services.identity.hasher)
    return "boss"


def test_the_board_agrees_with_the_answers(town: Installation, boss: str) -> None:
    klass = STREET_CLEANING[:-3]
    board = town.get(boss, "/api/duties/board", kind="handle", of=klass)
    row = next(one for one in board["rows"] if one["key"] == STREET_CLEANING)
    resolved = town.get(boss, "/api/duties/resolve", category=STREET_CLEANING, area=board["areas"][0]["code"])
    answer = next(one for one in resolved["answers"] if one["kind"] == "handle")

    assert [unit for unit, _ in row["cells"][0]["units"]] == [answer["unit"]]
    assert row["cells"][0]["gaps"] == row["cells"][0]["ties"] == 0


@pytest.mark.parametrize("kind", ["handle", "regulate", "enforce"])
def test_gaps_of_the_board_are_those_of_the_check(town: Installation, boss: str, kind: str) -> None:
    board = town.get(boss, "/api/duties/board", kind=kind)
    checked = town.get(boss, "/api/duties/check")

    gaps = sum(cell["gaps"] for row in board["rows"] for cell in row["cells"])
    assert gaps == sum(one["cells"] for one in checked["gaps"] if one["kind"] == kind and one["bands"] is None)


def test_columns_go_down_to_the_grids(town: Installation, boss: str) -> None:
    streets = town.get(boss, "/api/duties/board", kind="handle")
    communities = town.get(boss, "/api/duties/board", kind="handle", parent=streets["areas"][0]["code"])

    assert {one["kind"] for one in streets["areas"]} == {"street"}
    assert {one["kind"] for one in communities["areas"]} == {"community"}
    assert communities["above"][0] == streets["parent"]
    assert told(town.client(boss).get("/api/duties/board", params={"kind": "handle", "parent": "1"})) == (
        404,
        "not_found",
    )


def test_packs_are_told_with_what_a_check_finds(town: Installation, boss: str) -> None:
    listed = town.get(boss, "/api/packs")
    pack = town.get(boss, "/api/packs/city-case")

    assert "city-case" in [one["name"] for one in listed]
    assert pack["problems"] == 0 == len(pack["found"])
    assert {"procedures", "notices"} <= {one["kind"] for one in pack["declarations"]}
    assert told(town.client(boss).get("/api/packs/none")) == (404, "not_found")


def test_settings_are_told_without_secrets(town: Installation, boss: str) -> None:
    found = town.get(boss, "/api/settings")
    by_name = {one["variable"]: one for one in found["installation"]}

    assert by_name["XIUHUA_DATABASE_URL"] | {"help": None} == {
        "variable": "XIUHUA_DATABASE_URL", "help": None, "allowed": "secret", "secret": True, "given": True,
        "value": None, "default": None,
    }  # fmt: skip
    assert by_name["XIUHUA_SESSION_HOURS"]["value"] == "12"
    assert {one["procedure"] for one in found["procedures"]} >= {"city_case"}


def test_every_setting_has_help_in_chinese() -> None:
    assert set(Settings.model_fields) - settings_told.chinese_help().keys() == set()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"sms_url": "https://key:pass@sms.example.cn/send?token=abc"}, "https://sms.example.cn/send"),
        ({"media_url": "s3://bucket/photos?endpoint=https://s3.example.cn"}, "s3://bucket/photos"),
    ],
)
def test_keys_within_addresses_are_not_told(given: dict[str, Any], shown: str) -> None:
    [name] = given
    found = {one.variable: one for one in settings_told.told(Settings(**given))}

    assert found[f"XIUHUA_{name.upper()}"].value == shown


def test_rules_of_notices_are_told(town: Installation, boss: str) -> None:
    found = town.get(boss, "/api/notices/rules")

    assert found["ways"] == ["webhook"]
    assert all(one["to"] or one["rungs"] for one in found["rules"])
