"""What is published for everybody: the list and each by itself, for strangers, and nothing of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation, served
from tests.acceptance.test_documents import AUTHOR, LEADER, SUPERVISOR, does, draft, ready
from tests.conftest import START

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster

LATER = timedelta(seconds=61)
"""Then what strangers read is looked at anew."""
TEXT = "一、本通告自公布之日起施行。<script>alert(1)</script>"


@pytest.fixture(scope="module")
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture(scope="module")
def kept(server: Cluster, tmp_path_factory: pytest.TempPathFactory, clock: SimulatedClock) -> Iterator[Installation]:
    """A district with documents, its clock in our hands."""
    with served(server, tmp_path_factory.mktemp("open"), clock) as town:
        town.take_up("documents")
        yield town


@pytest.fixture
def stranger(kept: Installation, clock: SimulatedClock) -> Iterator[httpx.Client]:
    """Nobody in particular, later than what was read before."""
    clock.move_to(clock.now() + LATER)
    with httpx.Client(base_url=kept.url, timeout=30) as made:
        yield made


def published(town: Installation, title: str, kind: str = "public_notice", **days: str | None) -> dict[str, Any]:
    """A document with a picture, as those see it who work with it."""
    inner = kind == "notice"
    fields, approvers = ({"to": "各单位"}, (LEADER,)) if inner else ({"scope": "全区"}, (SUPERVISOR, LEADER))
    photo = town.photo(AUTHOR, "before" if inner else "after")
    id_ = ready(town, kind, approvers, title=title, text=TEXT, fields=fields, attachments=[photo])
    does(town, LEADER, id_, "publish", **days)
    found: dict[str, Any] = town.get(LEADER, f"/api/documents/{id_}")
    return found


@pytest.fixture(scope="module")
def notice(kept: Installation) -> dict[str, Any]:
    """One for everybody."""
    return published(kept, "关于禁止占道经营的通告")


@pytest.fixture(scope="module")
def inner(kept: Installation) -> dict[str, Any]:
    """One for the bureau alone."""
    return published(kept, "关于值守的通知", "notice")


def test_what_is_open_is_listed_after_a_minute(
    kept: Installation, stranger: httpx.Client, clock: SimulatedClock
) -> None:
    bare = stranger.get("/report").text
    title = published(kept, "关于夜间施工的通告")["title"]
    early = stranger.get("/report/documents")
    clock.move_to(clock.now() + LATER)

    assert "/report/documents" not in bare and "/report/documents" in stranger.get("/report").text
    assert early.status_code == 200 and title not in early.text
    assert title in stranger.get("/report/documents").text


def test_what_is_open_is_read_by_strangers(
    notice: dict[str, Any], inner: dict[str, Any], stranger: httpx.Client
) -> None:
    listed, page = stranger.get("/report/documents"), stranger.get(f"/report/documents/{notice['id']}")

    assert notice["number"] in listed.text and inner["title"] not in listed.text
    assert page.status_code == 200 and notice["title"] in page.text and "全区" in page.text
    assert "&lt;script&gt;alert(1)" in page.text and "<script>alert" not in page.text
    assert "Public notice" in stranger.get(f"/report/documents/{notice['id']}?lang=en").text
    assert page.headers["content-security-policy"] and "set-cookie" not in page.headers


@pytest.mark.parametrize("path", ["", "/{id}"])
def test_nothing_of_whoever_wrote_and_approved_it_is_shown(
    notice: dict[str, Any], stranger: httpx.Client, path: str
) -> None:
    text = stranger.get("/report/documents" + path.format(id=notice["id"])).text

    people = [*notice["author_names"], *notice["authors"], *(one["name"] for one in notice["approvals"])]
    assert len(people) >= 4 and not [one for one in people if one in text]


def test_its_pictures_are_everybodys_and_no_others(
    notice: dict[str, Any], inner: dict[str, Any], stranger: httpx.Client
) -> None:
    page = f"/report/documents/{notice['id']}"
    [link] = re.findall(r"/report/documents/[^\"]+/photo/[^\"]+", stranger.get(page).text)
    picture = stranger.get(link)
    strange = stranger.get(f"{page}/photo/{inner['attachments'][0]}")

    assert link.endswith(notice["attachments"][0])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert strange.status_code == 404 and stranger.get(f"/api/media/{notice['attachments'][0]}").status_code == 401


def test_what_is_inner_or_not_published_is_not_there(
    kept: Installation, inner: dict[str, Any], stranger: httpx.Client
) -> None:
    waiting = draft(kept, "public_notice", title="尚未发布", fields={"scope": "全区"})

    for id_ in (inner["id"], waiting["id"], "nothing"):
        assert stranger.get(f"/report/documents/{id_}").status_code == 404


def test_days_and_ends_are_told(kept: Installation, stranger: httpx.Client, clock: SimulatedClock) -> None:
    since = (clock.now() + timedelta(days=30)).date().isoformat()
    until = (clock.now() + timedelta(days=60)).date().isoformat()
    coming = published(kept, "明年施行的通告", since=since, until=until)
    old, gone = published(kept, "旧通告"), published(kept, "撤销的通告")
    new = does(kept, AUTHOR, old["id"], "revise")
    for person, verb in ((AUTHOR, "submit"), (SUPERVISOR, "approve"), (LEADER, "approve"), (LEADER, "publish")):
        does(kept, person, new["id"], verb)
    does(kept, LEADER, gone["id"], "revoke", why="张三打电话要求撤销")
    clock.move_to(clock.now() + LATER)
    page = {one["id"]: stranger.get(f"/report/documents/{one['id']}?lang=zh").text for one in (coming, old, gone)}

    assert f"自 {since} 起施行" in page[coming["id"]] and until in page[coming["id"]]
    assert f"/report/documents/{new['id']}" in page[old["id"]] and "已被新文件替代" in page[old["id"]]
    assert "已废止" in page[gone["id"]] and "张三" not in page[gone["id"]]
