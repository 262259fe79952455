"""Drawing at random so that everybody can do it again: things, and who inspects each. Pure.

What is drawn is put in the order of SHA-256 over the seed and its name, and the first are taken. So a draw needs no
generator, only the seed and the lists, and whoever has both finds the same in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256

from xiuhua.platform.errors import ConditionUnmet


def ordered(seed: str, names: Collection[str]) -> list[str]:
    """All of them in the order of the draw."""
    return sorted(names, key=lambda one: (_digest(seed, one), one))


def drawn(seed: str, names: Collection[str], count: int) -> list[str]:
    """So many of them; all where there are fewer."""
    return ordered(seed, names)[:count]


def by_quota(seed: str, types: Mapping[str, str], quota: Mapping[str, int]) -> list[str]:
    """Of each type so many. `types`: name → type. Raises `ConditionUnmet` where a type has fewer."""
    found: list[str] = []
    for type_, count in quota.items():
        some = [name for name, its in types.items() if its == type_]
        if len(some) < count:
            raise ConditionUnmet(f"of {type_} there are {len(some)}, not {count}", type=type_, there=len(some))
        found += drawn(seed, some, count)
    return found


def inspectors(
    seed: str, things: Sequence[str], people: Collection[str], each: int, excluded: Callable[[str, str], bool]
) -> dict[str, list[str]]:
    """Who inspects each thing: drawn among those who may and have the fewest so far.

    `excluded(thing, person)`: whether somebody must not inspect a thing. Raises `ConditionUnmet` where fewer than
    `each` remain.
    """
    load = dict.fromkeys(sorted(people), 0)
    found: dict[str, list[str]] = {}
    for thing in things:
        may = [one for one in load if not excluded(thing, one)]
        if len(may) < each:
            raise ConditionUnmet(f"{len(may)} people may inspect {thing}, {each} are needed", thing=thing)
        may.sort(key=lambda one: (load[one], _digest(seed, f"{thing}|{one}"), one))
        found[thing] = may[:each]
        for one in found[thing]:
            load[one] += 1
    return found


def _digest(seed: str, name: str) -> str:
    return sha256(f"{seed}|{name}".encode()).hexdigest()
