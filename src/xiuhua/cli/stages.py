"""Where scenarios are played: each kind of declaration by the room that brings it to life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from xiuhua.flow import scenarios
from xiuhua.flow.scenarios import Result, Stages
from xiuhua.records.ledgers.scenarios import LedgerStage
from xiuhua.records.scenarios import RegisterStage

STAGES: Final[Mapping[str, Stages]] = {
    "procedure": scenarios.ProcedureStage, "register": RegisterStage, "ledger": LedgerStage,
}  # fmt: skip


def run(pack: Any, library: Mapping[str, Any]) -> list[Result]:
    """Every scenario of a pack."""
    return scenarios.run(pack, library, STAGES)
