"""What a phone carries of ledgers: the forms of those that its person enters work into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.flow.carrying import Spot
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.records.ledgers.forms import LedgerOut
from xiuhua.records.ledgers.model import ENTER, READ
from xiuhua.records.ledgers.service import Ledgers


@dataclass(frozen=True, slots=True)
class LedgerForms:
    """The source of `Carrying`."""

    ledgers: Ledgers

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`ledgers`, as lists of ledgers tell them, without sums: those change all the time."""
        if not (actor.may(READ) and actor.may(ENTER)):
            return {"ledgers": []}
        every = self.ledgers.ledgers(tx, actor.city).values()
        return {"ledgers": [LedgerOut.of_declared(one, None, True).model_dump(mode="json") for one in every]}
