from typing import Any

import pytest

from xiuhua.platform import eventlog, personal
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.personal import Personal
from xiuhua.platform.verify import verify_log

CITY = "990101"
CONTENT = {"name": "张三丰", "phone": "13800001234", "text": "路灯不亮，打13900005678找我", "number": 3}
MASKED = {"name": "张**", "phone": "138****1234", "text": "路灯不亮，打139****5678找我", "number": 3}


def actor(role: str) -> Actor:
    posts = (Post(role, CITY),)
    return Actor("P1", CITY, "", posts, permissions_of(posts))


def test_what_is_kept_comes_back_masked(tx: Tx) -> None:
    digest = personal.keep(tx, CITY, "r1", "report", CONTENT)

    assert personal.get(tx, CITY, ["r1", "r2"]) == {"r1": MASKED}
    assert len(digest) == 64 and personal.matches(tx, CITY, {"r1": digest}) == {"r1": True}


def test_many_are_kept_at_once_each_with_its_salt(tx: Tx) -> None:
    digests = personal.keep_many(tx, CITY, [Personal(f"r{n}", "report", CONTENT) for n in range(50)])

    assert len(set(digests)) == 50
    found = personal.matches(tx, CITY, {f"r{n}": digest for n, digest in enumerate(digests)})
    assert set(found.values()) == {True}
    assert personal.keep_many(tx, CITY, []) == []


@pytest.mark.parametrize(
    "content",
    [
        {"place": [104.0612345, -0.5, 1e-7, 30.0], "n": 2**53, "deep": {"b": [None, True], "a": '引号"\\\n\t/'}},
        {"text": "emoji 😀 and \\u0000 written out", "empty": ""},
    ],
)
def test_the_digest_stands_the_way_through_the_database(tx: Tx, content: dict[str, Any]) -> None:
    digest = personal.keep(tx, CITY, "r1", "report", content)

    assert personal.matches(tx, CITY, {"r1": digest, "r2": digest}) == {"r1": True, "r2": None}


def test_a_changed_content_does_not_match(tx: Tx) -> None:
    digest = personal.keep(tx, CITY, "r1", "report", CONTENT)

    tx.execute("update personal set content = content || '{\"number\": 4}'")

    assert personal.matches(tx, CITY, {"r1": digest}) == {"r1": False}


def test_an_id_is_used_once(tx: Tx) -> None:
    personal.keep(tx, CITY, "r1", "report", CONTENT)

    with pytest.raises(Conflict):
        personal.keep(tx, CITY, "r1", "report", CONTENT)


def test_a_nul_is_refused(tx: Tx) -> None:
    with pytest.raises(Invalid):
        personal.keep(tx, CITY, "r1", "report", {"text": "a\x00b"})


def test_unmasking_is_written_down_with_its_reason(tx: Tx) -> None:
    personal.keep(tx, CITY, "r1", "report", CONTENT)

    found = personal.unmask(tx, actor("intake_officer"), ["r1"], "回访")

    assert found == {"r1": CONTENT}
    [access] = tx.execute("select actor, subject, what, why from access_log").fetchall()
    assert tuple(access) == ("P1", "r1", "unmask", "回访")


@pytest.mark.parametrize(
    ("role", "ids", "why", "error"),
    [
        ("dispatcher", ["r1"], "回访", NotAllowed),
        ("intake_officer", ["r1"], "  ", Invalid),
        ("intake_officer", ["r1", "r2"], "回访", NotFound),
    ],
)
def test_unmasking_needs_permission_reason_and_subject(
    tx: Tx, role: str, ids: list[str], why: str, error: type[Exception]
) -> None:
    personal.keep(tx, CITY, "r1", "report", CONTENT)

    with pytest.raises(error):
        personal.unmask(tx, actor(role), ids, why)

    assert tx.execute("select count(*) as n from access_log").fetchone().n == 0


def test_erasure_leaves_nothing_to_guess_from(tx: Tx) -> None:
    digest = personal.keep(tx, CITY, "r1", "report", CONTENT)

    erased = personal.erase(tx, actor("administrator"), ["r1"], "本人申请")

    row = tx.execute("select * from personal").fetchone()
    assert erased == ["r1"]
    assert (row.content, bytes(row.salt), row.erased_at, row.erased_by) == (None, b"", tx.now, "P1")
    assert personal.get(tx, CITY, ["r1"]) == {"r1": None}
    assert personal.matches(tx, CITY, {"r1": digest}) == {"r1": None}
    assert personal.erase(tx, actor("administrator"), ["r1"], "本人申请") == []


def test_erasure_is_an_event_and_the_log_verifies(database: Database) -> None:
    with database.transaction() as tx:
        digest = personal.keep(tx, CITY, "r1", "report", CONTENT)
        event = eventlog.NewEvent("report/r1", "ReportSubmitted", {"personal": digest}, "public", "public", tx.now)
        eventlog.append(tx, CITY, [event], {})
    with database.transaction() as tx:
        personal.erase(tx, actor("administrator"), ["r1"], "本人申请")

    with database.reading() as tx:
        [erased] = eventlog.read(tx, CITY, f"personal/{CITY}")
        assert (erased.type, erased.payload, erased.role) == (
            "PersonalErased",
            {"id": "r1", "kind": "report"},
            "administrator",
        )
        assert verify_log(tx, CITY, {}).broken is None


def test_erasure_needs_permission_and_reason(tx: Tx) -> None:
    personal.keep(tx, CITY, "r1", "report", CONTENT)

    with pytest.raises(NotAllowed):
        personal.erase(tx, actor("intake_officer"), ["r1"], "本人申请")
    with pytest.raises(Invalid):
        personal.erase(tx, actor("administrator"), ["r1"], "")

    assert personal.get(tx, CITY, ["r1"]) == {"r1": MASKED}
