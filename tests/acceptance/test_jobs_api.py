"""Jobs over HTTP and on the command line: listed, and repeated by whoever may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.acceptance.conftest import CITY, Serve, Served
from tests.acceptance.installation import Installation

from xiuhua.platform.jobs import service
from xiuhua.platform.jobs.api import router
from xiuhua.platform.jobs.model import JobHopeless, Kind, Kinds, NewJob
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.services import Services

NOWHERE = "0195a1b2-0000-7000-8000-000000000001"


def failing(services: Services, city: str = CITY, number: int = 1) -> list[str]:
    """Jobs that died at once."""

    def fail(*_: object) -> None:
        raise JobHopeless("the address is gone")

    services.ports[Kinds] = Kinds({"post": Kind(fail)})
    with services.database.transaction() as tx:
        ids = service.enqueue_many(tx, city, [NewJob("post", {"n": n}, f"k{n}") for n in range(number)])
    Runner(services).run_due()
    return ids


@pytest.fixture
def served(serve: Serve) -> Iterator[Served]:
    with serve(router) as found:
        yield found


def test_a_dead_job_is_listed_and_repeated(served: Served) -> None:
    [id_] = failing(served.services)
    with served.program("administrator") as client:
        dead = client.get("/api/jobs", params={"state": "dead"}).json()["items"]
        repeated = client.post(f"/api/jobs/{id_}/repeat")
        refused = client.post(f"/api/jobs/{id_}/repeat")
        left = client.get("/api/jobs", params={"state": "dead", "kind": "post"}).json()["items"]

    assert [(job["id"], job["attempts"], job["error"], job["payload"]) for job in dead] == [
        (id_, 1, "the address is gone", {"n": 0})
    ]
    assert (repeated.status_code, repeated.json()["state"], repeated.json()["repeated_by"]) == (
        200,
        "waiting",
        "P-program",
    )
    assert (refused.status_code, refused.json()["code"], left) == (409, "not_now", [])


def test_pages_hold_every_job_once(served: Served) -> None:
    ids = failing(served.services, number=5)
    with served.program("administrator") as client:
        first = client.get("/api/jobs", params={"limit": 3}).json()
        second = client.get("/api/jobs", params={"limit": 3, "cursor": first["next"]}).json()

    assert [job["id"] for job in first["items"] + second["items"]] == sorted(ids, reverse=True)
    assert second["next"] is None


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/jobs"), ("POST", f"/api/jobs/{NOWHERE}/repeat")])
def test_who_may_not(served: Served, method: str, path: str) -> None:
    with served.client() as stranger, served.program("dispatcher") as dispatcher:
        assert stranger.request(method, path).status_code == 401
        assert dispatcher.request(method, path).status_code == 403


def test_what_is_not_there_or_not_of_the_city(served: Served) -> None:
    [elsewhere] = failing(served.services, "990102")
    with served.program("administrator") as client:
        assert client.get("/api/jobs").json()["items"] == []
        assert client.post(f"/api/jobs/{elsewhere}/repeat").status_code == 404
        assert client.post(f"/api/jobs/{NOWHERE}/repeat").status_code == 404
        assert client.get("/api/jobs", params={"state": "lost"}).status_code == 422
        assert client.get("/api/jobs", params={"cursor": "!"}).status_code == 422


def test_the_command_line_lists_and_repeats(town: Installation) -> None:
    [id_] = failing(town.services, town.city)
    listed, repeated = town.xiuhua("jobs", "list", "--state", "dead"), town.xiuhua("jobs", "repeat", id_)
    refused = town.xiuhua("jobs", "repeat", id_)

    assert listed.returncode == 0 and id_ in listed.stdout and "the address is gone" in listed.stdout
    assert repeated.returncode == 0, repeated.stderr
    assert (refused.returncode, "only a dead one" in refused.stderr) == (1, True)
