"""Notices go out by jobs: signed to other systems, to the addresses people gave, once; dead letters come again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.integration.loop.acting import somebody
from tests.integration.notices.conftest import Town
from tests.integration.notices.fakes import SECRET, Side, in_memory, signed_by, webhook

from xiuhua.notices import service
from xiuhua.notices.channels import Channel
from xiuhua.notices.sending import kinds_of
from xiuhua.platform.identity.model import system
from xiuhua.platform.jobs import service as jobs
from xiuhua.platform.jobs.model import Kind, Kinds
from xiuhua.platform.jobs.runner import Runner

OFFICER = "officer-sanitation"


class Post:
    """A town whose notices go out by some channels."""

    def __init__(self, town: Town, **channels: Channel) -> None:
        self.town = town
        patient = {name: Kind(kind.run, most=2, first_s=0) for name, kind in kinds_of(channels).items()}
        town.district.services.ports[Kinds] = Kinds(patient)
        town.notifier.ways = frozenset(channels)

    def run(self) -> Post:
        self.town.turn()
        Runner(self.town.district.services).run_due()
        return self

    def hook(self, url: str, *names: str) -> str:
        with self.town.district.database.transaction() as tx:
            return service.add_webhook(tx, system(self.town.district.city), url, names, SECRET, ["to_receive", "late"])

    def address(self, person: str, way: str, address: str) -> None:
        with self.town.district.database.transaction() as tx:
            service.put_address(tx, somebody(self.town.district, person), way, address)

    def jobs(self) -> list[tuple[str, str, int, str | None]]:
        with self.town.district.database.reading() as tx:
            rows = jobs.jobs_of(tx, self.town.district.city)
        return [(row.kind, row.state, row.attempts, row.error) for row in rows]


@pytest.fixture
def system_side() -> Iterator[Side]:
    with webhook() as found:
        yield found


@pytest.fixture
def phones() -> Iterator[Side]:
    with in_memory() as found:
        yield found


def test_another_system_is_told_once_of_each_occasion(town: Town, system_side: Side) -> None:
    post = Post(town, webhook=system_side.channel)
    post.hook(system_side.to, "to_receive")
    case = town.case(5)
    post.run().run()

    [seen] = system_side.seen
    assert signed_by(seen)
    number = town.district.state("case", case)["number"]
    assert (seen["content"]["name"], seen["content"]["subject"], seen["content"]["number"]) == (
        "to_receive",
        case,
        number,
    )
    assert "person" not in seen["content"] and OFFICER.encode() not in seen["body"]


def test_a_dead_letter_is_shown_and_repeated(town: Town, system_side: Side) -> None:
    post = Post(town, webhook=system_side.channel)
    post.hook(system_side.to, "to_receive")
    system_side.answer = 503
    town.case(3)
    post.run()
    dead = post.jobs()
    system_side.answer = 0
    with town.district.database.transaction() as tx:
        [row] = jobs.jobs_of(tx, town.district.city, "dead")
        jobs.repeat(tx, system(town.district.city), row.id)
    post.run()

    assert dead == [("notice.webhook", "dead", 2, "the other system answered 503")]
    assert post.jobs() == [("notice.webhook", "done", 1, None)] and len(system_side.taken) == 1


def test_a_webhook_into_a_private_network_is_not_called(town: Town, system_side: Side) -> None:
    """As it is set up unless told otherwise."""
    with town.district.database.transaction() as tx:
        tx.execute("delete from job")
    kinds = town.district.services.port(Kinds)
    with town.district.database.transaction() as tx:
        service.add_webhook(tx, system(town.district.city), system_side.to, [], SECRET, [])
    town.case(3)
    town.turn()
    Runner(town.district.services).run_due()

    assert "notice.webhook" in kinds.by_name and system_side.seen == []
    with town.district.database.reading() as tx:
        assert {(row.state, row.attempts) for row in jobs.jobs_of(tx, town.district.city)} == {("dead", 1)}


def test_a_webhook_that_was_stopped_gets_nothing_more(town: Town, system_side: Side) -> None:
    post = Post(town, webhook=system_side.channel)
    hook = post.hook(system_side.to)
    town.case(3)
    town.turn()
    with town.district.database.transaction() as tx:
        service.stop_webhook(tx, system(town.district.city), hook)
    town.case(3)
    post.run()

    assert system_side.seen == []


def test_a_person_is_told_where_they_want_and_in_short(town: Town, phones: Side) -> None:
    post = Post(town, sms=phones.channel)
    post.address(OFFICER, "sms", "13800000000")
    case = town.case(3)
    post.run().run()

    [(_, text)] = phones.taken
    number = town.district.state("case", case)["number"]
    assert text == f"案件{number}已派遣至环卫所，请签收。" or text.startswith(f"案件{number}已派遣至")


def test_who_gave_no_address_or_took_it_back_gets_none(town: Town, phones: Side) -> None:
    post = Post(town, sms=phones.channel)
    town.case(3)
    town.turn()
    post.address(OFFICER, "sms", "13800000000")
    town.case(3)
    town.turn()
    with town.district.database.transaction() as tx:
        service.drop_address(tx, somebody(town.district, OFFICER), "sms")
    post.run()

    assert phones.taken == [] and [job[:2] for job in post.jobs()] == [("notice.sms", "done")]


def test_what_was_read_already_is_not_sent(town: Town, phones: Side) -> None:
    post = Post(town, sms=phones.channel)
    post.address(OFFICER, "sms", "13800000000")
    town.case(3)
    town.turn()
    with town.district.database.transaction() as tx:
        assert service.read(tx, somebody(town.district, OFFICER), until=tx.now) == 1
    post.run()

    assert phones.taken == []


def test_a_notice_of_the_night_waits_for_the_morning(town: Town, phones: Side) -> None:
    post = Post(town, sms=phones.channel)
    post.address(OFFICER, "sms", "13800000000")
    town.at("03-02 23:30")
    town.case(3)
    post.run()
    at_night = list(phones.taken)
    with town.district.database.reading() as tx:
        unread = service.unread(tx, somebody(town.district, OFFICER))
    town.at("03-03 07:00")
    post.run()

    assert (at_night, unread, len(phones.taken)) == ([], 0, 1)
