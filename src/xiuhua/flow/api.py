"""What all rooms have together, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from xiuhua.flow.finding import Finder
from xiuhua.flow.queues import Queues
from xiuhua.platform.web import CurrentActor, Reading, Router, provided

router = Router(tags=["search"])


class NamedOut(BaseModel):
    """A thing that is called so."""

    model_config = ConfigDict(from_attributes=True)

    kind: str = Field(examples=["record", "case", "proceeding", "document"])
    id: str
    name: str = Field(description="its number or key; empty for what has none")
    called: str
    note: dict[str, str] = Field(description="what it is, and how it stands")
    link: str = Field(description="address within the console")


class QueueOut(BaseModel):
    """What waits in one room."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(examples=["change_requests", "document_approvals", "recheck"])
    title: dict[str, str]
    count: int = Field(description="100: that many or more")
    late: int = Field(description="how many of them should have been done by now")
    link: str = Field(description="address within the console of exactly these")


@router.get("/queues")
def list_queues(actor: CurrentActor, tx: Reading, queues: Annotated[Queues, provided(Queues)]) -> list[QueueOut]:
    """What waits for this person besides their inbox, in rooms that have turns of their own; no empty ones."""
    return [QueueOut.model_validate(one) for one in queues.of(tx, actor)]


@router.get("/names")
def find_named(
    actor: CurrentActor, tx: Reading, finder: Annotated[Finder, provided(Finder)],
    q: Annotated[
        str, Query(max_length=50, pattern=r"^[^\x00]*$", examples=["公厕"], description="two characters or more")
    ],
    limit: Annotated[int, Query(ge=1, le=20, description="of each kind")] = 6,
) -> list[NamedOut]:  # fmt: skip
    """Records by key or name, cases by number, proceedings and documents by number or title: those that one sees."""
    return [NamedOut.model_validate(one) for one in finder.named(tx, actor, q, limit)]
