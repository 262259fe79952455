"""The timeline of a subject as a person reads it: who did what, when and why, codes told by their names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from xiuhua.flow.naming import named
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.titles import Title
from xiuhua.flow.witness import WitnessOut
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.eventlog import Event

_CODES: Final = frozenset({"unit", "person", "category", "filing_condition", "area"})


class ToldOut(BaseModel):
    """One field that was filled in."""

    name: str = Field(examples=["unit"])
    title: Title = Field(examples=[{"zh": "主办单位", "en": "Lead unit"}])
    type: str = Field(examples=["unit"])
    value: Any = Field(examples=["sanitation"])
    labels: list[Title] = Field(default=[], description="what codes are called, in their order; empty: it is no code")


class EventOut(BaseModel):
    """One step of a timeline."""

    version: int
    type: str
    action: str | None
    actor: str
    role: str
    on_behalf_of: str | None
    at: datetime
    recorded_at: datetime
    reason: str | None
    witness: WitnessOut | None = None
    payload: dict[str, Any]
    name: str = Field(description="of the person; the account where nobody is known by it")
    title: Title = Field(description="of the action", examples=[{"zh": "派遣", "en": "Dispatch"}])
    state: Title | None = Field(description="where it led to; null: it stayed")
    told: list[ToldOut] = Field(description="what was filled in; nothing personal")


class Teller:
    """Tells the events of subjects of one procedure; names are those of now."""

    def __init__(self, view: CityView, procedure: Procedure | None) -> None:
        self._view, self._procedure = view, procedure

    def tell(self, event: Event) -> EventOut:
        """As it goes out."""
        payload, action = event.payload, str(event.payload.get("action") or "")
        declared = self._procedure.actions.get(action) if self._procedure else None
        person = self._view.directory.people.get(event.actor)
        return EventOut(
            version=event.version, type=event.type, action=payload.get("action"), actor=event.actor, role=event.role,
            on_behalf_of=payload.get("on_behalf_of"), at=event.at, recorded_at=event.recorded_at,
            reason=payload.get("reason"), witness=WitnessOut.of(payload, event.recorded_at),
            payload=payload, name=person.name if person else event.actor,
            title=declared.title.model_dump() if declared else {"zh": event.type, "en": event.type},
            state=self._state(payload),
            told=self._told(declared.fields if declared else {}, payload.get("fields") or {}),
        )  # fmt: skip

    def _state(self, payload: Mapping[str, Any]) -> Title | None:
        track = self._procedure.tracks.get(payload.get("track") or "main") if self._procedure else None
        spec = track.states.get(payload.get("to") or "") if track else None
        return spec.title.model_dump() if spec else None

    def _told(self, declared: Mapping[str, FieldSpec], filled: Mapping[str, Any]) -> list[ToldOut]:
        return [
            ToldOut(
                name=name, type=spec.type, value=filled[name], labels=self._labels(spec, filled[name]),
                title=spec.title.model_dump() if spec.title else {"zh": name, "en": name},
            )
            for name, spec in declared.items()
            if filled.get(name) not in (None, "", [], {}) and not spec.personal
        ]  # fmt: skip

    def _labels(self, spec: FieldSpec, value: Any) -> list[Title]:
        if not spec.titles and spec.type not in _CODES:
            return []
        return [self._one(spec, str(one)) for one in (value if isinstance(value, list) else [value])]

    def _one(self, spec: FieldSpec, code: str) -> Title:
        if code in spec.titles:
            return spec.titles[code].model_dump()
        return named(self._view, spec.type, code) or {"zh": code, "en": code}
