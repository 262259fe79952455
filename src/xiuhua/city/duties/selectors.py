"""How a duty row may name a category: itself, a mapped code, a group, a class, a kind, all. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from xiuhua.city.duties.model import EVERYTHING, GROUP, CategoryGroup, split_category

CLASS_DIGITS: Final = 3
"""A class is named by at most this many digits; keys of every standard have at least one more."""
_MAPPED = 20
"""Mapped keys told apart by rank; further ones share the last."""
_CATEGORY, _FIRST_MAPPED, _GROUP, _CLASS, _MAPPED_CLASS = 0, 1, 30, 40, 50
_KIND, _MAPPED_KIND, _ALL = 200, 201, 230


class Named(NamedTuple):
    """One way in which a row may name a category."""

    rank: int
    """The smallest is the most specific."""
    word: str
    """One of `CATEGORY_WORDS`."""
    selector: str


class Groups:
    """Named groups in all their versions: which of them hold a category on a day."""

    def __init__(self, groups: Iterable[CategoryGroup]) -> None:
        self._by_member: dict[str, list[CategoryGroup]] = {}
        edges = set()
        for group in groups:
            edges.add(group.valid_from.toordinal())
            if group.valid_to is not None:
                edges.add((group.valid_to + timedelta(days=1)).toordinal())
            for member in group.members:
                self._by_member.setdefault(member, []).append(group)
        self._edges = sorted(edges)

    def era(self, day: int) -> int:
        """A number that is the same for days (ordinals) on which every group has the same members."""
        return bisect_right(self._edges, day)

    def holding(self, keys: Sequence[str], day: int) -> list[str]:
        """Selectors of the groups that hold any of these keys on a day."""
        found: dict[str, None] = {}
        for key in keys:
            for member in (key, *_classes(key), split_category(key)[0]):
                for group in self._by_member.get(member, ()):
                    last = group.valid_to
                    if group.valid_from.toordinal() <= day and (last is None or day <= last.toordinal()):
                        found[GROUP + group.code] = None
        return sorted(found)


def ways(category: str, mapped: Sequence[str], groups: Groups, day: int) -> list[Named]:
    """Every way to name a category on a day (an ordinal), the most specific first, each selector once."""
    found: dict[str, Named] = {}
    for named in _ways(category, mapped, groups, day):
        found.setdefault(named.selector, named)
    return list(found.values())


def _ways(category: str, mapped: Sequence[str], groups: Groups, day: int) -> Iterator[Named]:
    places = [min(place, _MAPPED - 1) for place in range(len(mapped))]
    yield Named(_CATEGORY, "category", category)
    for place, key in zip(places, mapped, strict=True):
        yield Named(_FIRST_MAPPED + place, "mapped", key)
    for group in groups.holding((category, *mapped), day):
        yield Named(_GROUP, "group", group)
    for step, selector in enumerate(_classes(category)):
        yield Named(_CLASS + step, "class", selector)
    for place, key in zip(places, mapped, strict=True):
        for step, selector in enumerate(_classes(key)):
            yield Named(_MAPPED_CLASS + place * (CLASS_DIGITS + 1) + step, "mapped_class", selector)
    yield Named(_KIND, "kind", split_category(category)[0])
    for place, key in zip(places, mapped, strict=True):
        yield Named(_MAPPED_KIND + place, "mapped_kind", split_category(key)[0])
    yield Named(_ALL, "all", EVERYTHING)


def _classes(key: str) -> tuple[str, ...]:
    """Selectors of every class a key may be in, the longest first."""
    head, code = split_category(key)
    return tuple(f"{head}/{code[:digits]}" for digits in range(min(CLASS_DIGITS, len(code) - 1), 0, -1))


def is_class(selector: str) -> bool:
    """Whether a selector names a class."""
    head, code = split_category(selector)
    return head.rpartition("/")[2] in {"part", "matter"} and code.isdigit() and len(code) <= CLASS_DIGITS


def is_kind(selector: str) -> bool:
    """Whether a selector names all parts or all matters of a standard."""
    standard, _, kind = selector.rpartition("/")
    return bool(standard) and kind in {"part", "matter"}
