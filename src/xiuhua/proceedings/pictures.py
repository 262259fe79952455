"""Who may see the photos of proceedings."""

from __future__ import annotations

from collections.abc import Sequence

from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media.uses import Named, Sees
from xiuhua.proceedings import model, seeing
from xiuhua.proceedings.service import Proceedings


def sees_by(proceedings: Proceedings) -> Sees:
    """The port that media ask: whether a person may read any of the proceedings that name a photo."""

    def sees(tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        mine = [one for one in named if model.owns(one.kind)]
        if not mine:
            return False
        view = proceedings.view(tx, actor.city)
        kinds = {one.kind for one in mine}
        return any(
            seeing.sees(view, actor, state)
            for kind in kinds
            for _, state in proceedings.docs(
                tx, actor.city, kind, [one.subject for one in mine if one.kind == kind]
            ).values()
        )

    return sees
