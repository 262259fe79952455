"""What entries tell of records that are told as numbers only: nothing, but to who keeps some of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from xiuhua.flow.model import State
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.records.ledgers.model import Declared
from xiuhua.records.service import Records

THING: Final = "thing"


def untold(tx: Tx, actor: Actor, records: Records, declared: Declared) -> frozenset[str]:
    """What a person is not told of the entries of a ledger: `thing`, and fields that name such records."""
    ledger = declared.ledger
    named = {THING: ledger.of, **{name: spec.to for name, spec in ledger.fields.items() if spec.type == "ref"}}
    return frozenset(
        name for name, register in named.items() if register is not None and not records.shows(tx, actor, register)
    )


def without(state: State, names: Collection[str]) -> State:
    """An entry without what is not told."""
    if not names:
        return state
    left_out = {*names, "thing_key"} if THING in names else set(names)
    return {**state, "data": {name: value for name, value in state["data"].items() if name not in left_out}}
