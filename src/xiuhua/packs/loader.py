"""Reads packs from folders: every problem of shape at once, with file, line, path and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from xiuhua.packs import yaml
from xiuhua.packs.common import PackHead, Title
from xiuhua.packs.known import DATA_FILES
from xiuhua.packs.pack import GRAMMAR, KINDS, Pack, Source, digest_of
from xiuhua.packs.problems import Path, Place, Problem, did_you_mean, hint_for
from xiuhua.packs.scenario import Scenario
from xiuhua.packs.shape import fit
from xiuhua.platform.errors import PackInvalid

M = TypeVar("M", bound=BaseModel)
LIBRARY: Final = FilePath(__file__).parent / "library"
"""The packs that this program brings."""

_DATA: Final = frozenset({".tsv", ".csv"})
_TEMPLATES: Final = frozenset({".docx", ".typ", ".md", ".txt", ".html"})
_FOLDERS: Final = (*KINDS, "scenarios", "samples", "templates")
_EXPECTED: Final = ("pack.yaml", *(f"{kind}.yaml" for kind in KINDS), "README.md", *_FOLDERS, *DATA_FILES)


UPCASTS: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""Version of the grammar → how content of it reads in the next one. A fixture of each is kept in the tests."""


def load_pack(folder: FilePath) -> tuple[Pack | None, list[Problem]]:
    """The pack in a folder, or None, with everything that is wrong with its shape.

    What its declarations say of one another is checked by `validate.check`.
    """
    pack, problems = read_pack(folder)
    return (None, problems) if problems else (pack, [])


def read_pack(folder: FilePath) -> tuple[Pack | None, list[Problem]]:
    """As `load_pack`, but with what could be read even when there are problems: for checking all of it in one go."""
    if not (folder / "pack.yaml").is_file():
        return None, [Problem(Place("pack.yaml"), "no_pack_yaml", {"folder": folder.name})]
    reading = _Reading(folder)
    for path in _files(folder):
        reading.file(path)
    return reading.pack(), reading.problems


