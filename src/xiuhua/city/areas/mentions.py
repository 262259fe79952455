"""Which names of the city stand in a text, and what each can mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from xiuhua.city.areas.names import forms


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one form of a name can stand for."""

    weak: bool
    """It is a name without its ending, an ordinary word as often."""
    areas: tuple[str, ...] = ()
    """Codes."""
    roads: tuple[str, ...] = ()
    """Names in `Streets`."""
    places: tuple[int, ...] = ()
    """Numbers of named places."""

    def joined(self, other: Meaning) -> Meaning:
        """Both; but a form that is somebody's full name is no weak sign for others."""
        if self.weak != other.weak:
            return other if self.weak else self
        return Meaning(
            self.weak,
            tuple(dict.fromkeys(self.areas + other.areas)),
            tuple(dict.fromkeys(self.roads + other.roads)),
            tuple(dict.fromkeys(self.places + other.places)),
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text."""

    start: int
    end: int
    words: str
    means: Meaning


class Names:
    """All forms of all names, searched for at once."""

    def __init__(self, named: Iterable[tuple[str, str, Meaning]]) -> None:
        """`named`: name, kind of thing (`names.forms`), and what it stands for."""
        meanings: dict[str, Meaning] = {}
        for name, kind, means in named:
            for form, weak in forms(name, kind):
                meaning = Meaning(weak, means.areas, means.roads, means.places)
                known = meanings.get(form)
                meanings[form] = known.joined(meaning) if known else meaning
        self._meanings = list(meanings.values())
        self._automaton = AhoCorasick(list(meanings)) if meanings else None

    def mentions(self, text: str) -> list[Mention]:
        """Names in the order of the text, none overlapping: full before weak ones, longer before shorter."""
        if self._automaton is None:
            return []
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if len(hits) > 1:
            hits.sort(key=lambda hit: (self._meanings[hit[0]].weak, hit[1] - hit[2], hit[1]))
        taken = bytearray(len(text))
        found = []
        for number, start, end in hits:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Mention(start, end, text[start:end], self._meanings[number]))
        found.sort(key=lambda mention: mention.start)
        return found
