"""What other rooms have begun: a rule's task, a failed item's procedure. What cannot begin stays with them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.flow.model import State
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.proceedings import model
from xiuhua.proceedings.service import Proceedings, Thing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Follows:
    """Begins procedures for other rooms, in their transaction, by the system."""

    proceedings: Proceedings

    def task(
        self, tx: Tx, city: str, name: str, to: str | None, about: Sequence[tuple[str, str]],
        fields: Mapping[str, Any], why: Mapping[str, str],
    ) -> str | None:  # fmt: skip
        """The task of a rule, where a procedure of its name runs here; its stream, or None: the finding is what waits.

        Of the fields it takes those of the same name, and `title` or `what` of the rule's title.
        """
        told = {**dict.fromkeys(("title", "what"), why["zh"]), **({"unit": to} if to else {}), **fields}
        thing = Thing(*about[0]) if about else None
        return self._begin(tx, city, name, told, thing)

    def failed(self, tx: Tx, actor: Actor, inspection: State, starts: Sequence[Mapping[str, str]]) -> None:
        """A procedure for each failed item that declares one; about the inspection, for the unit inspected."""
        data = inspection["data"]
        called = str((data.get("thing") or {}).get("called") or "")
        for one in starts:
            told = {
                "line": inspection["procedure"], "about": called, "unit": data.get("unit"),
                **{part: f"{called} {one['item']}".strip() for part in ("title", "what")},
            }  # fmt: skip
            self._begin(tx, actor.city, one["procedure"], told, Thing("inspection", inspection["id"]))

    def _begin(self, tx: Tx, city: str, name: str, told: Mapping[str, Any], about: Thing | None) -> str | None:
        found = model.of_room(self.proceedings.view(tx, city).procedures).get(name)
        if found is None:
            return None
        action = found.actions[model.beginning(found)]
        fields = {one: told[one] for one in action.fields if told.get(one) is not None}
        try:
            with tx.connection.transaction():
                made = self.proceedings.begin(tx, system(city), name, fields, about=about)
        except XiuhuaError as error:
            _log.warning("%s was not begun: %s", name, error.code())
            return None
        return f"{found.subject}/{made.state['id']}"
