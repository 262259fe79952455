"""What changed for me, as it changes: over real HTTP, with gaps, late commits, slow readers and many of them."""

from __future__ import annotations

import asyncio
import json
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.walking import STREET_CLEANING, taken_in
from tests.reading import older_ended

from xiuhua import bootstrap
from xiuhua.http.server import running
from xiuhua.platform import eventlog
from xiuhua.platform.eventlog import NewEvent, Position
from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.model import system
from xiuhua.platform.identity.tokens import Owner
from xiuhua.platform.live import api, hub, tail
from xiuhua.platform.live.model import Told, id_of, position_of
from xiuhua.platform.live.tail import Live
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.simulate.over_http import token_for

OFFICER, LEADER, DISPATCHER = "intake_officer01", "shift_leader01", "dispatcher01"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "PAUSE_S", 0.02)
    monkeypatch.setattr(api, "BEAT_S", 0.2)


@dataclass
class Reader:
    """One open stream; reads on until what is waited for has come."""

    answer: httpx.Response
    lines: Iterator[str]
    id: str = ""
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def next(self) -> tuple[str, dict[str, Any]]:
        """The next message; ids of signs of life are noted."""
        event, data = "", ""
        for line in self.lines:
            name, _, value = line.partition(": ")
            if name == "id":
                self.id = value
            event, data = (value if name == "event" else event), (value if name == "data" else data)
            if not line and event:
                self.seen.append((event, json.loads(data)))
                return self.seen[-1]
        raise EOFError

    def until(self, event: str, **wanted: Any) -> dict[str, Any]:
        """Such a message, if it has not come yet the next one."""
        place = 0
        while True:
            if place == len(self.seen):
                self.next()
            name, data = self.seen[place]
            place += 1
            if name == event and wanted.items() <= data.items():
                return data

    def beat(self) -> str:
        """Read until a sign of life; the id it tells."""
        for line in self.lines:
            if line.startswith("id: "):
                self.id = line[4:]
            if not line and self.id:
                return self.id
        raise EOFError


