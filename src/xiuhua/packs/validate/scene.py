"""What every check looks at: the pack, the packs it needs, and the names made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xiuhua.packs.known import Known
from xiuhua.packs.pack import KINDS, Pack
from xiuhua.packs.problems import Path, Problem, did_you_mean, hint_for
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.walk import Part, parts


@dataclass(frozen=True)
class Scene:
    """One pack among others."""

    pack: Pack
    library: Mapping[str, Pack]
    known: Known

    @cached_property
    def visible(self) -> tuple[Pack, ...]:
        """The pack and, at any remove, the packs it needs."""
        found: dict[str, Pack] = {self.pack.name: self.pack}
        queue = list(self.pack.head.needs)
        while queue:
            name = queue.pop(0)
            if name not in found and name in self.library:
                found[name] = self.library[name]
                queue += found[name].head.needs
        return tuple(found.values())

    def named(self, kind: str) -> dict[str, Any]:
        """Declarations of a kind by name, of this pack and those it needs."""
        return {name: one for pack in reversed(self.visible) for name, one in pack.of_kind(kind).items()}

    def declared(self, kind: str) -> set[str]:
        """Names of a kind, of this pack also those whose declaration is broken: they are reported already."""
        broken = {str(path[1]) for path in self.pack.sources if path[0] == kind and len(path) == 2}
        return set(self.named(kind)) | broken

    def procedures(self) -> Iterator[tuple[str, Procedure]]:
        """The procedures of the pack that have a track main; without it little can be said of one."""
        for name, procedure in self.pack.procedures.items():
            if "main" in procedure.tracks:
                yield name, procedure

    def countable(self) -> set[str]:
        """What an indicator can count."""
        procedures = self.named("procedures").values()
        names = {one.subject for one in procedures}
        names |= {f"{one.subject}.{track}" for one in procedures for track in (*one.tracks, "run") if track != "main"}
        names |= {f"{one.subject}.leg" for one in procedures if "legs" in one.data}
        for kind in ("registers", "ledgers", "checklists", "plans", "documents"):
            names |= self.declared(kind)
        names |= {
            f"{one}.{part}" for one in self.declared("checklists") for part in ("finding", "rectification", "run")
        }
        return names | set(self.known.records)

    def problem(self, path: Path, code: str, *, at_key: bool = False, hint: str = "", **params: Any) -> Problem:
        """A problem at a path that begins with the kind, e.g. `("procedures", "city_case", "actions")`."""
        return Problem(self.pack.place(*path, at_key=at_key), code, params, hint)

    def unknown(self, path: Path, what: str, found: str, known: Iterable[str], at_key: bool = False) -> Problem:
        """`found` does not exist; `what` is state, track, action …"""
        near = did_you_mean(found, set(known))
        return self.problem(path, f"no_such_{what}", at_key=at_key, hint=hint_for(near), found=found, **near)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Everything in every declaration of the pack, paths beginning with the kind."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        if ("pack",) in self.pack.sources:
            yield from parts(self.pack.head, ("pack",))
        for kind in KINDS:
            for name, one in self.pack.of_kind(kind).items():
                yield from parts(one, (kind, name))
        for number, scenario in enumerate(self.pack.scenarios):
            yield from parts(scenario, ("scenarios", number))