def load_library(folder: FilePath = LIBRARY) -> tuple[dict[str, Pack], list[Problem]]:
    """All packs of a folder of packs by name; files in problems are relative to that folder.

    Read once as long as none of the files changes: fifty packs take some seconds.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    seen = tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in files for stat in (path.stat(),))
    packs, problems = _library(folder, seen)
    return dict(packs), list(problems)


@lru_cache(maxsize=4)
def _library(folder: FilePath, seen: tuple[tuple[str, int, int], ...]) -> tuple[dict[str, Pack], list[Problem]]:
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    for one in sorted(path for path in folder.iterdir() if path.is_dir() and not _hidden(path)):
        pack, wrong = load_pack(one)
        problems += (within(one.name, problem) for problem in wrong)
        if pack is not None:
            packs[pack.name] = pack
    return packs, problems


def within(folder: str, problem: Problem) -> Problem:
    """The same problem, its file seen from the folder above the pack."""
    place = problem.place
    seen = Place(f"{folder}/{place.file}", place.line, place.column, place.path)
    return Problem(seen, problem.code, problem.params, problem.hint_code)


def from_content(kept: Mapping[str, Any]) -> Pack:
    """A pack that was kept as plain data; it was valid when it was installed, under the grammar of then.

    Raises `PackInvalid` when a newer program kept it.
    """
    content, grammar = dict(kept), int(kept["grammar"])
    if grammar > GRAMMAR:
        raise PackInvalid(f"The pack is written in grammar {grammar}, this program knows {GRAMMAR}: use a newer one.")
    for older in range(grammar, GRAMMAR):
        content = UPCASTS[older](content)
    kinds: dict[str, Any] = {
        kind: {
            name: model.model_validate(one, by_alias=True, by_name=False) for name, one in content.get(kind, {}).items()
        }
        for kind, model in KINDS.items()
    }
    head = PackHead.model_validate(content["pack"])
    more = {"data": content.get("data", {}), "templates": content.get("templates", {})}
    return Pack(head, digest_of(kept), kept, **more, **kinds)


def _hidden(path: FilePath) -> bool:
    return path.name.startswith((".", "__"))


def _files(folder: FilePath) -> Iterator[FilePath]:
    """Files and folders to look at, `pack.yaml` first."""
    yield folder / "pack.yaml"
    for path in sorted(folder.iterdir()):
        if _hidden(path) or path.name == "pack.yaml":
            continue
        if path.is_dir() and path.name in _FOLDERS:
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one))
        else:
            yield path


@dataclass(slots=True)
class _Reading:
    """A pack being read."""

    folder: FilePath
    problems: list[Problem] = field(default_factory=list)
    head: PackHead | None = None
    models: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    plain: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    plain_head: dict[str, Any] = field(default_factory=dict)
    scenarios: list[Scenario] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    samples: dict[str, FilePath] = field(default_factory=dict)
    sources: dict[Path, Source] = field(default_factory=dict)

    def file(self, path: FilePath) -> None:
        """One file, by its name and place."""
        name = path.relative_to(self.folder).as_posix()
        top, _, rest = name.partition("/")
        if name == "pack.yaml":
            self._head(path, name)
        elif path.is_dir():
            self._unknown(name, "folder_unknown")
        elif top in KINDS and rest and path.suffix == ".yaml":
            self._declarations(path, name, top)
        elif name.removesuffix(".yaml") in KINDS and path.suffix == ".yaml":
            self._declarations(path, name, path.stem)
        elif top == "scenarios" and rest and path.suffix == ".yaml":
            self._scenarios(path, name)
        elif top == "samples" and rest and path.suffix == ".csv":
            self._decoded(path.read_bytes(), path, name)
            self.samples[path.stem] = path
        elif (top == "templates" and rest and path.suffix in _TEMPLATES) or (
            not rest and (path.suffix in _DATA or name in DATA_FILES)
        ):
            self._data(path, name)
        elif name != "README.md":
            self._unknown(name, "file_extension" if path.suffix == ".yml" else "file_unknown")

    def _unknown(self, name: str, code: str) -> None:
        near = did_you_mean(name, list(_EXPECTED))
        hint = "" if code == "file_extension" else hint_for(near)
        self.problems.append(Problem(Place(name), code, {"name": name, **near}, hint))

    def _read(self, path: FilePath, name: str) -> yaml.Document | None:
        document, problems = yaml.read(path.read_bytes(), name)
        self.problems += problems
        return document

    def _fit(self, model: type[M], document: yaml.Document, path: Path) -> M | None:
        """What stands there as a model; where the text itself is wrong already, its shape is not blamed too."""
        seen = {(one.file, one.line, one.column) for one in self.problems}
        fitted, problems = fit(model, document, path)
        self.problems += (one for one in problems if (one.file, one.line, one.column) not in seen)
        return fitted

    def _head(self, path: FilePath, name: str) -> None:
        document = self._read(path, name)
        if document is None:
            return
        self.head = self._fit(PackHead, document, ())
        if self.head is not None:
            self.sources["pack",] = Source(document, ())
            self.plain_head = document.data
            if self.head.name != self.folder.name:
                place = document.place(("name",))
                self.problems.append(
                    Problem(place, "folder_name", {"name": self.head.name, "folder": self.folder.name})
                )

    def _declarations(self, path: FilePath, name: str, kind: str) -> None:
        document = self._read(path, name)
        if document is None:
            return
        if not isinstance(document.data, dict):
            self.problems.append(Problem(document.place(()), "map_of_declarations", {"kind": kind}))
            return
        model = KINDS[kind]
        for one in document.data:
            if (kind, one) in self.sources:
                first = self.sources[kind, one].document
                params = {"name": one, "file": first.file, "line": first.place((one,), at_key=True).line}
                self.problems.append(Problem(document.place((one,), at_key=True), "declared_twice", params))
                continue
            self.sources[kind, one] = Source(document, (one,))
            declared = self._fit(model, document, (one,))
            if declared is not None:
                self.models[kind][one], self.plain[kind][one] = declared, document.data[one]

    def _scenarios(self, path: FilePath, name: str) -> None:
        document = self._read(path, name)
        if document is None:
            return
        many = isinstance(document.data, list)
        for number in range(len(document.data)) if many else (None,):
            where: Path = () if number is None else (number,)
            scenario = self._fit(Scenario, document, where)
            if scenario is not None:
                self.sources["scenarios", len(self.scenarios)] = Source(document, where)
                self.scenarios.append(scenario)

    def _data(self, path: FilePath, name: str) -> None:
        content = path.read_bytes()
        text = self._decoded(content, path, name)
        if text is not None and name.startswith("templates/") and path.suffix == ".html":
            # Needed where the pack's folder is not, so it is kept with the declarations.
            self.templates[name.removeprefix("templates/")] = text.replace("\r\n", "\n")
        self.data[name] = hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()

    def _decoded(self, content: bytes, path: FilePath, name: str) -> str | None:
        """The text of a file that is not empty and in UTF-8; a .docx has none."""
        if not content.strip():
            self.problems.append(Problem(Place(name, 1, 1), "file_empty"))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if path.suffix != ".docx":
                line = content[: error.start].count(b"\n") + 1
                self.problems.append(Problem(Place(name, line, 1), "not_utf8"))
            return None

    def pack(self) -> Pack:
        """What could be read."""
        content = {"grammar": GRAMMAR, "pack": self.plain_head}
        content |= {kind: _sorted(declared) for kind, declared in self.plain.items() if declared}
        content |= {"data": _sorted(self.data)} if self.data else {}
        content |= {"templates": _sorted(self.templates)} if self.templates else {}
        head = self.head or _stand_in(self.folder.name)
        return Pack(
            head, digest_of(content), content, scenarios=tuple(self.scenarios), data=_sorted(self.data),
            templates=_sorted(self.templates), samples=_sorted(self.samples), folder=self.folder,
            sources=self.sources, **self.models,
        )  # fmt: skip


def _sorted(declared: Mapping[str, Any]) -> dict[str, Any]:
    """By name, so that moving a declaration to another file changes nothing."""
    return dict(sorted(declared.items()))


def _stand_in(name: str) -> PackHead:
    """For a pack whose head cannot be read."""
    return PackHead.model_construct(name=name, title=Title(zh="?", en="?"), version=1, needs=[])
