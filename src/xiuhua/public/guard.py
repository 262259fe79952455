"""Against floods: proofs are used once, and what comes in an hour is counted, in the database for all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import TooMany
from xiuhua.platform.identity.lock import network_of
from xiuhua.platform.sql import queries
from xiuhua.public.model import bits_for, neighbourhood
from xiuhua.public.proof import CHALLENGE_S, Signer, Ticket, digest

EVERYBODY: Final = b""
DEAD: Final = b"\0"
"""In the place of a ticket: a question that was answered wrongly serves for no form any more."""
What = Literal["report", "mail", "rate"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How often in an hour; 0: no limit."""

    address: int
    everybody: int


class Guard:
    """Counts and proofs of one installation."""

    def __init__(self, signer: Signer, base_bits: int, reports: Limits, mails: Limits) -> None:
        self.signer = signer
        self._base = base_bits
        self._limits = {"report": reports, "mail": mails, "rate": Limits(reports.address, 0)}

    def bits(self, tx: Tx, city: str, address: str) -> int:
        """How hard a proof is to be now for an address."""
        near = self._who(neighbourhood(address))
        rows = tx.execute(_sql()["tally"], {"city": city, "what": "report", "who": [near, EVERYBODY], "now": tx.now})
        times = {bytes(row.who): row.times for row in rows}
        return bits_for(self._base, times.get(near, 0), times.get(EVERYBODY, 0), self._limits["report"].everybody)

    def spend(self, tx: Tx, city: str, proof: str, ticket: Ticket | None) -> bool:
        """Use a proof up for a form; whether it is this form's. None: it serves for nothing from now on."""
        mine = DEAD if ticket is None else ticket.digest
        expires = tx.now + timedelta(seconds=2 * CHALLENGE_S)
        values = {"city": city, "proof": digest(proof), "ticket": mine, "expires_at": expires}
        [row] = tx.execute(_sql()["spend"], values)
        return ticket is not None and bytes(row.ticket) == mine

    def count(self, tx: Tx, city: str, what: What, address: str) -> None:
        """One more. Raises `TooMany` beyond a limit, with the seconds until the hour is over."""
        mine, near = self._who(network_of(address)), self._who(neighbourhood(address))
        values = {"city": city, "what": what, "who": sorted({EVERYBODY, mine, near}), "now": tx.now}
        times = {bytes(row.who): row.times for row in tx.execute(_sql()["count"], values)}
        limits = self._limits[what]
        if (limits.address and times[mine] > limits.address) or (
            limits.everybody and times[EVERYBODY] > limits.everybody
        ):
            raise TooMany(retry_after_s=3600 - tx.now.minute * 60 - tx.now.second)

    def _who(self, address: str) -> bytes:
        """An address as it is counted: nobody who has the database finds it again."""
        return self.signer.keyed("address", address)[:16]


def prune(tx: Tx) -> None:
    """Forget what has run out: proofs, counts, wishes for mail that nobody confirmed."""
    for name in ("prune_spent", "prune_tally", "prune_mail"):
        tx.execute(_sql()[name], {"now": tx.now})


def _sql() -> dict[str, str]:
    return queries("xiuhua.public")
