"""The public page without scripts: report, receipt, follow, rate, contest, me too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest
from tests.acceptance.citizen import Citizen, form_in
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in

from xiuhua.loop.titles import titles_of
from xiuhua.platform import personal
from xiuhua.platform.clock import SimulatedClock
from xiuhua.public import following
from xiuhua.public.page import PublicPage
from xiuhua.public.texts import catalogue
from xiuhua.simulate import pictures

TEXT, CONTACT = "路边有一堆垃圾没人清理，请联系李四", "138 0000 1234"


@pytest.fixture
def citizen(town: Installation, town_clock: SimulatedClock) -> Iterator[Citizen]:
    # A minute later than whoever was before: what may be seen is read anew.
    town_clock.move_to(town_clock.now() + timedelta(seconds=61))
    with httpx.Client(base_url=town.url, timeout=30) as client:
        yield Citizen(client)


def community_of(town: Installation) -> str:
    return next(one.code for one in town.view().areas.areas("community"))


def link_of(sent: httpx.Response) -> str:
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].removesuffix("/receipt")


def report_of(town: Installation, link: str) -> str:
    with town.database.reading() as tx:
        return str(following.find(tx, town.city, link.rpartition("/")[2]).report)


def texts(town: Installation, report: str) -> dict[str, Any]:
    with town.database.reading() as tx:
        return dict(personal.get(tx, town.city, [f"report/{report}"])[f"report/{report}"] or {})


def count(town: Installation) -> int:
    with town.database.reading() as tx:
        return int(tx.execute("select count(*) as n from report").fetchone().n)


def ended(town: Installation, citizen: Citizen) -> tuple[str, Walk]:
    """A citizen's report whose case is closed; the link, and the case."""
    link = link_of(citizen.report(text=TEXT, area=community_of(town)))
    return link, Walk(town, report_of(town, link)).to_be("closed")


def test_a_report_is_in_the_loop_and_can_be_followed(town: Installation, citizen: Citizen) -> None:
    photo = ("photo.png", pictures.drawn("before"))
    sent = citizen.report(text=TEXT, area=community_of(town), where="8号", contact=CONTACT, name="王", photos=[photo])
    link = link_of(sent)
    receipt, followed = citizen.client.get(sent.headers["location"]), citizen.client.get(link)
    state = town.state("report", report_of(town, link))

    assert (receipt.status_code, followed.status_code) == (200, 200)
    assert "<svg" in receipt.text and f"{town.url}{link}" in receipt.text
    assert state["data"]["external_id"] in receipt.text
    assert "我们收到了您的上报" in followed.text
    data = state["data"]
    assert (data["source"], len(data["photos"]), data["anonymous"], data["place"]["by"]) == (
        "public",
        1,
        False,
        "words",
    )
    assert texts(town, state["id"])["phone"] == "138****1234"
    town.demand_sound_log()


def test_pages_behind_the_link_tell_nothing_personal_and_are_not_found_by_others(
    town: Installation, citizen: Citizen
) -> None:
    link = link_of(citizen.report(text=TEXT, area=community_of(town), contact=CONTACT, name="张三丰"))
    shown = [citizen.client.get(link + path) for path in ("", "/receipt", "/feed")]

    for page in shown:
        assert not [word for word in ("13800001234", "138****1234", "张", "李四") if word in page.text]
        assert page.headers["referrer-policy"] == "no-referrer" and "noindex" in page.headers["x-robots-tag"]
        assert page.headers["cache-control"] == "no-store"
    with town.database.reading() as tx:
        kept = tx.execute("select encode(secret, 'escape') as secret from public_link").fetchall()
    assert all(link.rpartition("/")[2] not in row.secret for row in kept)


@pytest.mark.parametrize("path", ["", "/receipt", "/feed", "/photo/x"])
@pytest.mark.parametrize("secret", ["x" * 32, "short", "y" * 300, "%00", "a%2Fb"])
def test_a_wrong_link_opens_nothing(citizen: Citizen, secret: str, path: str) -> None:
    found = citizen.client.get(f"/report/f/{secret}{path}")

    assert found.status_code == 404
    assert found.headers["content-type"].startswith("text/html")


