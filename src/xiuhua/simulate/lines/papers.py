"""Documents of the fictional district: drafted, sent back, approved step by step, published, revised, revoked."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from xiuhua.documents import model, query
from xiuhua.documents.query import DocumentFilter
from xiuhua.documents.service import Documents
from xiuhua.flow.model import State
from xiuhua.platform.identity.model import system
from xiuhua.simulate.lines.shape import Line
from xiuhua.simulate.lines.shape import Papers as Told
from xiuhua.simulate.lines.world import World

_WRITTEN_H: Final = (1, 6)
"""Hours of work until what is written is submitted."""
_LOOKED_AT_H: Final = (1, 9)
_REVISED_DAYS: Final = (30, 200)
_MOST: Final = 10_000
_PUBLISHER: Final = "leader"


class Papers:
    """The documents of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told = [one for line in lines for one in line.papers]
        self._service = world.services.port(Documents)

    def resume(self) -> None:
        """What is being written or waits goes on."""
        world = self._world
        wanted = DocumentFilter(state=("draft", "submitted", "approved"))
        for row in query.page(world.tx, system(world.city), wanted, None, _MOST):
            state = self._service.get(world.tx, system(world.city), row.id).state
            told = next((one for one in self._told if one.kind == state["procedure"]), None)
            if told is not None:
                self._next(told, state)

    def night(self) -> None:
        """What runs out."""
        self._service.turn_of(self._world.tx, self._world.city)

    def day(self, nth: int) -> None:
        """What is begun today."""
        world = self._world
        for told in self._told:
            if world.falls_on(told.when, nth):
                for _ in range(world.times(told.when)):
                    world.plan(world.within(told.when.hours), partial(self._draft, told))

    # ---- how

    def _draft(self, told: Told) -> None:
        world, by = self._world, self._world.anyone(told.by)
        if by is None:
            return
        items = [world.fields(told.item) for _ in range(world.chance.randint(*told.items))]
        given: dict[str, Any] = {
            "title": world.drawn(told.title), "text": world.drawn(told.text), "fields": world.fields(told.fields),
        }  # fmt: skip
        made = self._service.draft(world.tx, by, told.kind, given | ({"items": items} if items else {}))
        world.done["document drafted"] += 1
        self._next(told, made.state)

    def _next(self, told: Told, state: State) -> None:
        """Who gets to it next."""
        world, id_ = self._world, state["id"]
        match state["state"]:
            case "draft":
                role, hours, do = told.by, _WRITTEN_H, partial(self._submit, told, id_)
            case "submitted":
                role, hours, do = str(model.waiting_for(state)), _LOOKED_AT_H, partial(self._judge, told, id_)
            case "approved":
                role, hours, do = _PUBLISHER, _LOOKED_AT_H, partial(self._publish, told, id_)
            case _:
                return
        world.plan(world.after(role, world.chance.randint(*hours) * 3600), do)

    def _state(self, id_: str) -> State:
        return self._service.get(self._world.tx, system(self._world.city), id_).state

    def _submit(self, told: Told, id_: str) -> None:
        """What was sent back is written otherwise first."""
        world, state = self._world, self._state(id_)
        by = world.actor(state["data"]["authors"][0])
        if state["data"].get("sent_back"):
            text = f"{state['data']['text']}\n{world.words('done')}"
            self._service.change(world.tx, by, id_, {"text": text})
        self._next(told, self._service.submit(world.tx, by, id_).state)

    def _judge(self, told: Told, id_: str) -> None:
        world, state = self._world, self._state(id_)
        role, authors = model.waiting_for(state), state["data"]["authors"]
        others = [one for one in world.view.directory.holders(str(role)) if one not in authors]
        if not others:
            return
        by = world.actor(world.chance.choice(others))
        if world.likely(told.sent_back):
            done = self._service.send_back(world.tx, by, id_, world.words("sent_back"))
        else:
            done = self._service.approve(world.tx, by, id_)
        self._next(told, done.state)

    def _publish(self, told: Told, id_: str) -> None:
        world, by = self._world, self._world.anyone(_PUBLISHER)
        if by is None:
            return
        self._service.publish(world.tx, by, id_)
        world.done["document published"] += 1
        for share, do in ((told.revised, self._revise), (told.revoked, self._revoke)):
            if world.likely(share):
                days = world.chance.randint(*_REVISED_DAYS)
                world.plan(world.within([9, 17], days), partial(do, told, id_))
                return

    def _revise(self, told: Told, id_: str) -> None:
        world, state = self._world, self._state(id_)
        draft = self._service.revise(world.tx, world.actor(state["data"]["authors"][0]), id_)
        text = f"{draft.state['data']['text']}\n{world.words('done')}"
        by = world.actor(draft.state["data"]["authors"][0])
        self._next(told, self._service.change(world.tx, by, draft.state["id"], {"text": text}).state)
        world.done["document revised"] += 1

    def _revoke(self, _: Told, id_: str) -> None:
        world, by = self._world, self._world.anyone(_PUBLISHER)
        if by is not None:
            self._service.revoke(world.tx, by, id_, world.words("revoked"))
            world.done["document revoked"] += 1
