"""The log becomes notices: to whom it concerns, once, and never about what was before."""

from __future__ import annotations

import pytest
from tests.integration.notices.conftest import Town
from tests.reading import older_ended

from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.notifier import Notifier
from xiuhua.platform.database import Tx


def test_a_unit_hears_of_what_was_sent_to_it(town: Town) -> None:
    case = town.case(3)
    number = town.district.state("case", case)["number"]
    town.turn()

    [(person, name, head)] = town.told(subject=case)
    assert (person, name) == ("officer-sanitation", "to_receive")
    assert head.startswith(f"To be received: {number} ")


def test_everyone_of_the_squad_hears_of_what_was_assigned_to_it(town: Town) -> None:
    case = town.case(5)
    town.turn()

    assert {person for person, *_ in town.told("to_handle", case)} == set(
        town.district.view().directory.holders("handler", (), "cleaning-1")
    )


def test_nobody_is_told_of_what_they_did_themselves(town: Town) -> None:
    case = town.case(3)
    town.act("supervisor01", case, "urge")
    town.act(
        "supervisor01", case, "supervise", {"opinion": "!", "answer_due": int(town.clock.now().timestamp()) + 9000}
    )
    town.turn()

    assert {(person, name) for person, name, _ in town.told(subject=case)} == {
        ("officer-sanitation", "to_receive"), ("officer-sanitation", "urged"), ("officer-sanitation", "supervised"),
    }  # fmt: skip


def test_what_was_read_is_not_told_again_also_when_it_is_read_again(town: Town) -> None:
    case = town.case(3)
    town.turn()
    before = town.told()
    with town.district.database.transaction() as tx:
        tx.execute("update notice_position set tx = 0, number = 0")
    town.turn()

    assert town.told() == before and len(town.told(subject=case)) == 1


def test_nothing_of_before_is_told_when_notices_begin(town: Town) -> None:
    town.at("03-02 09:30")
    with town.district.database.transaction() as tx:
        tx.execute("delete from notice_position")
        tx.execute("delete from notice")
    old = town.case(3)
    town.at("03-02 10:00")
    with town.district.database.transaction() as tx:
        tx.execute("delete from notice_position")
        tx.execute("delete from notice")
    town.at("03-02 10:30")
    new = town.case(3)
    town.turn()

    assert town.told("to_receive", old) == [] and len(town.told("to_receive", new)) == 1


def test_two_workers_do_not_read_the_same(town: Town) -> None:
    case = town.case(3)
    older_ended(town.district.database)
    with town.district.database.transaction() as tx:
        assert town.notifier.turn_of(tx, town.district.city) > 0
        with town.district.database.transaction() as other:
            assert town.notifier.turn_of(other, town.district.city) == 0

    assert len(town.told(subject=case)) == 1


def test_a_notice_holds_nothing_of_the_reporter(town: Town) -> None:
    town.case(5)
    town.turn()
    with town.district.database.reading() as tx:
        rows = tx.execute("select notice::text as text from notice").fetchall()

    assert rows and not any("路边有暴露垃圾" in row.text for row in rows)


def test_an_action_itself_writes_no_notice(town: Town) -> None:
    """They hang on the log, not on the path of an action."""
    case = town.case(3)
    with town.district.database.reading() as tx:
        assert tx.execute("select 1 from notice where subject = %s", (case,)).fetchone() is None
        assert tx.execute("select 1 from reminder where subject = %s", (case,)).fetchone() is None


def test_what_goes_wrong_is_told_in_the_log_and_tried_again(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Loop):
        def view(self, tx: Tx, city: str) -> CityView:
            raise ValueError("13800000000")

    case = town.case(3)
    assert Notifier(Broken(lambda *_: 0)).turn(town.district.database) == 0
    before = town.told(subject=case)
    town.turn()

    assert before == [] and len(town.told(subject=case)) == 1
    assert "unforeseen" in caplog.text and "13800000000" not in caplog.text