def test_the_same_form_sent_again_is_the_same_report(town: Installation, citizen: Citizen) -> None:
    first = citizen.report(text=TEXT, area=community_of(town))
    before = count(town)
    again = [citizen.send(citizen.last) for _ in range(2)]

    assert {one.headers["location"] for one in again} == {first.headers["location"]}
    assert count(town) == before


def test_the_same_form_sent_twice_at_once_is_one_report(town: Installation, citizen: Citizen) -> None:
    fields = citizen.fill(citizen.client.get("/report").text, text=TEXT, area=community_of(town))
    before = count(town)
    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(lambda _: citizen.send(fields), range(4)))

    assert {one.status_code for one in sent} == {303}
    assert len({one.headers["location"] for one in sent}) == 1
    assert count(town) == before + 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(town: Installation, citizen: Citizen) -> None:
    sent = citizen.report(text="", where="绣花路 8 号", contact="call me")
    _, fields = form_in(sent.text, "ticket")

    assert sent.status_code == 422
    assert "请写一句是什么问题" in sent.text and "这不像手机号" in sent.text
    assert (fields["where"], fields["contact"]) == ("绣花路 8 号", "call me")
    assert citizen.send({**fields, "text": TEXT, "contact": ""}).status_code == 303


def test_the_position_of_a_browser_is_the_place_if_it_is_here(town: Installation, citizen: Citizen) -> None:
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    here = {"lon": str(middle.x), "lat": str(middle.y), "accuracy": "20"}
    near = report_of(town, link_of(citizen.report(text=TEXT, **here)))
    vague = citizen.report(text=TEXT, **{**here, "accuracy": "5000"})
    away = citizen.report(text=TEXT, lon="2.35", lat="48.85", accuracy="5")
    nonsense = citizen.report(text=TEXT, lon="nan", lat="inf")

    assert town.state("report", near)["data"]["unit_grid"] == town.view().areas.grid_codes[0]
    assert [one.status_code for one in (vague, away, nonsense)] == [422] * 3


def test_both_languages_by_the_browser_and_by_choice(citizen: Citizen) -> None:
    chinese = citizen.client.get("/report", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).text
    english = citizen.client.get("/report", headers={"Accept-Language": "en-GB,en"}).text
    chosen = citizen.client.get("/report?lang=en", headers={"Accept-Language": "zh"}).text

    assert 'lang="zh-CN"' in chinese and "提交上报" in chinese
    assert '<html lang="en">' in english and "Send report" in english
    assert "Send report" in chosen and "/report/map?lang=en" in chosen


def test_me_too_alone_joins_the_case_and_is_answered_with_it(town: Installation, citizen: Citizen) -> None:
    case = taken_in(town).to_be("filed").case
    number = town.state("case", case)["number"]
    shown = citizen.client.get("/report", params={"me_too": number})
    link = link_of(citizen.report(f"/report?me_too={number}"))
    report = report_of(town, link)

    assert "暴露垃圾" in shown.text and number in form_in(shown.text, "me_too")[1]["me_too"]
    assert town.state("report", report)["data"]["case"] == case
    assert report in town.state("case", case)["data"]["reports"]
    assert "已立案" in citizen.client.get(link).text
    town.demand_sound_log()


def test_me_too_with_words_waits_for_an_officer_with_the_hint(town: Installation, citizen: Citizen) -> None:
    number = town.state("case", taken_in(town).to_be("filed").case)["number"]
    report = report_of(town, link_of(citizen.report(f"/report?me_too={number}", text="更多了，还有臭味")))

    data = town.state("report", report)["data"]
    assert (data["case"], data["tags"]) == (None, ["我也遇到"])
    assert texts(town, report)["extra"]["me_too"] == number


def test_me_too_to_what_has_ended_is_told(town: Installation, citizen: Citizen) -> None:
    number = town.state("case", taken_in(town).to_be("closed").case)["number"]

    assert "已经办结" in citizen.client.get("/report", params={"me_too": number}).text


