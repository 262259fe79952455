"""Jobs on a real database: done once for a key, tried again, dead after so many, repeated by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import NotFound, NotNow
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Policy, system
from xiuhua.platform.jobs import service
from xiuhua.platform.jobs.model import Job, JobFailed, JobHopeless, Kind, Kinds, NewJob
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

CITY, OTHER = "990101", "990102"


@dataclass
class Desk:
    """Jobs of one kind, `post`, whose handler fails as often as it is told to."""

    database: Database
    folder: Path
    fails: list[Exception] = field(default_factory=list)
    done: list[Job] = field(default_factory=list)
    most: int = 3

    def run(self, _: Services, job: Job) -> None:
        self.done.append(job)
        if self.fails:
            raise self.fails.pop(0)

    def runner(self, stale_s: float = 30) -> Runner:
        kinds = Kinds({"post": Kind(self.run, most=self.most, first_s=0)})
        return Runner(
            Services(self.database, Settings(data=self.folder), Identity(Policy()), {Kinds: kinds}), 4, stale_s
        )

    def ask(self, key: str = "a", city: str = CITY, **more: object) -> str | None:
        with self.database.transaction() as tx:
            return service.enqueue(tx, city, "post", {"key": key}, key=key, **more)  # type: ignore[arg-type]

    def states(self, city: str = CITY) -> list[tuple[str, int, str | None]]:
        with self.database.reading() as tx:
            return [(row.state, row.attempts, row.error) for row in service.jobs_of(tx, city)]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(database, tmp_path)


def test_a_job_is_done_after_the_commit_that_asked_for_it(desk: Desk) -> None:
    with desk.database.transaction() as tx:
        id_ = service.enqueue(tx, CITY, "post", {"to": "x"}, key="k")
        assert desk.runner().run_due() == 0
    desk.runner().run_due()

    assert desk.done == [Job(CITY, id_ or "", "post", "k", {"to": "x"}, 1)]
    assert desk.states() == [("done", 1, None)]


def test_a_job_goes_with_the_transaction_that_is_undone(desk: Desk) -> None:
    class Undo(Exception):
        pass

    with pytest.raises(Undo), desk.database.transaction() as tx:
        service.enqueue(tx, CITY, "post", {}, key="k")
        raise Undo
    desk.runner().run_due()

    assert (desk.done, desk.states()) == ([], [])


def test_a_key_is_done_once_also_when_it_is_asked_for_later(desk: Desk) -> None:
    first, second = desk.ask("a"), desk.ask("a")
    desk.runner().run_due()
    third, elsewhere = desk.ask("a"), desk.ask("a", OTHER)
    desk.runner().run_due()

    assert first and elsewhere and (second, third) == (None, None)
    assert [(job.city, job.key) for job in desk.done] == [(CITY, "a"), (OTHER, "a")]


def test_many_are_asked_for_at_once(desk: Desk) -> None:
    with desk.database.transaction() as tx:
        new = service.enqueue_many(tx, CITY, [NewJob("post", {"n": n}, f"k{n % 40}") for n in range(50)])
    desk.runner().run_due()

    assert (len(new), len(desk.done)) == (40, 40)


def test_a_failure_is_tried_again_and_told(desk: Desk) -> None:
    desk.fails = [JobFailed("the server answered 503")]
    desk.ask()
    runner = desk.runner()
    [(number, job)] = runner.pick(4)
    runner.do(number, job)
    between = desk.states()
    runner.run_due()

    assert between == [("waiting", 1, "the server answered 503")]
    assert [job.attempt for job in desk.done] == [1, 2]
    assert desk.states() == [("done", 2, None)]


def test_pauses_grow_up_to_the_longest() -> None:
    kind = Kind(lambda *_: None, first_s=30, longest_s=3600)

    assert [kind.pause(n).total_seconds() for n in (1, 2, 3, 7, 8, 20)] == [30, 60, 120, 1920, 3600, 3600]


def test_a_job_waits_for_its_moment(desk: Desk) -> None:
    desk.ask(after=desk.database.clock.now() + timedelta(hours=1))

    assert desk.runner().run_due() == 0


@pytest.mark.parametrize(
    ("fails", "attempts"),
    [([JobFailed("no")] * 3, 3), ([JobHopeless("gone")], 1), ([ValueError("13912345678")] * 3, 3)],
)
def test_a_job_is_dead_in_the_end_and_repeated_by_a_person(desk: Desk, fails: list[Exception], attempts: int) -> None:
    desk.fails = list(fails)
    id_ = desk.ask() or ""
    desk.runner().run_due()
    [(state, tried, error)] = desk.states()
    with desk.database.transaction() as tx:
        again = service.repeat(tx, system(CITY), id_)
    desk.runner().run_due()

    assert (state, tried) == ("dead", attempts)
    assert error and "139" not in error
    assert (again.state, again.attempts, again.repeated_by) == ("waiting", 0, "system")
    assert desk.states()[0][:2] == ("done", 1)


def test_only_a_dead_job_of_the_own_city_is_repeated(desk: Desk) -> None:
    id_ = desk.ask(city=OTHER) or ""
    with desk.database.transaction() as tx:
        with pytest.raises(NotFound):
            service.repeat(tx, system(CITY), id_)
        with pytest.raises(NotNow):
            service.repeat(tx, system(OTHER), id_)


def test_a_job_whose_worker_is_lost_goes_to_another_and_the_attempt_counts(desk: Desk) -> None:
    desk.ask()
    assert [job.attempt for _, job in desk.runner().pick(4)] == [1]
    assert desk.runner(stale_s=30).pick(4) == []
    desk.runner(stale_s=0).run_due()

    assert [job.attempt for job in desk.done] == [2]


def test_a_job_that_takes_every_worker_with_it_is_dead(desk: Desk) -> None:
    desk.ask()
    for _ in range(desk.most):
        assert len(desk.runner(stale_s=0).pick(4)) == 1
    desk.runner(stale_s=0).run_due()

    assert desk.done == []
    assert desk.states() == [("dead", 4, "its worker was lost each time")]


def test_the_worker_does_jobs_until_it_is_stopped(desk: Desk, database: Database) -> None:
    stop, seen = Event(), Event()
    run: Callable[[Services, Job], None] = lambda _, job: (desk.done.append(job), seen.set())[0]  # noqa: E731
    desk.run = run  # type: ignore[method-assign]
    thread = Thread(target=desk.runner().work, args=(stop,))
    desk.ask()
    thread.start()
    assert seen.wait(20)
    stop.set()
    thread.join(20)

    assert not thread.is_alive() and desk.states() == [("done", 1, None)]


def test_jobs_done_long_ago_are_forgotten(tx: Tx) -> None:
    service.enqueue(tx, CITY, "post", {}, key="a")
    tx.execute("update job set state = 'done', ended_at = %s", (tx.now - timedelta(days=31),))
    service.prune(tx)

    assert service.jobs_of(tx, CITY) == []
