"""A city's catalogue compiled for use: look up, follow old codes to new ones, find conditions. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from xiuhua.city.categories.model import (
    AreaClass,
    Category,
    CategoryClass,
    CodeMapping,
    FilingCondition,
    Key,
    Status,
    parse_key,
)
from xiuhua.platform.errors import NotFound

NEAREST: Final = 3
"""How many known categories an error about an unknown one names."""


class Catalogue:
    """Everything about a city's categories, ready in memory; never changed after it was made."""

    def __init__(
        self,
        categories: Iterable[Category],
        mappings: Iterable[CodeMapping] = (),
        conditions: Iterable[FilingCondition] = (),
    ) -> None:
        """`conditions` holds every version of every condition, old and new."""
        self._categories = {one.key: one for one in categories}
        self._forward: dict[str, list[CodeMapping]] = defaultdict(list)
        self._backward: dict[str, list[CodeMapping]] = defaultdict(list)
        for mapping in mappings:
            self._forward[mapping.old].append(mapping)
            if mapping.new:
                self._backward[mapping.new].append(mapping)
        self._by_category: dict[str, list[str]] = {}
        self._versions: dict[str, list[FilingCondition]] = defaultdict(list)
        for given in sorted(conditions, key=lambda one: (condition_order(one.id), one.version)):
            condition = self._with_newest(given)
            self._versions[condition.id].append(condition)
            ids = self._by_category.setdefault(condition.category, [])
            if condition.id not in ids:
                ids.append(condition.id)
        self._families: dict[str, tuple[str, ...]] = {}
        self._faults = {(c.standard, c.of): c for c in self._categories.values() if c.of}

    def _with_newest(self, condition: FilingCondition) -> FilingCondition:
        newest = self._chain(condition.category)[-1]
        return condition if newest == condition.category else replace(condition, mapped=newest)

    def __len__(self) -> int:
        return len(self._categories)

    def __iter__(self) -> Iterator[Category]:
        return iter(self._categories.values())

    def __contains__(self, key: str) -> bool:
        return key in self._categories

    def get(self, key: str) -> Category | None:
        """The category of a key, None when there is none."""
        return self._categories.get(key)

    def category(self, key: str) -> Category:
        """The category of a key. Raises `NotFound` that names the key and the nearest known ones."""
        found = self._categories.get(key)
        if found is None:
            near = [f"{one.key} ({one.name})" for one in self.nearest(key)]
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise NotFound(f"There is no category {key!r}.{hint}", category=key, nearest=near)
        return found

    def nearest(self, key: str, limit: int = NEAREST) -> list[Category]:
        """Known categories that a wrong key may have meant: same code elsewhere, then a like code."""
        wanted = parse_key(key)
        code = wanted.code if wanted else key.rpartition("/")[2]
        scored = [(_likeness(one, wanted, code, key), one) for one in self._categories.values()]
        scored.sort(key=lambda pair: (-pair[0], pair[1].key))
        return [one for score, one in scored[:limit] if score > 0]

    def mappings(self, key: str) -> list[CodeMapping]:
        """What is known of a category's later fate, unsure candidates included."""
        return list(self._forward.get(key, ()))

    def newest(self, key: str) -> Category:
        """The category that a key became in the newest standard; itself when it stayed or was dropped.

        Raises `NotFound` for an unknown key.
        """
        return self.category(self._chain(key)[-1])

    def _chain(self, key: str) -> list[str]:
        """The key and, in order, what it became; unsure candidates are not followed."""
        chain = [key]
        while (step := next((one for one in self._forward.get(chain[-1], ()) if one.followed), None)) is not None:
            if step.new in chain:
                break
            chain.append(step.new)
        return chain

    def _origins(self, key: str) -> list[str]:
        """Every older key that became this one, nearest first."""
        found, queue = [], [key]
        while queue:
            for mapping in self._backward.get(queue.pop(0), ()):
                if mapping.followed and mapping.old not in found and mapping.old != key:
                    found.append(mapping.old)
                    queue.append(mapping.old)
        return found

    def fault_of(self, key: str) -> Category | None:
        """The matter "… fault" of a part, in standards that list one for each part."""
        part = self.category(key)
        return self._faults.get((part.standard, part.code)) if not part.of else None

    def part_of(self, key: str) -> Category | None:
        """The part whose fault a matter is."""
        matter = self.category(key)
        return self._categories.get(f"{matter.standard}/part/{matter.of}") if matter.of else None

    def family(self, key: str) -> tuple[str, ...]:
        """Keys under which its conditions may stand: itself, newer and older ones, its fault or part.

        Raises `NotFound` for an unknown key.
        """
        known = self._families.get(key)
        if known is None:
            known = self._families[key] = self._family(key)
        return known

    def _family(self, key: str) -> tuple[str, ...]:
        self.category(key)
        keys = [*self._chain(key), *self._origins(key)]
        for one in list(keys):
            other = self.fault_of(one) or self.part_of(one)
            if other is not None:
                keys += [other.key, *self._origins(other.key)]
        return tuple(dict.fromkeys(keys))

    def conditions(
        self,
        category: str,
        on: date,
        area_class: AreaClass | str | None = None,
        standard_set: str | None = None,
    ) -> list[FilingCondition]:
        """Conditions that hold for a category on a day, its own first, then those under mapped keys.

        With an area class: those for it and those for all. Without one: every variant, since the place's
        class is not known. Raises `NotFound` for an unknown category.
        """
        wanted = AreaClass(area_class) if area_class else None
        ids = [id_ for key in self.family(category) for id_ in self._by_category.get(key, ())]
        valid = (self._valid(id_, on) for id_ in dict.fromkeys(ids))
        return [
            one
            for one in valid
            if one is not None
            and (wanted is None or one.area_class in {None, wanted})
            and (standard_set is None or one.standard_set == standard_set)
        ]

    def _valid(self, id_: str, on: date) -> FilingCondition | None:
        """The version that holds on a day; the later one where a correction reached back."""
        return next((one for one in reversed(self._versions.get(id_, ())) if one.valid_on(on)), None)

    def get_condition(self, id_: str, on: date | None = None) -> FilingCondition | None:
        """One condition as it holds on a day, or its latest version; None when there is none."""
        return self._valid(id_, on) if on else next(reversed(self._versions.get(id_, ())), None)

    def condition(self, id_: str, on: date | None = None) -> FilingCondition:
        """Like `get_condition`, but raises `NotFound`."""
        found = self.get_condition(id_, on)
        if found is None:
            when = f" on {on}" if on and id_ in self._versions else ""
            raise NotFound(f"There is no filing condition {id_!r}{when}.", condition=id_)
        return found

    def history(self, id_: str) -> list[FilingCondition]:
        """All versions of a condition, oldest first."""
        return list(self._versions.get(id_, ()))

    def condition_ids(self, standard_set: str | None = None) -> list[str]:
        """Ids of all conditions, in the order of their categories."""
        return [
            id_
            for id_, versions in self._versions.items()
            if standard_set is None or versions[0].standard_set == standard_set
        ]

    def classes(self) -> list[CategoryClass]:
        """Every class of every standard, in order."""
        groups: dict[tuple[str, str, str], list[Category]] = defaultdict(list)
        for one in self._categories.values():
            groups[one.standard, one.kind, one.class_code].append(one)
        return [
            CategoryClass(first.standard, first.kind, first.class_code, first.class_name,
                          first.class_name_en, len(group))
            for _, group in sorted(groups.items())
            for first in group[:1]
        ]  # fmt: skip

    def find(self, text: str, limit: int = 20) -> list[Category]:
        """Categories by name in either language, by code or key: exact first, then those that contain it.

        Standards in force come before superseded ones.
        """
        wanted = " ".join(text.casefold().split())
        if not wanted:
            return []
        ranked = [(rank, one) for one in self._categories.values() if (rank := _rank(one, wanted)) is not None]
        ranked.sort(key=lambda pair: (pair[0], pair[1].status is not Status.IN_FORCE, pair[1].key))
        return [one for _, one in ranked[:limit]]


def condition_order(id_: str) -> tuple[str, str, str, int, str]:
    """Sort key of condition ids: by set, kind and code, then by number and area class."""
    standard_set, kind, code, last = id_.split("/")
    number = last.rstrip("ABC")
    return standard_set, kind, code, int(number), last[len(number) :]


def _rank(one: Category, wanted: str) -> int | None:
    names = [name.casefold() for name in (one.name, one.name_en, *one.also) if name]
    if wanted in names or wanted in {one.code, one.key.casefold()}:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else None


def _likeness(one: Category, wanted: Key | None, code: str, key: str) -> float:
    """How likely a category was meant: the same code counts most, then standard and kind, then digits."""
    if wanted is None:
        return SequenceMatcher(None, one.key, key).ratio() if "/" in key else float(one.code == code)
    same = (one.standard == wanted.standard) + (one.kind == wanted.kind)
    if one.code == code:
        return 4.0 + same
    if not same:
        return 0.0
    swapped = sorted(one.code) == sorted(code)
    near = 1 / (1 + abs(int(one.code) - int(code)))
    return same + SequenceMatcher(None, one.code, code).ratio() + swapped / 2 + near / 2
