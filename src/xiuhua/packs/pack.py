"""A pack in memory: its declarations as models, where each of them stands, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

import orjson

from xiuhua.packs.common import Declaration, PackHead
from xiuhua.packs.kinds import Appraisal, Checklist, Document, Indicator, Ledger, Plan, Register, Rule
from xiuhua.packs.notice import Notice
from xiuhua.packs.problems import Path, Place, dotted
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.scenario import Scenario
from xiuhua.packs.yaml import Document as YamlDocument

GRAMMAR: Final = 1
"""Version of the grammar; it is kept with every installed pack, so that an old one can be read for ever."""

KINDS: Final[Mapping[str, type[Declaration]]] = {
    "registers": Register, "ledgers": Ledger, "procedures": Procedure, "checklists": Checklist, "plans": Plan,
    "rules": Rule, "indicators": Indicator, "appraisals": Appraisal, "documents": Document, "notices": Notice,
}  # fmt: skip
"""The ten kinds: name of the file or folder → grammar of one declaration."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a declaration stands: the file, and the path to it there."""

    document: YamlDocument
    path: Path


@dataclass(frozen=True)
class Pack:
    """One version of a pack. Mappings go from name to declaration, in the order they are written."""

    head: PackHead
    digest: str
    """SHA-256 of all that runs: head, declarations, data files. Layout, comments, README, scenarios and samples do not
    count."""
    content: Mapping[str, Any] = field(repr=False)
    """The declarations as plain data, for keeping."""
    registers: Mapping[str, Register] = field(default_factory=dict)
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    scenarios: tuple[Scenario, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
    """Data files: name → SHA-256."""
    templates: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Templates by their name in `templates/`: their text."""
    samples: Mapping[str, FilePath] = field(default_factory=dict, repr=False, compare=False)
    """Register or ledger → its file of sample rows in `samples/`. Like scenarios they do not count in the digest."""
    folder: FilePath | None = None
    sources: Mapping[Path, Source] = field(default_factory=dict, repr=False, compare=False)
    """`("procedures", "city_case")`, `("scenarios", 0)`, `("pack",)` → where it stands."""

    @property
    def name(self) -> str:
        """The name in `pack.yaml`."""
        return self.head.name

    def of_kind(self, kind: str) -> Mapping[str, Declaration]:
        """The declarations of one of the ten kinds."""
        declared: Mapping[str, Declaration] = getattr(self, kind)
        return declared

    def place(self, *path: str | int, at_key: bool = False) -> Place:
        """Where something stands, e.g. `place("procedures", "city_case", "actions", "dispatch", "to")`."""
        width = 1 if path[:1] == ("pack",) else 2
        source = self.sources.get(path[:width])
        if source is None:
            return Place("", path=dotted(path[1:]))
        place = source.document.place((*source.path, *path[width:]), at_key)
        return Place(place.file, place.line, place.column, dotted(path[1:]))


def digest_of(content: Mapping[str, Any]) -> str:
    """The digest of plain declarations. Order within one counts (the first state is the initial one)."""
    return hashlib.sha256(orjson.dumps(content)).hexdigest()
