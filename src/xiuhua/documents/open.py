"""Documents of kinds that are declared `open`, as the public page shows them: the port that it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import orjson

from xiuhua.documents import printing
from xiuhua.documents.model import Declared
from xiuhua.documents.service import Documents
from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.public.papers import MOST, Paper, Said

_SHOWN: Final = frozenset({
    "text", "long_text", "choice", "integer", "decimal", "money", "date", "unit", "area",
})  # fmt: skip
"""Types of fields that tell of nobody."""
_ENDED: Final[dict[str, Literal["expired", "replaced", "revoked"]]] = {
    "expired": "expired", "replaced": "replaced", "revoked": "revoked",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenPapers:
    """What a bureau has published for everybody."""

    documents: Documents

    def __call__(self, tx: Tx, city: str) -> Sequence[Paper]:
        """The newest; without authors, approvals and why one was revoked."""
        place = self.documents.city_of(tx, city)
        units, areas = place.directory().units, place.areas()

        def name(code: str) -> str | None:
            return units[code].name if code in units else areas.area(code).name if code in areas else None

        rows = tx.execute(queries("xiuhua.documents")["open"], {"city": city, "limit": MOST})
        states = {row.id: orjson.loads(row.doc) for row in rows}
        return [
            _paper(self.documents.declared(tx, city, state), state, printing.issuer(units, state), name, states)
            for state in states.values()
        ]


def _paper(declared: Declared, state: State, issuer: str, names: printing.Names, known: dict[str, State]) -> Paper:
    data = state["data"]
    after = data.get("replaced_by")
    return Paper(
        id=state["id"], number=data["number"], title=data["title"], kind=declared.document.title.model_dump(),
        issuer=issuer, published=date.fromisoformat(data["on"]), since=date.fromisoformat(data["since"]),
        until=date.fromisoformat(data["until"]) if data.get("until") else None, ended=_ENDED.get(state["state"]),
        replaced_by=after if after in known else None, facts=tuple(_facts(declared, data["fields"], names)),
        html=printing.text(data["text"]) + printing.items(data["items"], names, "zh"),
        photos=tuple(data["attachments"]),
    )  # fmt: skip


def _facts(declared: Declared, values: dict[str, Any], names: printing.Names) -> Iterator[tuple[Said, Said]]:
    for name, spec in declared.document.fields.items():
        if name != "issuer" and _is_shown(spec) and values.get(name) not in (None, "", []):
            title = spec.title.model_dump() if spec.title else {"zh": name, "en": name}
            yield title, {tongue: printing.shown(spec, values[name], names, tongue) for tongue in ("zh", "en")}


def _is_shown(spec: FieldSpec) -> bool:
    return spec.type in _SHOWN and not spec.personal
