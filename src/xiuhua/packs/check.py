"""Checks packs in folders, shape and meaning, all errors at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xiuhua.packs.known import Known
from xiuhua.packs.loader import LIBRARY, load_library, read_pack, within
from xiuhua.packs.pack import Pack
from xiuhua.packs.problems import Place, Problem
from xiuhua.packs.validate import check

_ECHOES: Final = {
    "registers": ("no_such_register", "no_such_inspected", "no_such_per", "no_such_countable"),
    "ledgers": ("no_such_ledger", "no_such_countable"),
    "procedures": ("no_such_procedure", "no_such_event", "no_such_countable"),
    "checklists": ("no_such_checklist", "no_such_countable"),
    "plans": ("no_such_plan", "no_such_countable"),
    "indicators": ("no_such_indicator",),
    "documents": ("no_such_document",),
}
"""When a file of that kind has errors of shape, what cannot be said of its names."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    packs: tuple[Pack, ...]
    """Those looked at, as far as they could be read."""
    library: dict[str, Pack]
    """All that they may need, themselves included."""
    problems: tuple[Problem, ...]
    """By file and line, the files as seen from the folder that was given."""
    looked_at: int
    wrong: int
    """How many packs have problems."""


def check_path(path: Path | None = None, known: Known | None = None, library: Path = LIBRARY) -> Checked:
    """Check a pack, a folder of packs, or (None) the whole library that this program brings."""
    where = library if path is None else path.resolve()
    alone = (where / "pack.yaml").exists() or (path is not None and not any(where.glob("*/pack.yaml")))
    folders = [where] if alone else sorted(one for one in where.iterdir() if one.is_dir() and one.name[0] not in "._")
    read = {folder: read_pack(folder) for folder in folders}
    packs = [pack for pack, _ in read.values() if pack is not None]
    around = {} if where == library else load_library(library)[0]
    # A copy of a shipped pack that somebody works on stands for the shipped one.
    everything = {**around, **{pack.name: pack for pack in packs}}
    problems: list[Problem] = []
    wrong = 0
    for folder, (pack, found) in read.items():
        meaning = check(pack, everything, known) if pack is not None else []
        mine = [*found, *_without_echoes(meaning, found)]
        mine.sort(key=lambda one: (one.file, one.line, one.column))
        problems += mine if alone else [within(folder.name, one) for one in mine]
        wrong += bool(mine)
    return Checked(tuple(packs), everything, tuple(problems), len(folders), wrong)


def _without_echoes(problems: list[Problem], shape: list[Problem]) -> list[Problem]:
    """Without those that only come of a broken shape: at its very place, or missing what could not be read."""
    broken: set[Place] = {one.place for one in shape}
    unread = {one.file.partition("/")[0].removesuffix(".yaml") for one in shape}
    echoes = {code for kind in unread for code in _ECHOES.get(kind, ())}
    return [one for one in problems if one.place not in broken and one.code not in echoes]
