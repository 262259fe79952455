"""What is lived beside the cases of a play, in the same transactions and by the same clock."""

from __future__ import annotations

from typing import Protocol

from xiuhua.platform.database import Tx


class Beside(Protocol):
    """What a play asks of it."""

    def begin_day(self) -> None:
        """It is midnight; in transactions of its own."""

    def next_at(self) -> int | None:
        """The moment of what is first, epoch seconds; None: nothing will be done today any more."""

    def enter(self, tx: Tx, last: int) -> None:
        """A transaction begins, in which all before a moment will be done."""

    def step(self) -> None:
        """Do what is first; the transaction's moment has come to it."""

    def leave(self) -> None:
        """The transaction ends."""

    def night(self) -> None:
        """It is midnight after the last day."""


class Alone:
    """Nothing is."""

    def begin_day(self) -> None:
        """Nothing."""

    def next_at(self) -> int | None:
        """Never."""
        return None

    def enter(self, tx: Tx, last: int) -> None:
        """Nothing."""

    def step(self) -> None:
        """Nothing."""

    def leave(self) -> None:
        """Nothing."""

    def night(self) -> None:
        """Nothing."""
