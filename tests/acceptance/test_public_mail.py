"""News by mail: confirmed by the owner of the address, told once, ended by one click, erased with the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tests.acceptance.citizen import Citizen
from tests.acceptance.installation import Installation, served
from tests.acceptance.test_public_page import TEXT, community_of, link_of, report_of
from tests.acceptance.walking import Walk, taken_in
from tests.conftest import START
from tests.integration.notices.fakes import Side, mail_server

from xiuhua import bootstrap
from xiuhua.loop import retention
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.platform.jobs.model import Kinds
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.public import mailing

ADDRESS = "wang@example.org"
BASE = "https://cg.example.org"


@dataclass
class Office:
    """A town that can write mails, and the other side's letter box."""

    town: Installation
    citizen: Citizen
    box: Side
    clock: SimulatedClock

    def go_on(self, **time: int) -> Office:
        """Time passes, and the worker does its part."""
        self.clock.move_to(self.clock.now() + timedelta(**(time or {"minutes": 2})))
        mailing.turn(self.town.services)
        Runner(self.town.services).run_due()
        return self

    def links(self, number: int = -1) -> list[str]:
        """The links of a mail, as paths of this server."""
        return [one.removeprefix(BASE) for one in re.findall(rf"{BASE}\S+", self.box.taken[number][1])]

    def subscribe(self, link: str, address: str = ADDRESS) -> httpx.Response:
        return self.citizen.client.post(f"{link}/mail", data={"mail": address})

    def wishes(self) -> int:
        with self.town.database.reading() as tx:
            return int(tx.execute("select count(*) as n from public_mail").fetchone().n)


@pytest.fixture
def office(server: Cluster, tmp_path: Path) -> Iterator[Office]:
    clock = SimulatedClock(START)
    chosen = {"smtp_host": "127.0.0.1", "public_url": BASE, "smtp_from": "xiuhua@city.example"}
    with mail_server() as box, served(server, tmp_path, clock, **chosen) as town:
        town.services.ports[Kinds] = Kinds(mailing.kinds_of(bootstrap.mails_by(box.channel)))
        with httpx.Client(base_url=town.url, timeout=30) as client:
            yield Office(town, Citizen(client), box, clock)


def confirmed(office: Office) -> str:
    """A report with a subscription that was confirmed; its link."""
    link = link_of(office.citizen.report(text=TEXT, area=community_of(office.town)))
    assert office.subscribe(link).status_code == 303
    office.go_on()
    [confirm] = office.links()
    assert office.citizen.client.post(confirm).status_code == 200
    office.go_on()
    return link


def test_nobody_is_written_to_who_did_not_confirm(office: Office) -> None:
    link = link_of(office.citizen.report(text=TEXT, area=community_of(office.town)))
    office.subscribe(link)
    office.go_on()
    [confirm] = office.links()
    looked = office.citizen.client.get(confirm)
    Walk(office.town, report_of(office.town, link)).to_be("filed")
    office.go_on()

    assert looked.status_code == 200 and "确认" in looked.text
    assert len(office.box.taken) == 1
    assert office.box.seen[0]["to"] == [ADDRESS]


def test_asked_for_again_and_again_one_mail_goes_out(office: Office) -> None:
    link = link_of(office.citizen.report(text=TEXT, area=community_of(office.town)))
    answers = [office.subscribe(link).status_code for _ in range(5)]
    office.go_on()

    assert (answers, len(office.box.taken)) == ([303] * 5, 1)


def test_one_address_asks_for_so_many_mails_only(office: Office) -> None:
    link = link_of(office.citizen.report(text=TEXT, area=community_of(office.town)))
    answers = [office.subscribe(link, f"a{n}@example.org").status_code for n in range(11)]

    assert answers == [303] * 10 + [429]


def test_each_step_is_told_once_with_a_link_and_a_way_out(office: Office) -> None:
    link = confirmed(office)
    Walk(office.town, report_of(office.town, link)).to_be("filed")
    office.go_on().go_on()
    news = office.box.taken[1][1]
    own, stop = office.links()

    assert len(office.box.taken) == 2
    assert "已受理" in news and "已立案" in news and "我们收到了" not in news
    assert TEXT not in news
    assert "已立案" in office.citizen.client.get(own).text
    assert office.citizen.client.get(stop).status_code == 200