@contextmanager
def listening(town: Installation, person: str, after: str = "", client: httpx.Client | None = None) -> Iterator[Reader]:
    headers = {"Last-Event-ID": after} if after else {}
    with (client or town.client(person)).stream("GET", "/api/live", headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        reader = Reader(answer, answer.iter_lines())
        if not after:
            reader.beat()
        yield reader


def live_of(town: Installation) -> Live:
    return town.services.port(Live)


def reported(town: Installation) -> str:
    return taken_in(town, OFFICER).report


def accept(town: Installation, report: str) -> str:
    town.does(OFFICER, "report", report, "accept", {"category": STREET_CLEANING})
    return str(town.state("report", report)["data"]["case"])


def test_what_comes_and_goes_is_told(town: Installation) -> None:
    with listening(town, OFFICER) as officer, listening(town, LEADER) as leader:
        report = reported(town)
        came = officer.until("task", id=report)
        case = accept(town, report)
        left = officer.until("task", id=report, here=False)
        turn = leader.until("task", id=case)
        changed = officer.until("changed", id=case)

    assert officer.answer.headers["content-type"].startswith("text/event-stream")
    assert came == {"kind": "report", "id": report, "version": 1, "here": True}
    assert left["version"] > 1 and turn["here"]
    assert changed == {"kind": "case", "id": case, "version": 1, "state": "accepted"}


def test_nothing_is_told_of_what_one_may_not_see(town: Installation) -> None:
    stranger = next(
        person
        for person, one in sorted(town.view().directory.people.items())
        if one.unit and person.startswith("officer-") and "sanitation" not in person
    )
    with listening(town, stranger) as reader, listening(town, LEADER) as leader:
        case = accept(town, reported(town))
        leader.until("task", id=case)
        reader.beat()
        reader.beat()

    assert reader.seen == []


def test_a_gap_is_told_afterwards(town: Installation) -> None:
    with listening(town, LEADER) as reader:
        before = reader.id
    cases = [accept(town, reported(town)) for _ in range(3)]

    with listening(town, LEADER, before) as reader:
        for case in cases:
            reader.until("task", id=case, here=True)
        last = reader.id
    with listening(town, LEADER, last) as reader:
        case = accept(town, reported(town))
        reader.until("task", id=case)

    assert not {one for _, data in reader.seen for one in data.values()} & set(cases)


def test_what_commits_late_is_not_skipped(town: Installation) -> None:
    """A transaction that began before others and ends after them: neither live nor after a gap is it passed over."""
    report = reported(town)
    with listening(town, LEADER) as reader:
        before = reader.beat()
        with town.database.transaction() as slow:
            slow.execute("select pg_current_xact_id()")
            early = accept(town, report)
            stream = f"case/{early}"
            reader.beat()
            told_before = [data for _, data in reader.seen if data.get("id") == early]
            late = NewEvent("report/late", "ReportPlaced", {}, "system", "system", slow.now)
            eventlog.append(slow, town.city, [late], {})
        reader.until("task", id=early)
    with listening(town, LEADER, before) as again:
        again.until("task", id=early)

    assert told_before == [] and stream
    with town.database.reading() as tx:
        rows = tx.execute(
            "select tx::text::bigint as tx, position from event where stream in (%s, 'report/late') order by event.tx",
            (stream,),
        ).fetchall()
    assert (position_of(before) or Position()) < Position(rows[0].tx, rows[0].position)


@pytest.mark.parametrize("id_", ["nonsense", "9999999999999-1", "-1", "1-x", "1"])
def test_who_comes_from_nowhere_looks_anew(town: Installation, id_: str) -> None:
    with listening(town, LEADER, id_) as reader:
        assert reader.next() == ("reset", {})
        case = accept(town, reported(town))
        reader.until("task", id=case)


def test_who_was_away_too_long_looks_anew(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(town, LEADER) as reader:
        before = reader.beat()
    accept(town, reported(town))
    older_ended(town.database)
    monkeypatch.setattr(tail, "MOST_REPLAYED", 1)

    with listening(town, LEADER, before) as reader:
        assert reader.next() == ("reset", {})
        assert position_of(reader.id) > position_of(before)  # type: ignore[operator]


def test_more_than_a_batch(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "_BATCH", 2)
    with listening(town, LEADER) as reader:
        for _ in range(3):
            reader.until("task", id=accept(town, reported(town)), here=True)


def test_who_is_slow_looks_anew_and_holds_nobody_up(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MOST_WAITING", 0)
    with listening(town, LEADER) as reader:
        accept(town, reported(town))
        reader.until("reset")
        monkeypatch.setattr(hub, "MOST_WAITING", 256)
        reader.until("task", id=accept(town, reported(town)))


def test_one_person_listens_only_so_often(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MOST_OF_PERSON", 1)
    with listening(town, DISPATCHER):
        refused = town.client(DISPATCHER).get("/api/live")

    assert refused.status_code == 429
    assert wait_until(lambda: not live_of(town).hub.of_city(town.city), timeout_s=20)


def test_who_is_gone_is_forgotten_and_the_reader_rests(town: Installation) -> None:
    with listening(town, OFFICER), listening(town, LEADER):
        assert len(live_of(town).hub.of_city(town.city)) == 2

    assert wait_until(lambda: live_of(town).hub.cities() == [], timeout_s=20)
    assert wait_until(lambda: live_of(town)._thread is None, timeout_s=20)


def test_strangers_hear_nothing(town: Installation) -> None:
    assert httpx.get(f"{town.url}/api/live").status_code == 401
    assert httpx.get(f"{town.url}/api/live", headers={"Authorization": "Bearer xh_990101_x"}).status_code == 401


def test_a_token_hears_of_what_it_is_for(town: Installation) -> None:
    token = token_for(town.database, town.city, LEADER, ["area.read"])
    client = httpx.Client(base_url=town.url, headers={"Authorization": f"Bearer {token}"})
    with client, listening(town, LEADER, client=client) as reader:
        reader.until("task", id=accept(town, reported(town)))

    assert "changed" not in {event for event, _ in reader.seen}


def test_a_stream_ends_with_the_session(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "CHECK_S", 0.0)
    token = token_for(town.database, town.city, DISPATCHER, ["case.read"])
    client = httpx.Client(base_url=town.url, headers={"Authorization": f"Bearer {token}"})
    with client, listening(town, DISPATCHER, client=client) as reader:
        with town.database.transaction() as tx:
            person = service.get_account(tx, town.city, DISPATCHER).account.person
            tokens.revoke_tokens_of(tx, system(town.city), Owner(DISPATCHER, person))
        with pytest.raises(EOFError):
            reader.next()


def test_a_stream_ends_when_the_server_stops(town: Installation) -> None:
    services = bootstrap.services_of(town.database, town.services.settings)
    token = token_for(town.database, town.city, LEADER, ["case.read"])
    with running(bootstrap.app_of(services)) as url:
        client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
        stream = client.stream("GET", "/api/live")
        reader = Reader(answer := stream.__enter__(), answer.iter_lines())
        reader.beat()
    with closing(client), pytest.raises(EOFError):
        reader.next()


def test_a_room_adds_its_own(town: Installation) -> None:
    class Notices:
        def keys(self, tx: Any, city: str, actors: Any) -> list[set[tuple[str, ...]]]:
            return [{("notices", actor.id)} for actor in actors]

        def told(self, tx: Any, window: Any) -> list[Told]:
            to = frozenset({("notices", LEADER)})
            return [Told(at, "notice", {"id": stream}, to) for stream, _, _, at in window.streams]

    live = live_of(town)
    kept, live._sources = live._sources, (*live._sources, Notices())
    try:
        with listening(town, LEADER) as reader:
            report = reported(town)
            assert reader.until("notice", id=f"report/{report}")
    finally:
        live._sources = kept


def test_four_hundred_listen(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are told, while no more threads and connections are in use than for one."""
    monkeypatch.setattr(hub, "MOST_OF_PERSON", 500)
    monkeypatch.setattr(api, "BEAT_S", 5.0)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    headers = dict(town.client(LEADER).headers)
    report = reported(town)

    async def one(client: httpx.AsyncClient, ready: asyncio.Event, count: list[int]) -> str:
        async with client.stream("GET", "/api/live") as answer:
            async for line in answer.aiter_lines():
                if line.startswith(": here"):
                    count[0] += 1
                    if count[0] == 400:
                        ready.set()
                if line.startswith("data: ") and '"task"' not in line and '"case"' in line:
                    return str(json.loads(line[6:])["id"])
        raise EOFError

    async def all_of_them() -> set[str]:
        ready, count = asyncio.Event(), [0]
        limits = httpx.Limits(max_connections=500)
        async with httpx.AsyncClient(base_url=town.url, headers=headers, limits=limits, timeout=120) as client:
            tasks = [asyncio.create_task(one(client, ready, count)) for _ in range(400)]
            await asyncio.wait_for(ready.wait(), 120)
            case = await asyncio.to_thread(accept, town, report)
            return set(await asyncio.wait_for(asyncio.gather(*tasks), 120)) ^ {case}

    assert asyncio.run(all_of_them()) == set()


@pytest.mark.parametrize("position", [Position(), Position(812, 45)])
def test_an_id_is_a_position(position: Position) -> None:
    assert position_of(id_of(position)) == position
