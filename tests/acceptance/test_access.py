"""Every operation, by everyone: the table `access.yaml` is whole, and the server keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from ruamel.yaml import YAML
from tests.acceptance.installation import Installation
from tests.acceptance.operations import Operation, operations
from tests.acceptance.walking import taken_in

from xiuhua import bootstrap
from xiuhua.http.app import create_app
from xiuhua.loop.scope import DESK_ROLES
from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.permissions import known_permissions, roles
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

TABLE: Final[dict[str, dict[str, str]]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("access.yaml").read_text(encoding="utf-8")
)
# The app is described without being opened: no operation is called here.
DESCRIBED: Final = {
    one.id: one
    for one in operations(create_app(Services(None, Settings(), Identity()), bootstrap.ROUTERS).openapi())  # type: ignore[arg-type]
}
BODIES: Final[dict[str, Any]] = {
    "deadline": {"start": "2026-03-02T09:00:00+08:00", "amount": 2, "kind": "work_hour", "role": "dispatcher"},
}
"""Of operations whose description makes no whole one."""
EVERYBODY: Final = "everybody"
ELSEWHERE: Final = "collector24"
"""Who has posts in one grid only, and not in that of the report and the case."""
Client = Callable[[str, frozenset[str]], httpx.Client]


def test_every_operation_stands_in_the_table_and_as_the_api_tells_it() -> None:
    told = {
        one.id: one.permission or ("signed_in" if one.needs_sign_in else "open") for one in DESCRIBED.values()
    }  # fmt: skip

    assert told == {name: line["may"] for name, line in TABLE.items()}


@pytest.fixture(scope="module")
def client(town: Installation) -> Iterator[Client]:
    """Clients with a fresh token each, of an account and with some permissions."""
    every_role = tuple(sorted(roles().keys() - {"system", "public"}))
    opened: list[httpx.Client] = []
    with town.database.transaction() as tx:
        people = [NewAccount(EVERYBODY, EVERYBODY, roles=every_role), NewAccount(ELSEWHERE, ELSEWHERE)]
        service.create_accounts(tx, system(town.city), people, town.services.identity.hasher)
        # The same grid in every role, so that whatever is refused is refused for the place.
        tx.execute(_POSTS, {"city": town.city, "person": ELSEWHERE, "roles": sorted(set(every_role) - DESK_ROLES)})

    def made(account: str, scopes: frozenset[str]) -> httpx.Client:
        with town.database.transaction() as tx:
            until = tx.now + timedelta(days=1)
            [(_, text)] = tokens.make_tokens(tx, town.city, [account], "test", sorted(scopes), until)
        opened.append(httpx.Client(base_url=town.url, headers={"Authorization": f"Bearer {text}"}, timeout=20))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


_POSTS: Final = """
insert into post (city, person, role, unit, area, valid_from, recorded_at)
select city, person, more, unit, area, valid_from, recorded_at from post, unnest(%(roles)s::text[]) as more
where city = %(city)s and person = %(person)s and role <> more
"""


@pytest.fixture(scope="module")
def given(town: Installation) -> Callable[[Operation], dict[str, Any]]:
    """Parameters of an operation: a real case, report and photo where it is about one."""
    walk = taken_in(town).to_be("received")
    case = taken_in(town).to_be("accepted")
    real = {"reports": walk.report, "cases": case.case, "media": town.photo("intake_officer01")}
    actions = {"reports": "refuse", "cases": "file"}

    def values(operation: Operation) -> dict[str, Any]:
        room = operation.path.split("/")[2]
        found = {"id": real[room]} if room in real else {}
        if room in actions:
            found["action"] = actions[room]
        return found | ({"body": BODIES[operation.id]} if operation.id in BODIES else {})

    return values


ALL: Final = known_permissions()
CLOSED: Final = sorted(name for name, line in TABLE.items() if line["may"] != "open")
BY_PERMISSION: Final = sorted(name for name, line in TABLE.items() if "." in line["may"])
BY_PLACE: Final = sorted(name for name, line in TABLE.items() if line["where"] == "place")


@pytest.mark.parametrize("name", CLOSED)
def test_strangers_are_asked_to_sign_in(town: Installation, given: Any, name: str) -> None:
    with httpx.Client(base_url=town.url) as stranger:
        answer = DESCRIBED[name].call(stranger, given(DESCRIBED[name]))

    assert (answer.status_code, answer.json().get("code")) == (401, "not_signed_in"), answer.text


@pytest.mark.parametrize("name", BY_PERMISSION)
def test_without_the_permission_it_is_refused(client: Client, given: Any, name: str) -> None:
    wanted = TABLE[name]["may"]
    answer = DESCRIBED[name].call(client(EVERYBODY, ALL - {wanted}), given(DESCRIBED[name]))

    assert (answer.status_code, answer.json().get("permission")) == (403, wanted), answer.text


@pytest.mark.parametrize("name", CLOSED)
def test_with_the_permission_alone_it_is_open(client: Client, given: Any, name: str) -> None:
    wanted = TABLE[name]["may"]
    scopes = frozenset({wanted}) if "." in wanted else frozenset({"area.read"})
    answer = DESCRIBED[name].call(client(EVERYBODY, scopes), given(DESCRIBED[name]))

    refused = answer.status_code == 403 and "permission" in answer.json()
    assert answer.status_code != 401 and answer.status_code < 500 and not refused, answer.text


@pytest.mark.parametrize("name", BY_PLACE)
def test_elsewhere_the_same_permission_opens_nothing(client: Client, given: Any, name: str) -> None:
    values = given(DESCRIBED[name])
    answer = DESCRIBED[name].call(client(ELSEWHERE, ALL), values)

    if "id" in DESCRIBED[name].path:
        assert answer.status_code in (403, 404) and "permission" not in answer.json(), answer.text
    else:
        assert answer.status_code == 200 and values["id"] not in answer.text
