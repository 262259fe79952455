"""Who is told what of a document: notices, in the transaction of what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xiuhua.city.units.directory import Directory
from xiuhua.documents import model
from xiuhua.documents.model import Declared
from xiuhua.documents.words import words
from xiuhua.flow.model import State
from xiuhua.notices.model import Telling
from xiuhua.notices.telling import tell
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.permissions import roles


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened to a document."""

    declared: Declared
    state: State
    version: int
    """Of its stream: each occasion is told once."""
    type: str
    by: str


_NAMES = {
    "DocumentSentBack": "document_sent_back", "DocumentPublished": "document_published",
    "DocumentExpiryTold": "document_expiring", "DocumentExpired": "document_expired",
}  # fmt: skip


def tell_of(tx: Tx, city: str, directory: Directory, occasions: Iterable[Occasion]) -> None:
    """Those whose turn it is, and those who wrote it; nobody is told what they did themselves."""
    tellings = [
        _telling(tx, name, one, person)
        for one in occasions
        for name, person in _recipients(directory, one)
        if person != one.by and person in directory.people
    ]
    tell(tx, city, tellings)


def _recipients(directory: Directory, one: Occasion) -> list[tuple[str, str]]:
    if one.type in _NAMES:
        return [(_NAMES[one.type], person) for person in one.state["data"]["authors"]]
    if one.type not in ("DocumentSubmitted", "DocumentApproved"):
        return []
    role = model.waiting_for(one.state)
    if role is not None:
        authors = one.state["data"]["authors"]
        return [("document_waiting", person) for person in directory.holders(role) if person not in authors]
    publishers = [name for name, role in roles().items() if model.PUBLISH in role.permissions]
    people = dict.fromkeys(person for name in sorted(publishers) for person in directory.holders(name))
    return [("document_ready", person) for person in people]


def _telling(tx: Tx, name: str, one: Occasion, person: str) -> Telling:
    data, said = one.state["data"], words()["notices"][name]

    def filled(part: str) -> dict[str, str]:
        titles = one.declared.document.title.model_dump()
        given: dict[str, Any] = {
            "title": data["title"], "number": data.get("number") or "–", "day": data.get("until") or "–",
            "why": data.get("sent_back") or "",
        }  # fmt: skip
        return {language: text.format(kind=titles[language], **given) for language, text in said[part].items()}

    return Telling(
        name, f"document/{one.state['id']}/{one.version}", filled("head"), filled("body"), tx.now, tx.now,
        person=person, kind="document", subject=one.state["id"], number=data.get("number") or "",
    )  # fmt: skip
