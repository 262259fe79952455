"""Where scenarios are played: each kind of declaration by the room that brings it to life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from xiuhua.checks.scenarios import ChecklistStage
from xiuhua.documents.scenarios import DocumentStage
from xiuhua.flow import scenarios
from xiuhua.flow.scenarios import Result, Stages
from xiuhua.insight.figures.scenarios import AppraisalStage
from xiuhua.plans.scenarios import PlanStage
from xiuhua.records.ledgers.scenarios import LedgerStage
from xiuhua.records.scenarios import RegisterStage
from xiuhua.rules.scenarios import RuleStage

STAGES: Final[Mapping[str, Stages]] = {
    "procedure": scenarios.ProcedureStage, "register": RegisterStage, "ledger": LedgerStage,
    "checklist": ChecklistStage, "plan": PlanStage, "rule": RuleStage, "document": DocumentStage,
    "appraisal": AppraisalStage,
}  # fmt: skip


def run(pack: Any, library: Mapping[str, Any]) -> list[Result]:
    """Every scenario of a pack."""
    return scenarios.run(pack, library, STAGES)
