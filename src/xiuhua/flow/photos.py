"""Photos that actions name: each must have been sent in before, by somebody of the same city."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Work
from xiuhua.packs.procedure import Action
from xiuhua.platform.errors import Invalid
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named

_TYPE: Final = "photo"
_SHOWN: Final = 64
"""Characters of an unknown id that an error repeats."""


def demand(work: Work, kind: str, id_: str, action: Action | None, attempt: Attempt, why: Callable[[str], str]) -> None:
    """An action's photos must be there. Raises `Invalid` with each that is not; other faults the engine finds."""
    specs = action.fields if action is not None else {}
    named = [
        (name, photo)
        for name, value in attempt.fields.items()
        if name in specs and specs[name].type == _TYPE
        for photo in _texts(value)
    ]
    lost = _named(work, [Named(photo, kind, id_) for _, photo in named])
    if lost:
        errors: list[dict[str, Any]] = [
            {"field": name, "reason": "no_photo", "why": why(photo), "limits": {"id": photo[:_SHOWN]}}
            for name, photo in named
            if photo in lost
        ]
        raise Invalid(errors[0]["why"], errors=errors)


def _named(work: Work, wanted: list[Named]) -> set[str]:
    """The ids that are no photos. Those found in this unit of work before are noted with all others at its end."""
    asked = [one for one in wanted if (_TYPE, one.media) not in work.seen]
    lost = uses.name(work.tx, work.city, asked)
    work.seen.update((_TYPE, one.media) for one in asked if one.media not in lost)
    if not lost:
        work.put_off(_note, [one for one in wanted if one not in asked])
    return lost


def _note(work: Work, named: list[Named]) -> None:
    uses.name(work.tx, work.city, named)


def _texts(value: Any) -> list[str]:
    """The ids in a field's value; what is neither a text nor a list of texts is the engine's to refuse."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
