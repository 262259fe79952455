"""Photos over HTTP, and what reports and actions may name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.acceptance.conftest import CITY, Serve, Served
from tests.acceptance.installation import STREET_CLEANING, Installation, report_form

from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.media.api import router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.service import Store
from xiuhua.simulate.pictures import drawn

NOWHERE = "0195a1b2-0000-7000-8000-000000000001"


@pytest.fixture
def served(serve: Serve, tmp_path: Path) -> Iterator[Served]:
    with serve(router) as found:
        found.services.ports[Store] = Store(Folder(tmp_path), most_bytes=100_000)
        yield found


def send(client: httpx.Client, data: bytes, name: str = "a.png") -> httpx.Response:
    return client.post("/api/media", files={"file": (name, data, "image/png")})


def test_a_photo_is_sent_in_and_seen(served: Served) -> None:
    with served.program("collector") as client:
        answer = send(client, drawn("before"))
        found = answer.json()
        full, thumb = client.get(answer.headers["location"]), client.get(f"/api/media/{found['id']}?size=thumb")

    assert answer.status_code == 201
    assert found == {
        "id": found["id"], "kind": "photo", "width": 160, "height": 120, "taken_at": None, "position": None,
    }  # fmt: skip
    assert full.content[:3] == b"\xff\xd8\xff" and thumb.content[8:12] == b"WEBP"
    assert (full.headers["content-type"], thumb.headers["content-type"]) == ("image/jpeg", "image/webp")
    assert full.headers["content-disposition"] == f'inline; filename="{found["id"]}.jpg"'
    assert full.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert full.headers["x-content-type-options"] == "nosniff"


def test_a_repeated_photo_changes_nothing(served: Served) -> None:
    with served.program("collector") as client:
        first, second = send(client, drawn("before")), send(client, drawn("before"), "b.png")

    assert (first.status_code, second.status_code, first.json()) == (201, 200, second.json())


def test_a_photo_that_is_known_is_not_sent_again(served: Served) -> None:
    with served.program("collector") as client:
        path = send(client, drawn("before")).headers["location"]
        answer = client.get(path, headers={"If-None-Match": client.get(path).headers["etag"]})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("data", "status", "reason", "why"),
    [
        (b"<html>", 422, "picture_type", "is HTML; JPEG, PNG and WebP are taken"),
        (drawn("before")[:-40], 422, "truncated", "is cut off: its end is missing; send it again"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), 422, "truncated", "is cut off: its end is missing; send it again"),
        (b"\xff\xd8\xff" + bytes(200_000), 413, "too_many_bytes", "is larger than 0 MiB"),
        (b"", 422, "empty_file", "is empty"),
    ],
    ids=["page", "truncated", "header only", "too large", "empty"],
)
def test_what_is_no_photo_is_refused(served: Served, data: bytes, status: int, reason: str, why: str) -> None:
    with served.program("collector") as client:
        client.headers["Accept-Language"] = "en"
        answer = send(client, data)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["file"], error["reason"], error["why"]) == (status, "a.png", reason, why)


def test_a_request_without_a_file_is_invalid(served: Served) -> None:
    with served.program("collector") as client:
        answer = client.post("/api/media", files={"other": b"x"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


@pytest.mark.parametrize("role", sorted(roles().keys() - {"system"}))
def test_roles_may_what_the_table_says(served: Served, role: str) -> None:
    with served.program("collector", name="sender") as client:
        path = send(client, drawn("before")).headers["location"]

    with served.program(role) as client:
        before, sent, after = client.get(path), send(client, drawn("before")), client.get(path)

    may_send, may_see = roles()[role].bears("media.write"), roles()[role].bears("media.read")
    assert sent.status_code == (200 if may_send else 403)
    assert before.status_code == (404 if may_see else 403)
    assert after.status_code == (200 if may_send and may_see else 404 if may_see else 403)


def test_strangers_send_and_see_nothing(served: Served) -> None:
    with served.client() as client:
        assert send(client, drawn("before")).status_code == 401
        assert client.get(f"/api/media/{NOWHERE}").status_code == 401


@pytest.mark.parametrize("id_", [NOWHERE, "x", "%00", "..%2F..%2Fkeys"])
def test_there_is_no_such_photo(served: Served, id_: str) -> None:
    with served.program("collector") as client:
        assert client.get(f"/api/media/{id_}").status_code == 404


def test_a_photo_of_another_city_is_not_there(served: Served) -> None:
    with served.program("collector") as client:
        path = send(client, drawn("before")).headers["location"]
        with served.services.database.transaction() as tx:
            tx.execute("update media set city = '990102' where city = %s", (CITY,))

        assert client.get(path).status_code == 404


# ---- what reports and actions name


def report_with(town: Installation, **photos: Any) -> httpx.Response:
    return town.client("collector01").post("/api/reports", json=report_form(source="collector", **photos))


@pytest.mark.parametrize("field", ["photos", "photos_after"])
@pytest.mark.parametrize("id_", [NOWHERE, "before"])
def test_a_report_names_only_photos_that_are_there(town: Installation, field: str, id_: str) -> None:
    answer = report_with(town, **{field: [town.photo("collector01"), id_]})

    assert answer.status_code == 422
    assert [(one["field"], one["why"]) for one in answer.json()["errors"]] == [
        (field, f"there is no photo {id_}; upload it first")
    ]


@pytest.mark.parametrize("field", ["photos", "photos_after"])
def test_a_name_of_a_photo_is_a_text(town: Installation, field: str) -> None:
    answer = report_with(town, **{field: [town.photo("collector01"), "x\0"]})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [f"{field}.1"]


def test_the_good_reports_of_a_batch_are_kept(town: Installation) -> None:
    forms = [report_form(photos=[town.photo("collector01")]), report_form(photos=["before"]), report_form()]

    answer = town.client("collector01").post("/api/reports/batch", json=forms)

    assert [one["status"] for one in answer.json()] == ["new", "rejected", "new"]


def test_an_action_names_only_photos_that_are_there(town: Installation) -> None:
    officer, collector = town.who("intake_officer"), "collector01"
    grid = town.view().areas.grid_codes[0]
    report = town.report(collector, source="collector", external_id=uuid4().hex, place={"unit_grid": grid})
    checker = town.who("collector", town.state("report", report)["data"]["scopes"])
    town.does(officer, "report", report, "verify", {"verifier": checker})
    told = {"found": "true_as_told", "photos": ["before", NOWHERE]}

    answer = town.act(checker, "report", report, "report_verification", told)
    town.does(checker, "report", report, "report_verification", {**told, "photos": [town.photo(checker)]})
    town.does(officer, "report", report, "accept", {"category": STREET_CLEANING})

    assert answer.status_code == 422
    assert [(one["field"], one["reason"]) for one in answer.json()["errors"]] == [("photos", "no_photo")] * 2
