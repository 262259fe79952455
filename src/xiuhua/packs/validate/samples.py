"""Sample data: each file is named for a register or ledger of the pack. What stands in it `xiuhua pack test` tries."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.packs.problems import Place, Problem, did_you_mean, hint_for
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """Every file is of a register or ledger that the pack itself declares."""
    pack = scene.pack
    broken = {str(path[1]) for path in pack.sources if path[0] in ("registers", "ledgers")}
    known = {*pack.registers, *pack.ledgers, *broken}
    for name in pack.samples:
        if name not in known:
            near = did_you_mean(name, known)
            yield Problem(Place(f"samples/{name}.csv"), "no_such_sampled", {"found": name, **near}, hint_for(near))