def test_confirming_once_more_skips_no_news(office: Office) -> None:
    link = confirmed(office)
    [confirm] = office.links()
    Walk(office.town, report_of(office.town, link)).to_be("filed")
    again = office.citizen.client.post(confirm)
    office.go_on()

    assert (again.status_code, len(office.box.taken)) == (200, 2)


def test_one_click_ends_it_and_erases_the_address(office: Office) -> None:
    link = confirmed(office)
    walk = Walk(office.town, report_of(office.town, link)).to_be("filed")
    office.go_on()
    own, stop = office.links()
    stopped = [office.citizen.client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    walk.do(walk.person("dispatch"), "dispatch")
    office.go_on()

    assert (stopped, office.wishes(), len(office.box.taken)) == ([200, 200], 0, 2)
    assert office.citizen.client.get(own).status_code == 404
    assert office.citizen.client.get(link).status_code == 200


def test_an_area_is_told_of_once_a_day(office: Office) -> None:
    town, citizen = office.town, office.citizen
    walk = taken_in(town)
    area = next(code for code in walk.scopes if town.view().areas.area(code).kind == "community")
    page = citizen.client.get("/report/map", params={"area": area}).text
    fields = citizen.fill(page, mail=ADDRESS)
    without = citizen.client.post("/report/mail", data={**fields, "answer": ""})
    again = citizen.fill(citizen.client.get(without.headers["location"]).text, mail=ADDRESS)
    asked = citizen.client.post("/report/mail", data=again)
    office.go_on()
    [confirm] = office.links()
    citizen.client.post(confirm)
    office.go_on()
    walk.to_be("filed")
    office.go_on(minutes=10)
    same_day = len(office.box.taken)
    office.go_on(days=1).go_on()

    assert "mail=again" in without.headers["location"] and "mail=asked" in asked.headers["location"]
    assert (same_day, len(office.box.taken)) == (1, 2)
    assert "暴露垃圾" in office.box.taken[1][1] and TEXT not in office.box.taken[1][1]


def test_a_mail_program_finds_its_button(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []
    send = bootstrap.mails_by(office.box.channel)
    assert send is not None
    confirmed(office)
    channel = office.box.channel
    monkeypatch.setattr(type(channel), "send", lambda _, letter: heard.append((letter.to, letter.stop)))
    send(mailing.Mail("id", ADDRESS, "head", "text", office.clock.now(), f"{BASE}/report/m/x/stop"))

    assert heard == [(ADDRESS, f"{BASE}/report/m/x/stop")]


def test_erasing_a_report_erases_who_wanted_news_of_it(office: Office) -> None:
    link = confirmed(office)
    report = report_of(office.town, link)
    with office.town.database.transaction() as tx:
        retention.erase(tx, system(office.town.city), [f"report/{report}"], "asked for")

    assert office.wishes() == 0
    assert office.citizen.client.get(link).status_code == 200


def test_retention_takes_the_address_as_well(office: Office) -> None:
    link = confirmed(office)
    Walk(office.town, report_of(office.town, link)).to_be("closed")
    for days in (1, 10, 40):
        office.go_on(days=days)
        with office.town.database.transaction() as tx:
            while office.town.loop.run_timers(tx, limit=100):
                pass
    chosen = office.town.services.settings.model_copy(update={"retention_days": 30})
    erased = retention.erase_old(replace(office.town.services, settings=chosen))

    assert (erased > 0, office.wishes()) == (True, 0)


@pytest.mark.parametrize("token", ["x", "a.b", "x" * 500])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_made_up_tokens_open_nothing(office: Office, token: str, method: str) -> None:
    found = [office.citizen.client.request(method, f"/report/m/{token}{end}").status_code for end in ("", "/stop")]

    assert found == [404, 404]


@pytest.mark.parametrize("address", ["", "x", "a@b", "a@b.cn\r\nBcc: c@d.cn", "<a@b.cn>", "a" * 90 + "@b.cn"])
def test_what_is_no_address_is_refused(office: Office, address: str) -> None:
    link = link_of(office.citizen.report(text=TEXT, area=community_of(office.town)))

    assert office.subscribe(link, address).status_code == 422
    assert office.wishes() == 0


def test_without_a_mail_server_mail_is_not_offered(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path) as town, httpx.Client(base_url=town.url) as client:
        citizen = Citizen(client)
        link = link_of(citizen.report(text=TEXT, area=community_of(town)))

        assert 'name="mail"' not in client.get(link).text
        assert client.post(f"{link}/mail", data={"mail": ADDRESS}).status_code == 404
