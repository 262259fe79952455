"""The packs that a pack needs exist, and not in a circle; no name is declared by two packs."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.packs.pack import KINDS
from xiuhua.packs.problems import Problem
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """Needs of the head, and names against the rest of the library."""
    others = set(scene.library) - {scene.pack.name}
    for number, name in enumerate(scene.pack.head.needs):
        path = ("pack", "needs", number)
        if name == scene.pack.name or scene.pack.name in _needed(scene, name):
            yield scene.problem(path, "needs_circle", name=name)
        elif name not in others:
            yield scene.unknown(path, "pack", name, others)
    yield from _declared_elsewhere(scene)


def _needed(scene: Scene, name: str) -> set[str]:
    """The packs that one needs, at any remove."""
    found: set[str] = set()
    queue = [name]
    while queue:
        pack = scene.library.get(queue.pop())
        for one in pack.head.needs if pack else ():
            if one not in found:
                found.add(one)
                queue.append(one)
    return found


def _declared_elsewhere(scene: Scene) -> Iterator[Problem]:
    """A city runs many packs at once and calls things by name alone, so a name belongs to one pack."""
    for other in scene.library.values():
        if other.name == scene.pack.name:
            continue
        for kind in KINDS:
            for name in scene.pack.of_kind(kind):
                if name in other.of_kind(kind):
                    yield scene.problem((kind, name), "declared_elsewhere", at_key=True, name=name, pack=other.name)
