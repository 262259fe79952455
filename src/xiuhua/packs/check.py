"""Checks packs in folders, shape and meaning, all errors at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xiuhua.packs.known import Known
from xiuhua.packs.loader import LIBRARY, load_library, read_pack, within
from xiuhua.packs.pack import Pack
from xiuhua.packs.problems import Place, Problem
from xiuhua.packs.validate import check


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
        mine = [*found, *(_without_echoes(check(pack, everything, known), found) if pack is not None else ())]
        mine.sort(key=lambda one: (one.file, one.line, one.column))
        problems += mine if alone else [within(folder.name, one) for one in mine]
        wrong += bool(mine)
    return Checked(tuple(packs), everything, tuple(problems), len(folders), wrong)


def _without_echoes(problems: list[Problem], shape: list[Problem]) -> list[Problem]:
    """Without those at the very place of a broken shape: they only say again that something is wrong there."""
    broken: set[Place] = {one.place for one in shape}
    return [one for one in problems if one.place not in broken]
