"""The lines of business beside the cases of a play: each hour in the transaction of the cases, each at its own moment.

What the worker does in service is done at midnight: periods of plans, rules, dates that run out, rounds that are over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks
from xiuhua.loop import found
from xiuhua.packs.loader import LIBRARY
from xiuhua.platform import eventlog, revision
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import system
from xiuhua.platform.services import Services
from xiuhua.records import expiry
from xiuhua.records.service import Records
from xiuhua.simulate.attention import Units
from xiuhua.simulate.lines.campaigning import Campaigning
from xiuhua.simulate.lines.entries import Books
from xiuhua.simulate.lines.inspecting import Inspecting
from xiuhua.simulate.lines.manners import Manners
from xiuhua.simulate.lines.papers import Papers
from xiuhua.simulate.lines.planning import Planning
from xiuhua.simulate.lines.proceeding import Proceedings
from xiuhua.simulate.lines.reading import chosen
from xiuhua.simulate.lines.registers import Registers
from xiuhua.simulate.lines.shape import Line
from xiuhua.simulate.lines.telling import Telling
from xiuhua.simulate.lines.world import World
from xiuhua.simulate.profile import Profile

_PATIENCE_S = 60.0
"""How long is waited for other transactions of the server, so that the rules see all of the day before."""


class Town:
    """What a play asks of the lines of business: `next_at` and `step` between the cases, `begin_day` at midnight."""

    def __init__(
        self, services: Services, city: str, zone: ZoneInfo, profile: Profile, photos: Mapping[str, str],
        names: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """`names`: of which lines; all when not given."""
        self._services, self._lines = services, chosen(names)
        manners = Manners(Units(profile.units, profile.seed), profile.seed)
        self.world = world = World(services, city, zone, profile.seed, photos, manners)
        self._registers = Registers(world, self._lines)
        self._planning, self._papers = Planning(world, self._lines), Papers(world, self._lines)
        self._telling, self._inspecting = Telling(world, self._lines), Inspecting(world, self._lines)
        self._proceedings = Proceedings(world, self._lines)
        self._campaigning = Campaigning(world, self._lines)
        self._days = (
            self._registers, Books(world, self._lines), self._inspecting, self._proceedings, self._planning,
            self._papers, self._telling, self._campaigning,
        )  # fmt: skip
        self._resume = (self._inspecting, self._proceedings, self._papers, self._campaigning)
        self._nth = 0

    # ---- midnight

    def begin_day(self) -> None:
        """What the clock does at midnight, and what the day will bring."""
        if self._nth == 0:
            self.prepare()
        self.night()
        with self._here():
            for one in self._resume if self._nth == 0 else ():
                one.resume()
            for each in self._days:
                each.day(self._nth)
            self._proceedings.flush()
        self._nth += 1

    def prepare(self) -> None:
        """The packs of the lines, the records of their registers, the targets of their plans, where there are none."""
        install(self._services, self.world.city, self._lines)
        with self._here():
            self._registers.prepare()
            self._planning.prepare()

    def night(self) -> None:
        """What the worker does in service."""
        with self._here() as tx:
            while self._services.port(Rounds).close_due(tx):
                pass
            while self._services.port(Checks).tell_late(tx):
                pass
            self._planning.night()
            self._papers.night()
            expiry.turn_of(tx, self._services.port(Records), self.world.city)
        eventlog.older_ended(self._services.database, _PATIENCE_S)
        done = 1
        while done:
            with self._here():
                done = self._telling.night()

    @contextmanager
    def _here(self) -> Iterator[Tx]:
        """A transaction of the lines alone; the district's reference data stands still in it."""
        with self._services.database.transaction(durable=False) as tx:
            tx.revisions = (self.world.city, revision.current(tx, self.world.city))
            self.world.turn_to(tx)
            yield tx

    # ---- between the cases

    def next_at(self) -> int | None:
        """The moment of what is first."""
        return self.world.agenda.next_at()

    def enter(self, tx: Tx, last: int) -> None:
        """A transaction begins, in which all before a moment will be done."""
        self.world.turn_to(tx)
        self._proceedings.load(list(self.world.agenda.until(last)))

    def step(self) -> None:
        """Do what is first; the transaction's moment has come to it."""
        due = self.world.agenda.pop()
        if due.do is not None:
            due.do()
        else:
            self._proceedings.turn(due)

    def leave(self) -> None:
        """The transaction ends."""
        self._proceedings.flush()


def install(services: Services, city: str, lines: Sequence[Line]) -> None:
    """Put the packs of some lines in force."""
    with services.database.transaction() as tx:
        for name in dict.fromkeys(name for line in lines for name in line.packs):
            found.install_pack(tx, city, LIBRARY / name, system(city))