def test_what_became_of_it_is_told_in_plain_words(town: Installation, citizen: Citizen) -> None:
    link, walk = ended(town, citizen)
    page = citizen.client.get(link).text

    for words in ("已受理", "已立案", "环境卫生管理所", "已核查", "已结案", "已答复您", "已处理", "已办结并答复"):
        assert words in page
    assert town.state("case", walk.case)["number"] in page
    feed = fromstring(citizen.client.get(f"{link}/feed").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == page.count("<li>")


def test_a_rating_is_an_event_of_the_report(town: Installation, citizen: Citizen) -> None:
    link, walk = ended(town, citizen)
    wrong = citizen.client.post(f"{link}/rate", data={"stars": "6"})
    rated = citizen.client.post(f"{link}/rate", data={"stars": "4"})

    assert (wrong.status_code, rated.status_code) == (422, 303)
    assert town.state("report", walk.report)["data"]["stars"] == 4
    assert "您的评价：4 分" in citizen.client.get(link).text


def test_the_same_rating_again_is_no_new_event(town: Installation, citizen: Citizen) -> None:
    link, _ = ended(town, citizen)
    citizen.client.post(f"{link}/rate", data={"stars": "4"})
    before = town.events()
    again = citizen.client.post(f"{link}/rate", data={"stars": "4"})

    assert again.status_code == 303
    assert town.events() == before


def test_a_state_of_a_citys_own_is_told_by_its_procedure(
    town: Installation, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_of(citizen.report(text=TEXT, area=community_of(town)))
    words: Any = catalogue("page")
    monkeypatch.delitem(words, "state_received")
    page = citizen.client.get(link)

    assert page.status_code == 200
    assert titles_of(town.view(), "report", "received", None).state["zh"] in page.text


def test_nothing_is_rated_before_its_end(town: Installation, citizen: Citizen) -> None:
    link = link_of(citizen.report(text=TEXT, area=community_of(town)))

    assert citizen.client.post(f"{link}/rate", data={"stars": "4"}).status_code == 409
    assert citizen.client.post(f"{link}/contest", data={"contests": "0", "text": "x"}).status_code == 303
    assert "contest" not in citizen.client.get(link).text


def test_a_contest_takes_the_case_up_again_with_its_words(town: Installation, citizen: Citizen) -> None:
    link, walk = ended(town, citizen)
    photo = [("photos", ("now.png", pictures.drawn("check")))]
    sent = citizen.client.post(f"{link}/contest", data={"contests": "0", "text": "垃圾还在那里"}, files=photo)
    again = citizen.client.post(f"{link}/contest", data={"contests": "0", "text": "垃圾还在那里"})
    case = town.state("case", walk.case)

    assert (sent.status_code, again.status_code) == (303, 303)
    assert case["state"] == "received" and case["data"]["reopenings"] == 1
    assert len(case["data"]["reports"]) == 2
    page = citizen.client.get(link).text
    later = next(part.split('"')[0] for part in page.split('href="')[1:] if "查看异议的办理" in part)
    assert "您提出了异议" in page and "已重新办理" in page
    assert "与他人上报的同一问题合并办理" in citizen.client.get(later).text
    second = report_of(town, later)
    assert texts(town, second)["text"] == "垃圾还在那里"
    assert town.state("report", second)["data"]["tags"] == ["异议"]
    town.demand_sound_log()


def test_a_contest_needs_words(town: Installation, citizen: Citizen) -> None:
    link, walk = ended(town, citizen)

    assert citizen.client.post(f"{link}/contest", data={"contests": "0", "text": " "}).status_code == 422
    assert town.state("case", walk.case)["state"] == "closed"


def test_photos_after_the_work_are_shown_only_where_they_are_released(town: Installation, citizen: Citizen) -> None:
    link = link_of(citizen.report(text=TEXT, area=community_of(town)))
    walk = Walk(town, report_of(town, link)).to_be("assigned")
    for action in ("finish", "review", "hand_back", "send_check", "report_check", "close"):
        person = walk.person(action)
        walk.do(person, action, {"photos": [town.photo(person)]} if action == "finish" else None)
    photo = town.state("case", walk.case)["data"]["photos_after"][0]
    page = town.services.port(PublicPage)
    held = citizen.client.get(f"{link}/photo/{photo}")
    chosen, page.settings = page.settings, page.settings.model_copy(update={"public_photos_after": True})
    released, other = citizen.client.get(f"{link}/photo/{photo}"), citizen.client.get(f"{link}/photo/{photo[::-1]}")
    page.settings = chosen

    assert (held.status_code, released.status_code, other.status_code) == (404, 200, 404)
    assert released.headers["content-type"] == "image/jpeg"
