"""What a sender is told of a report. Shapes only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from xiuhua.flow.model import State
from xiuhua.loop.model import Receipt
from xiuhua.loop.suggest.forms import SuggestionOut


class ReceiptOut(BaseModel):
    """What became of a report."""

    external_id: str
    status: Literal["new", "unchanged", "rejected", "counted"]
    id: str | None = None
    state: str | None = None
    case: Annotated[str | None, Field(description="id of the case that it has become or joined")] = None
    suggestion: SuggestionOut | None = None
    problems: list[dict[str, str]] = []

    @classmethod
    def of(cls, receipt: Receipt, state: State | None = None, suggestion: SuggestionOut | None = None) -> ReceiptOut:
        """As it goes out; `state` is the report's, where it is new."""
        problems = [{"field": one.field, "why": one.why} for one in receipt.problems]
        more = {"state": state["state"], "case": state["data"]["case"]} if state else {}
        return cls(
            external_id=receipt.external_id, status=receipt.status, id=receipt.id, problems=problems,
            suggestion=suggestion, **more,
        )  # fmt: skip
