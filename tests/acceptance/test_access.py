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
from tests.reading import caught_up

from xiuhua import bootstrap
from xiuhua.http.app import create_app
from xiuhua.loop.scope import DESK_ROLES
from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.permissions import known_permissions, roles
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

TABLE: Final[dict[str, dict[str, Any]]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("access.yaml").read_text(encoding="utf-8")
)
# The app is described without being opened: no operation is called here.
DESCRIBED: Final = {
    one.id: one
    for one in operations(create_app(Services(None, Settings(), Identity()), bootstrap.ROUTERS).openapi())  # type: ignore[arg-type]
}
TEXT, PHONE = "路边有暴露垃圾没人清理", "13812345678"
"""Of the real report and case."""
IN_BULK: Final = {"body": {"filter": {"opened_from": "2026-03-01T00:00:00+08:00"}, "action": "no_such_action"}}
GIVEN: Final[dict[str, dict[str, Any]]] = {
    "deadline": {
        "body": {"start": "2026-03-02T09:00:00+08:00", "amount": 2, "kind": "work_hour", "role": "dispatcher"}
    },
    "act_on_cases": IN_BULK,
    "act_on_reports": IN_BULK,
    "search": {"q": TEXT},
    "find_named": {"q": TEXT},
    "export_hits": {"q": TEXT},
    "search_contact": {"body": {"contact": PHONE, "why": "calls again"}},
    "list_repeats": {"at_least": 2},
}
"""For operations whose description makes no whole request, or one that finds nothing even of what is there."""
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
def real(town: Installation) -> dict[str, str]:
    """Room → a real report, case or photo; they stand in every list and index."""
    told = {"text": TEXT, "reporter": {"name": "王五", "contact": PHONE}}
    walk, case = taken_in(town, **told).to_be("received"), taken_in(town, **told).to_be("accepted")
    caught_up(town.services)
    proceeding = task_at(town, town.state("case", case.case)["data"]["unit_grid"])
    return {
        "reports": walk.report, "cases": case.case, "media": town.photo("intake_officer01"), "proceedings": proceeding,
        "inspections": _inspection(town),
    }  # fmt: skip


def task_at(town: Installation, area: str) -> str:
    """A task of a procedure of the pack of supervision, in an area; its id."""
    town.take_up("supervision")
    fields = {"title": TEXT, "unit": "sanitation", "area": area, "due": "2026-04-01T18:00:00+08:00"}
    answer = town.client("supervisor01").post("/api/proceedings", json={"procedure": "task", "fields": fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _inspection(town: Installation) -> str:
    """An inspection that a supervisor has made."""
    town.take_up("municipal")
    area = town.view().directory.posts_of("collector01")[0].area
    lon, lat = town.view().areas.area(str(area)).geometry.representative_point().coords[0]
    body = {"checklist": "pump_station_check", "unit": "drainage", "place": {"lon": lon, "lat": lat}}
    answer = town.client("supervisor01").post("/api/inspections", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture(scope="module")
def given(real: dict[str, str]) -> Callable[[Operation], dict[str, Any]]:
    """Parameters of an operation: a real case, report and photo where it is about one."""
    actions = {"reports": "refuse", "cases": "file", "proceedings": "receive"}

    def values(operation: Operation) -> dict[str, Any]:
        room = operation.path.split("/")[2]
        found = {"id": real[room]} if room in real else {}
        if room in actions:
            found["action"] = actions[room]
        return found | GIVEN.get(operation.id, {})

    return values


ALL: Final = known_permissions()
CLOSED: Final = sorted(name for name, line in TABLE.items() if line["may"] != "open")
DEMANDED: Final = {
    name: [one for one in (line["may"], *line.get("also", ())) if "." in one] for name, line in TABLE.items()
}
BY_PERMISSION: Final = sorted((name, one) for name, demanded in DEMANDED.items() for one in demanded)
BY_PLACE: Final = sorted(name for name, line in TABLE.items() if line["where"] == "place")
OF_ONE: Final = [name for name in BY_PLACE if "{id}" in DESCRIBED[name].path]
OF_MANY: Final = [name for name in BY_PLACE if name not in OF_ONE]


def demand(answer: httpx.Response, status: int, **told: str) -> None:
    """So it was answered; of HEAD only the status is told, as its answers have no body."""
    assert answer.status_code == status, answer.text
    if answer.request.method != "HEAD":
        assert told.items() <= answer.json().items(), answer.text


def lacks_permission(answer: httpx.Response) -> bool:
    """Whether it was refused for want of a permission, and not for the place."""
    return answer.status_code == 403 and (answer.request.method == "HEAD" or "permission" in answer.json())


@pytest.mark.parametrize("name", CLOSED)
def test_strangers_are_asked_to_sign_in(town: Installation, given: Any, name: str) -> None:
    with httpx.Client(base_url=town.url) as stranger:
        answer = DESCRIBED[name].call(stranger, given(DESCRIBED[name]))

    demand(answer, 401, code="not_signed_in")


@pytest.mark.parametrize(("name", "wanted"), BY_PERMISSION)
def test_without_the_permission_it_is_refused(client: Client, given: Any, name: str, wanted: str) -> None:
    answer = DESCRIBED[name].call(client(EVERYBODY, ALL - {wanted}), given(DESCRIBED[name]))

    demand(answer, 403, permission=wanted)


@pytest.mark.parametrize("name", CLOSED)
def test_with_the_permission_alone_it_is_open(client: Client, given: Any, name: str) -> None:
    scopes = frozenset(DEMANDED[name] or ["area.read"])
    answer = DESCRIBED[name].call(client(EVERYBODY, scopes), given(DESCRIBED[name]))

    assert answer.status_code != 401 and answer.status_code < 500 and not lacks_permission(answer), answer.text


@pytest.mark.parametrize("name", OF_ONE)
def test_elsewhere_the_same_permission_opens_nothing(client: Client, given: Any, name: str) -> None:
    answer = DESCRIBED[name].call(client(ELSEWHERE, ALL), given(DESCRIBED[name]))

    assert answer.status_code in (403, 404) and not lacks_permission(answer), answer.text


@pytest.mark.parametrize("name", OF_MANY)
def test_elsewhere_the_same_request_finds_nothing(client: Client, given: Any, real: dict[str, str], name: str) -> None:
    def found(person: str) -> set[str]:
        asking = client(person, ALL)
        answer = DESCRIBED[name].call(asking, given(DESCRIBED[name]))
        assert answer.is_success, answer.text
        rows = asking.get(f"{answer.headers['location']}/items").text if answer.status_code == 202 else ""
        return {id_ for id_ in (real["reports"], real["cases"], real["proceedings"]) if id_ in answer.text + rows}

    assert found(EVERYBODY) and not found(ELSEWHERE)
