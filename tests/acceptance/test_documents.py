"""Documents over HTTP: approved step by step, numbered without gaps, printed, running out, revised, revoked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation, pages, told

from xiuhua.documents import replay
from xiuhua.documents.service import Documents

AUTHOR, SUPERVISOR, LEADER, COLLECTOR = "officer-sanitation", "supervisor01", "leader01", "collector01"


@pytest.fixture(scope="module")
def kept(town: Installation) -> Iterator[Installation]:
    """The district with the pack of documents; at the end the log gives the very same rows."""
    town.take_up("documents")
    yield town
    assert differences(town) == []


def differences(town: Installation) -> list[tuple[str, str]]:
    wrong: list[tuple[str, str]] = []
    with town.database.reading() as tx:
        replay.check(tx, None, lambda table, key: wrong.append((table, key)))
    return wrong


def draft(town: Installation, kind: str = "notice", person: str = AUTHOR, **more: Any) -> Any:
    body = {
        "kind": kind,
        "title": "关于防汛值守的通知",
        "text": "各单位：\n加强值守。",
        "fields": {"to": "各单位"},
        **more,
    }
    answer = town.client(person).post("/api/documents", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def post(town: Installation, person: str, id_: str, verb: str, **body: Any) -> httpx.Response:
    given = body if body or verb == "publish" else None
    return town.client(person).post(f"/api/documents/{id_}/{verb}", json=given)


def does(town: Installation, person: str, id_: str, verb: str, **body: Any) -> Any:
    answer = post(town, person, id_, verb, **body)
    assert answer.is_success, f"{verb}: {answer.text}"
    return answer.json()


def ready(town: Installation, kind: str = "notice", approvers: tuple[str, ...] = (LEADER,), **more: Any) -> str:
    """A document that is approved; its id."""
    made = draft(town, kind, **more)
    does(town, AUTHOR, made["id"], "submit")
    for one in approvers:
        does(town, one, made["id"], "approve")
    return str(made["id"])


def public(town: Installation, **more: Any) -> Any:
    id_ = ready(town, "public_notice", (SUPERVISOR, LEADER), fields={"scope": "城区"})
    return does(town, LEADER, id_, "publish", **more)


def test_kinds_are_told_with_their_forms(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(COLLECTOR, "/api/documents/kinds")}

    assert found["notice"]["title"] == {"zh": "通知", "en": "Notice"} and found["notice"]["series"] == "outgoing"
    assert found["order"]["needs"]["required"] == ["to", "due"] and found["order"]["items"]
    assert found["rule_document"]["approved_by"] == ["supervisor", "leader"]


def test_a_document_goes_its_way(kept: Installation) -> None:
    made = draft(kept)
    assert (made["state"], made["number"], made["text_version"], made["actions"]) == (
        "draft", None, 1, ["change", "submit", "discard"],
    )  # fmt: skip
    asked = does(kept, AUTHOR, made["id"], "submit")
    assert (asked["state"], asked["waits"], asked["actions"]) == ("submitted", "leader", ["discard"])
    waiting = pages(kept, LEADER, "/api/documents", waits=True)
    assert [one["id"] for one in waiting] == [made["id"]]
    approved = does(kept, LEADER, made["id"], "approve")
    assert approved["actions"] == ["send_back", "publish"] and approved["approvals"][0]["by"] == LEADER
    out = does(kept, LEADER, made["id"], "publish")

    assert out["number"].startswith("城管发〔") and out["state"] == "published" and out["in_force"] and out["intact"]
    assert len(out["digest"]) == 64 and out["until"] is None
    history = kept.get(COLLECTOR, f"/api/documents/{made['id']}/events")
    assert [one["type"] for one in history] == [
        "DocumentDrafted", "DocumentSubmitted", "DocumentApproved", "DocumentPublished",
    ]  # fmt: skip


def test_before_it_is_out_only_those_see_it_who_work_on_it(kept: Installation) -> None:
    id_ = ready(kept)

    assert told(kept.client(COLLECTOR).get(f"/api/documents/{id_}")) == (404, "not_found")
    assert id_ not in {one["id"] for one in pages(kept, COLLECTOR, "/api/documents")}
    does(kept, LEADER, id_, "publish")
    assert kept.get(COLLECTOR, f"/api/documents/{id_}")["actions"] == []
    assert id_ in {one["id"] for one in pages(kept, COLLECTOR, "/api/documents")}


def test_nobody_approves_what_they_wrote_nor_out_of_turn(kept: Installation) -> None:
    id_ = draft(kept, person=LEADER)["id"]
    does(kept, AUTHOR, id_, "submit")

    assert told(post(kept, LEADER, id_, "approve")) == (409, "condition_unmet")
    assert told(post(kept, SUPERVISOR, id_, "approve")) == (403, "not_allowed")
    assert told(post(kept, COLLECTOR, id_, "approve")) == (403, "not_allowed")
    assert told(post(kept, LEADER, id_, "publish")) == (409, "not_now")


def test_sent_back_with_a_reason_and_changed(kept: Installation) -> None:
    id_ = draft(kept)["id"]
    does(kept, AUTHOR, id_, "submit")
    assert post(kept, LEADER, id_, "send-back").status_code == 422
    back = does(kept, LEADER, id_, "send-back", why="时间不对")
    assert (back["state"], back["sent_back"]) == ("draft", "时间不对")
    heads = [one["head"] for one in pages(kept, AUTHOR, "/api/notices")]
    assert any("sent back" in head["en"] for head in heads), heads

    client = kept.client(AUTHOR)
    old = client.patch(f"/api/documents/{id_}", json={"text": "别的"}, headers={"If-Match": '"1"'})
    assert told(old) == (412, "conflict")
    changed = client.patch(f"/api/documents/{id_}", json={"text": "各单位：\n加强夜间值守。\n报到。"}).json()
    assert changed["text_version"] == 2 and changed["title"] == "关于防汛值守的通知"
    found = kept.get(AUTHOR, f"/api/documents/{id_}/difference", before=1, after=2)
    assert [(one["what"], one["text"]) for one in found["text"]] == [
        ("same", "各单位："), ("removed", "加强值守。"), ("added", "加强夜间值守。"), ("added", "报到。"),
    ]  # fmt: skip
    assert [one["version"] for one in kept.get(AUTHOR, f"/api/documents/{id_}/versions")] == [1, 2]


def test_every_error_is_named(kept: Installation) -> None:
    before = kept.events()
    body = {"kind": "order", "title": " ", "fields": {"due": "soon", "to": "x", "more": 1},
            "items": [{"title": "a", "unit": "nowhere"}], "attachments": ["nothing"]}  # fmt: skip
    answer = kept.client(AUTHOR).post("/api/documents", json=body)

    assert told(answer) == (422, "invalid") and kept.events() == before
    wrong = {one["field"] for one in answer.json()["errors"]}
    assert wrong == {"title", "fields.due", "fields.more", "items.0.unit"}


def test_attachments_must_be_there_and_are_seen_with_the_document(kept: Installation) -> None:
    photo = kept.photo(AUTHOR, "before")
    strange = kept.client(AUTHOR).post("/api/documents", json={
        "kind": "notice", "title": "附件", "text": "文", "fields": {"to": "各单位"},
        "attachments": ["00000000-0000-7000-8000-000000000000"],
    })  # fmt: skip
    assert [one["field"] for one in strange.json()["errors"]] == ["attachments"]
    id_ = ready(kept, attachments=[photo])
    assert kept.client(COLLECTOR).get(f"/api/media/{photo}").status_code == 404
    does(kept, LEADER, id_, "publish")

    assert kept.client(COLLECTOR).get(f"/api/media/{photo}").status_code == 200


def test_numbers_have_no_gaps_however_many_publish_at_once(kept: Installation) -> None:
    ids = [ready(kept) for _ in range(8)]
    first = does(kept, LEADER, ids[0], "publish")
    refused = ready(kept)
    assert told(post(kept, LEADER, refused, "publish", until="2020-01-01"))[0] == 422, (
        "draws a number, and gives it back"
    )
    with ThreadPoolExecutor(4) as pool:
        rest = list(pool.map(lambda id_: does(kept, LEADER, id_, "publish"), ids[1:]))
    with kept.database.reading() as tx:
        rows = tx.execute("select n from document where series = 'outgoing' order by n").fetchall()

    assert len({one["number"] for one in [first, *rest]}) == 8
    assert [row.n for row in rows] == list(range(1, len(rows) + 1))


def test_revised_and_revoked(kept: Installation) -> None:
    old = public(kept)
    new = does(kept, AUTHOR, old["id"], "revise")
    assert (new["state"], new["text_version"], new["replaces"]) == ("draft", 2, old["id"])
    assert told(post(kept, SUPERVISOR, old["id"], "revise")) == (409, "condition_unmet")
    text = {"text": "新文。"}
    assert kept.client(AUTHOR).patch(f"/api/documents/{new['id']}", json=text).json()["text_version"] == 3
    found = kept.get(AUTHOR, f"/api/documents/{new['id']}/difference", before=1, after=3)
    assert {one["what"] for one in found["text"]} == {"added", "removed"}
    does(kept, AUTHOR, new["id"], "submit")
    for one in (SUPERVISOR, LEADER):
        does(kept, one, new["id"], "approve")
    out = does(kept, LEADER, new["id"], "publish")
    before = kept.get(COLLECTOR, f"/api/documents/{old['id']}")

    assert (before["state"], before["replaced_by"], before["in_force"]) == ("replaced", new["id"], False)
    assert told(post(kept, AUTHOR, new["id"], "revoke", why="x")) == (403, "not_allowed")
    gone = does(kept, LEADER, new["id"], "revoke", why="上位法修改")
    assert (gone["state"], gone["number"], gone["in_force"]) == ("revoked", out["number"], False)


def test_a_draft_is_given_up_by_who_wrote_it(kept: Installation) -> None:
    id_ = draft(kept)["id"]

    assert told(post(kept, SUPERVISOR, id_, "discard", why="x")) == (403, "not_allowed")
    assert told(post(kept, LEADER, id_, "revoke", why="x")) == (409, "not_now")
    assert does(kept, AUTHOR, id_, "discard", why="不再需要")["state"] == "revoked"


def test_lists_find_by_kind_state_year_words_and_day(kept: Installation) -> None:
    made = public(kept, until="2099-01-31")
    client, today = kept.client(COLLECTOR), made["since"]

    def ids(**wanted: Any) -> set[str]:
        return {one["id"] for one in pages(kept, COLLECTOR, "/api/documents", limit=2, **wanted)}

    assert made["id"] in ids(kind="public_notice", state="published", year=int(today[:4]))
    assert made["id"] in ids(q=made["number"][:4]) and made["id"] in ids(q="防汛值")
    assert made["id"] not in ids(q="不存在的词") and made["id"] not in ids(kind="notice")
    assert made["id"] in ids(in_force_on="2099-01-31") and made["id"] not in ids(in_force_on="2099-02-01")
    assert client.get("/api/documents", params={"q": " 字"}).status_code == 422


def test_the_clock_tells_once_and_ends_once(kept: Installation) -> None:
    made = public(kept)
    today = kept.get(LEADER, f"/api/documents/{made['id']}")["since"]
    short = public(kept, until=today)
    documents = kept.services.port(Documents)
    assert documents.turn(kept.database) == 1, "its warning is due on its first day"
    assert documents.turn(kept.database) == 0
    with kept.database.transaction(kept.database.clock.now() + timedelta(days=1)) as tx:
        assert documents.turn_of(tx, kept.city) == 1
    with kept.database.transaction(kept.database.clock.now() + timedelta(days=1)) as tx:
        assert documents.turn_of(tx, kept.city) == 0

    assert kept.get(COLLECTOR, f"/api/documents/{short['id']}")["state"] == "expired"
    assert kept.get(COLLECTOR, f"/api/documents/{made['id']}")["state"] == "published"
    with kept.database.reading() as tx:
        rows = tx.execute("select name from notice where subject = %s and person = %s", (short["id"], AUTHOR))
        names = [row.name for row in rows]
    assert names.count("document_expiring") == names.count("document_expired") == 1


def test_paper_has_the_official_layout_and_nothing_unescaped(kept: Installation) -> None:
    hostile = "<script>alert(1)</script>"
    id_ = ready(
        kept,
        title=f"关于{hostile}的通知",
        text=f"# 一、要求\n**必须**到位{hostile}\n- 甲\n- 乙",
        fields={"to": "各<b>街道"},
    )
    before = kept.client(AUTHOR).get(f"/api/documents/{id_}/print").text
    out = does(kept, LEADER, id_, "publish")
    answer = kept.client(COLLECTOR).get(f"/api/documents/{id_}/print")

    assert 'class="unpublished"' in before and 'class="unpublished"' not in answer.text
    assert out["number"] in answer.text and hostile not in answer.text and "各&lt;b&gt;街道" in answer.text
    assert (
        "<h2>一、要求</h2><p><strong>必须</strong>" in answer.text and "<ul><li>甲</li><li>乙</li></ul>" in answer.text
    )
    bureau = next(one.name for one in kept.view().directory.units.values() if one.kind == "bureau")
    assert "@page { size: A4" in answer.text and f'<p class="issuer">{bureau}</p>' in answer.text
    assert "script" not in answer.headers["content-security-policy"] and answer.headers["content-type"].startswith(
        "text/html"
    )


def test_a_changed_row_shows_in_replay_and_is_mended(kept: Installation) -> None:
    made = public(kept)
    with kept.database.transaction() as tx:
        tx.execute("update document set title = 'x' where id = %s", (made["id"],))
        tx.execute("update document_series set last = last + 1 where series = 'outgoing'")
    assert {table for table, _ in differences(kept)} == {"document", "document_series"}
    with kept.database.transaction() as tx:
        replay.repair(tx, kept.city)

    assert differences(kept) == []
