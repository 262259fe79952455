"""What stands between the public page and floods: proofs, questions, counts; and what hostile people send."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.acceptance.citizen import Citizen, form_in, worked_out
from tests.acceptance.installation import Installation, served
from tests.acceptance.test_public_page import TEXT, community_of, count, link_of
from tests.conftest import START

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.errors import TooMany
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.public import guard
from xiuhua.public.page import PublicPage
from xiuhua.simulate import pictures


@contextmanager
def visited(town: Installation) -> Iterator[Citizen]:
    with httpx.Client(base_url=town.url, timeout=30) as client:
        yield Citizen(client)


@pytest.fixture
def citizen(town: Installation) -> Iterator[Citizen]:
    with visited(town) as found:
        yield found


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


def unproved(citizen: Citizen, town: Installation) -> dict[str, str]:
    """A form filled in, but for the question."""
    fields = citizen.fill(citizen.client.get("/report").text, text=TEXT, area=community_of(town))
    return {name: value for name, value in fields.items() if name not in ("question", "answer")}


def work(citizen: Citizen) -> dict[str, str]:
    """A proof of work, as the script finds one."""
    given = citizen.client.get("/report/challenge").json()
    return {"work": given["challenge"], "found": worked_out(given["challenge"], given["bits"])}


def test_a_proof_of_work_takes_the_place_of_the_question(town: Installation, citizen: Citizen) -> None:
    assert citizen.send({**unproved(citizen, town), **work(citizen)}).status_code == 303


def test_a_proof_serves_one_form_only(town: Installation, citizen: Citizen) -> None:
    proof, before = work(citizen), count(town)
    sent = [citizen.send({**unproved(citizen, town), **proof}).status_code for _ in range(3)]

    assert sent == [303, 422, 422]
    assert count(town) == before + 1


def test_a_form_that_comes_twice_at_once_spends_its_proof_for_both(town: Installation) -> None:
    page = town.services.port(PublicPage)
    ticket = page.signer.ticket(0)

    def spend() -> bool:
        with town.database.transaction() as tx:
            return page.guard.spend(tx, town.city, ticket.text, ticket)

    with ThreadPoolExecutor(1) as threads:
        with town.database.transaction() as tx:
            first = page.guard.spend(tx, town.city, ticket.text, ticket)
            second = threads.submit(spend)
            waiting = "select count(*) as n from pg_locks where not granted and pid <> pg_backend_pid()"
            while not second.done() and not tx.execute(waiting).fetchone().n:
                pass
        assert (first, second.result()) == (True, True)


def test_ratings_of_one_address_have_a_limit(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, public_reports_per_hour=1) as town, town.database.transaction() as tx:
        guard_ = town.services.port(PublicPage).guard
        guard_.count(tx, town.city, "rate", "203.0.113.9")
        with pytest.raises(TooMany):
            guard_.count(tx, town.city, "rate", "203.0.113.9")


def test_an_answer_serves_one_form_only(town: Installation, citizen: Citizen) -> None:
    citizen.report(text=TEXT, area=community_of(town))
    used = {name: citizen.last[name] for name in ("question", "answer")}

    assert citizen.send({**unproved(citizen, town), **used}).status_code == 422


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"work": "a.b.c", "found": "1"},
        {"work": "", "found": ""},
        {"question": "x", "answer": "5"},
        {"work": "x" * 60_000, "found": "9" * 60_000},
    ],
)
def test_without_a_proof_nothing_comes_in(town: Installation, citizen: Citizen, proof: dict[str, str]) -> None:
    before = count(town)

    assert citizen.send({**unproved(citizen, town), **proof}).status_code == 422
    assert count(town) == before


def test_a_question_answered_wrongly_cannot_be_guessed_on(town: Installation, citizen: Citizen) -> None:
    fields = citizen.fill(citizen.client.get("/report").text, text=TEXT, area=community_of(town))
    wrong = citizen.send({**fields, "answer": "99"})
    right = citizen.send(fields)
    fresh = citizen.fill(wrong.text)

    assert (wrong.status_code, right.status_code) == (422, 422)
    assert fresh["question"] != fields["question"] and fresh["text"] == TEXT
    assert citizen.send(fresh).status_code == 303


def test_a_proof_stays_good_for_its_form_when_something_else_was_wrong(town: Installation, citizen: Citizen) -> None:
    hidden = [("x.png", b"%PDF-1.7 not a picture")]
    refused = citizen.report(text=TEXT, area=community_of(town), photos=hidden)
    _, fields = form_in(refused.text, "ticket")

    assert refused.status_code == 422 and "不是能用的照片" in refused.text
    assert citizen.send(fields).status_code == 303


def test_forms_and_proofs_run_out(server: Cluster, tmp_path: Path, clock: SimulatedClock) -> None:
    with served(server, tmp_path, clock) as town, visited(town) as citizen:
        proof, form = work(citizen), unproved(citizen, town)
        clock.move_to(clock.now() + timedelta(minutes=31))
        late = citizen.send({**form, **proof})
        clock.move_to(clock.now() + timedelta(hours=12))
        old = citizen.send({**form, **work(citizen)})
        with town.database.transaction() as tx:
            guard.prune(tx)

        assert (late.status_code, old.status_code) == (422, 422)
        assert "打开太久" in old.text and TEXT in old.text
        assert citizen.send({**form_in(old.text, "ticket")[1], **work(citizen)}).status_code == 303


def test_one_address_and_all_together_have_limits_that_survive_a_restart(server: Cluster, tmp_path: Path) -> None:
    limits: dict[str, Any] = {"public_reports_per_hour": 2, "public_proof_bits": 1}
    with served(server, tmp_path, SimulatedClock(START), **limits) as town, visited(town) as citizen:
        sent = [citizen.report(text=TEXT, area=community_of(town)) for _ in range(3)]
        late = sent[-1]

        assert [one.status_code for one in sent] == [303, 303, 429]
        assert TEXT in late.text and int(late.headers["retry-after"]) <= 3600
        with town.database.reading() as tx:
            rows = tx.execute("select who, times from public_tally where what = 'report'").fetchall()
        assert max(row.times for row in rows) == 2
        assert not [row for row in rows if b"127.0.0.1" in bytes(row.who)]


def test_proofs_grow_harder_for_a_neighbourhood_that_sends_much(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, SimulatedClock(START), public_proof_bits=2) as town, visited(town) as citizen:
        before = citizen.client.get("/report/challenge").json()["bits"]
        for _ in range(5):
            citizen.report(text=TEXT, area=community_of(town))

        assert (before, citizen.client.get("/report/challenge").json()["bits"]) == (2, 3)


def test_a_cookie_makes_nobody_a_friend_of_the_throttle(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, strangers_per_minute=3) as town, visited(town) as citizen:
        cookie = {"Cookie": "xiuhua=made-up"}
        found = [citizen.client.get("/report/challenge", headers=cookie).status_code for _ in range(4)]

    assert found == [200, 200, 200, 429]


def test_the_field_that_people_do_not_see_stays_empty(town: Installation, citizen: Citizen) -> None:
    before = count(town)

    assert citizen.report(text=TEXT, area=community_of(town), website="https://spam.example").status_code == 422
    assert count(town) == before


@pytest.mark.parametrize(
    "data",
    [b"<svg onload=alert(1)>", b"\xff\xd8\xff" + b"\0" * 100, b"MZ" + b"\0" * 200, b"GIF89a;", b"\x89PNG\r\n\x1a\n"],
)
def test_disguised_files_are_refused(town: Installation, citizen: Citizen, data: bytes) -> None:
    sent = citizen.report(text=TEXT, area=community_of(town), photos=[("photo.jpg", data)])

    assert sent.status_code == 422 and "不是能用的照片" in sent.text


def test_too_many_and_too_large_photos_are_refused(server: Cluster, tmp_path: Path) -> None:
    photo = pictures.drawn("before")
    with served(server, tmp_path, public_photos=2, public_photo_mib=1) as town, visited(town) as citizen:
        many = citizen.report(text=TEXT, area=community_of(town), photos=[(f"{n}.png", photo) for n in range(3)])
        more = citizen.report(text=TEXT, area=community_of(town), photos=[(f"{n}.png", photo) for n in range(9)])
        large = citizen.report(text=TEXT, area=community_of(town), photos=[("a.jpg", b"\xff\xd8\xff" * 400_000)])
        huge = citizen.report(text=TEXT, area=community_of(town), photos=[("a.jpg", b"\0" * 6_000_000)])

    assert [one.status_code for one in (many, more, large, huge)] == [422, 400, 422, 413]
    assert "照片太多" in many.text and "太大" in large.text


def test_the_largest_photo_of_the_installation_bounds_those_of_the_page(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, media_max_mib=1) as town, visited(town) as citizen:
        large = citizen.report(text=TEXT, area=community_of(town), photos=[("a.jpg", b"\xff\xd8\xff" * 400_000)])

    assert large.status_code == 422 and "太大" in large.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7*7 }}", "a\0b", "'); drop table report; --", "𝓐" * 2001, "\u202e"]
)
def test_whatever_is_typed_is_text(town: Installation, citizen: Citizen, text: str) -> None:
    sent = citizen.report(text=text, area=community_of(town), contact="<b>")

    assert sent.status_code == 422
    assert "<script>alert" not in sent.text and "drop table" not in sent.text.replace("&#39;); drop table", "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"&".join(b"f%d=1" % n for n in range(100)), "application/x-www-form-urlencoded"),
        (b"text=" + b"a" * 200_000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_as_a_page(citizen: Citizen, body: bytes, kind: str) -> None:
    sent = citizen.client.post("/report", content=body, headers={"Content-Type": kind})

    assert 400 <= sent.status_code < 500
    assert sent.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("code", ["unicode_escape", "punycode", "undefined"])
def test_a_form_in_a_code_that_gives_no_text_is_refused(town: Installation, citizen: Citizen, code: str) -> None:
    fields = {**unproved(citizen, town), "text": "\\ud800"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields]
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={code}"}
    sent = citizen.client.post("/report", content="".join([*parts, "--x--\r\n"]), headers=kind)

    assert sent.status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/report"), ("GET", "/report/none"), ("POST", "/report/map"), ("GET", "/report/f/x/rate")],
)
def test_other_addresses_and_methods(citizen: Citizen, method: str, path: str) -> None:
    assert citizen.client.request(method, path).status_code in (404, 405)


def test_pages_load_nothing_from_elsewhere_and_run_nothing_within(citizen: Citizen) -> None:
    page = citizen.client.get("/report")
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert "set-cookie" not in page.headers
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    sheet = citizen.client.get(style)
    assert sheet.headers["content-type"].startswith("text/css") and "immutable" in sheet.headers["cache-control"]
    assert "url(" not in sheet.text and "@import" not in sheet.text


def test_the_log_holds_neither_secrets_nor_what_was_typed(
    town: Installation, citizen: Citizen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        link = link_of(citizen.report(text=TEXT, area=community_of(town), contact="13800001234"))
        for path in ("", "/receipt", "/feed", "/none", "/photo/1"):
            citizen.client.get(link + path)
        citizen.client.get(link, params={"lang": "en"})
        citizen.client.get("/report/nearby", params={"lon": "105.312345", "lat": "29.1"})
    # The test program listens to the server's own log of requests as well, which is off in service.
    others = ("httpx", "httpcore", "uvicorn.access")
    mine = [one for one in caplog.records if not one.name.startswith(others)]
    said = " ".join(f"{one.getMessage()} {getattr(one, 'fields', '')}" for one in mine)

    assert "/report/f/{secret}" in said
    assert not [word for word in (link.rpartition("/")[2], TEXT, "13800001234", "105.312345") if word in said]


def test_an_installation_may_have_no_page(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, public_page=False) as town, visited(town) as citizen:
        found = [citizen.client.get(path).status_code for path in ("/report", "/report/map", "/report/challenge")]
        other = citizen.client.post("/report", data={"text": TEXT}).status_code

    assert (found, other) == ([404] * 3, 404)


def test_an_installation_names_the_bureau_whose_page_it_is(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path / "a", public_city="990199") as town, visited(town) as citizen:
        assert citizen.client.get("/report").status_code == 404
    with served(server, tmp_path / "b", public_city="990101") as town, visited(town) as citizen:
        assert citizen.client.get("/report").status_code == 200
