"""What the public page is made of in a process; put together in the bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xiuhua.loop.service import Loop
from xiuhua.platform import keys
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.media.service import Store
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries
from xiuhua.public.board import Board
from xiuhua.public.guard import Guard, Limits
from xiuhua.public.papers import Papers, Shelf
from xiuhua.public.proof import Signer


@dataclass
class PublicPage:
    """One for each process."""

    loop: Loop
    store: Store
    settings: Settings
    papers: Papers
    """What is published for everybody."""
    script: str = ""
    """Address of the page's script, where it was built; the page does without."""

    @cached_property
    def signer(self) -> Signer:
        """By a key in `<data>/keys/public.secret`, made when first needed; machines that share a city share it."""
        return Signer(keys.secret(self.settings.data / "keys", "public"))

    @cached_property
    def guard(self) -> Guard:
        """What stands against floods."""
        chosen = self.settings
        return Guard(
            self.signer, chosen.public_proof_bits,
            Limits(chosen.public_reports_per_hour, chosen.public_total_per_hour),
            Limits(chosen.public_mails_per_hour, 0),
        )  # fmt: skip

    @cached_property
    def board(self) -> Board:
        """What everybody may see."""
        chosen = self.settings
        return Board(
            self.loop, round_m=chosen.public_round_m, closed_days=chosen.public_map_days, shown=chosen.public_map
        )

    @cached_property
    def shelf(self) -> Shelf:
        """What is published for everybody, as it is kept here."""
        return Shelf(self.papers)

    @property
    def mails(self) -> bool:
        """Whether mail can be offered: there is a server for it, and an address that links can begin with."""
        return bool(self.settings.smtp_host and self.settings.public_url)

    def bureau(self, tx: Tx) -> Any:
        """The row of the bureau whose page this is. Raises `NotFound` where there is none."""
        rows = tx.execute(queries("xiuhua.city.units")["bureaus"]).fetchall() if self.settings.public_page else []
        wanted = self.settings.public_city
        found = [row for row in rows if not wanted or row.city == wanted]
        if len(found) != 1:
            raise NotFound
        self.shelf.of(tx, found[0].city)  # every page's head tells whether there is anything on it
        return found[0]
