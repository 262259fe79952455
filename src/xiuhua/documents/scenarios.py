"""Plays the scenarios of a document: texts in memory, decided on as the service does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from xiuhua.documents import content, deciding, model
from xiuhua.documents.deciding import Told
from xiuhua.documents.model import CONTENT, Declared, Drawn
from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor

_CITY: Final = "990100"


class DocumentStage:
    """The documents of a kind; `item` of a step is the number of a document, the newest unless told.

    Fields of the steps: `draft`, `change`: `title`, `text`, `items`, `attachments` and the declared fields; `publish`:
    `since`, `until`. Who may draft and publish is not asked; whose approval it waits for is. Expressions see
    `document` (the newest), `documents` (all, in order) and `now`: each with its content, `state`, `number`,
    `version`, `since`, `until`, `in_force`, `waits` (the role that approves it next).
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        document, digest = library("documents")[name]
        self._declared = Declared(name, digest, document)
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        self._documents: list[State] = []
        self._last: dict[int, int] = {}

    @property
    def state(self) -> str | None:
        """Of the newest document."""
        return self._documents[-1]["state"] if self._documents else None

    def wait(self, until: datetime) -> None:
        """Each midnight the clock sees what runs out."""
        while self.now < until:
            midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            self.now = min(midnight, until)
            if self.now == midnight:
                self._run_out()

    def do(self, step: Step, actor: Actor) -> None:
        """One of the verbs."""
        if step.do == "draft":
            told = deciding.drafted(self._declared, self._next(), self._read(step, None), actor.id)
            self._keep(None, told)
            return
        number = step.item or len(self._documents)
        here, why, today = self._at(number), step.reason or "", self.now.date()
        match step.do:
            case "change":
                changed = deciding.changed(here, self._read(step, here), actor.id)
                if changed is None:
                    return
                told = changed
            case "submit":
                told = deciding.submitted(self._declared, here)
            case "approve":
                told = deciding.approved(here, actor.id, actor.roles(), int(self.now.timestamp()))
            case "send_back":
                told = deciding.sent_back(here, actor.id, actor.roles(), why, True)
            case "revise":
                is_open = any(
                    one["data"].get("replaces") == here["id"] and one["state"] in ("draft", "submitted", "approved")
                    for one in self._documents
                )
                self._keep(None, deciding.revised(self._declared, here, self._next(), actor.id, is_open))
                return
            case "publish":
                self._publish(number, step)
                return
            case _:
                told = deciding.revoked(here, actor.id, why, today, True)
        self._keep(number, told)

    def scope(self) -> dict[str, Any] | None:
        """What `that` sees."""
        if not self._documents:
            return None
        views = [self._view(one) for one in self._documents]
        return {"document": views[-1], "documents": views, "now": int(self.now.timestamp())}

    def _publish(self, number: int, step: Step) -> None:
        here, today = self._at(number), self.now.date()
        deciding.demand_publishable(here)
        year = self._declared.year(today)
        n = self._last.get(year, 0) + 1
        drawn = Drawn(self._declared.series, year, n, self._declared.number(_CITY, today.year, n))
        days = {name: date.fromisoformat(str(step.fields[name])) for name in ("since", "until") if name in step.fields}
        told = deciding.published(self._declared, here, drawn, today, **days)
        before = here["data"].get("replaces")
        old = None
        if before is not None and self._at(int(before))["state"] != "revoked":
            first = date.fromisoformat(told[1]["set"]["since"])
            old = deciding.replaced(self._at(int(before)), here, first)
        self._last[year] = n
        self._keep(number, told)
        if old is not None:
            self._keep(int(before), old)

    def _run_out(self) -> None:
        today = self.now.date()
        for number, one in enumerate(self._documents, start=1):
            due = model.due_on(one["data"], one["state"])
            if due is not None and due <= today.isoformat():
                is_over = one["data"]["until"] < today.isoformat()
                self._keep(number, deciding.expired(one) if is_over else deciding.expiry_told(one, today))

    def _view(self, state: State) -> dict[str, Any]:
        data = state["data"]
        rest = {name: data.get(name) for name in ("number", "version", "since", "until", "replaces", "replaced_by")}
        return {
            **dict.fromkeys(self._declared.given()), **data["fields"], **rest, "title": data["title"],
            "text": data["text"], "items": data["items"], "state": state["state"], "waits": model.waiting_for(state),
            "warned": bool(data.get("warned")), "in_force": model.is_in_force(data, self.now.date()),
        }  # fmt: skip

    def _next(self) -> str:
        return str(len(self._documents) + 1)

    def _at(self, number: int) -> State:
        if not 1 <= number <= len(self._documents):
            raise NotFound(f"there is no document {number}")
        return self._documents[number - 1]

    def _read(self, step: Step, here: State | None) -> dict[str, Any]:
        given: dict[str, Any] = {name: value for name, value in step.fields.items() if name in CONTENT}
        rest = {name: value for name, value in step.fields.items() if name not in CONTENT}
        if rest or here is None:
            given["fields"] = rest
        before = here["data"] if here is not None else None
        return content.read(self._declared, given, before, int(self.now.timestamp()), _anything)

    def _keep(self, number: int | None, told: Told) -> None:
        type_, payload = told
        before = self._at(number) if number is not None else None
        state = apply(before, payload, int(self.now.timestamp()))
        self.events.append(type_)
        if number is None:
            self._documents.append(state)
        else:
            self._documents[number - 1] = state


def _anything(kind: str, code: str) -> dict[str, Any] | None:
    """Every code exists but `nothing`."""
    return None if code == "nothing" else {"id": code, "key": code, "code": code}
