"""YAML 1.2 read into plain values, with the line and column of each kept beside them.

Built on the events of ruamel.yaml rather than on its objects: so nothing of the library leaks into the models,
depth and size are bounded while reading, and all the traps of YAML (`0101`, `1.20`, `on`, `12:30`, anchors,
tags, doubled keys) are settled in one place: what could be misread is refused, with the advice to quote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xiuhua.packs.problems import Path, Place, Problem, dotted
from xiuhua.packs.yaml_errors import syntax_problem

LARGEST_BYTES: Final = 1_000_000
DEEPEST: Final = 40
MOST_VALUES: Final = 200_000
"""After aliases are written out, so that a few lines cannot unfold into gigabytes."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE, _FALSE = frozenset({"true", "True", "TRUE"}), frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)")
_MISREAD_INTEGER = re.compile(r"[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands, and the key before it; from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file: plain dict, list, str, int, bool, None."""

    file: str
    data: Any
    marks: Mapping[Path, Mark] = field(repr=False)

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Where a path stands in the file; of what is missing, the nearest thing around it."""
        known = path
        while known not in self.marks and known:
            known = known[:-1]
        mark = self.marks.get(known, Mark(1, 1, 1, 1))
        key = at_key and known == path
        line, column = (mark.key_line, mark.key_column) if key else (mark.line, mark.column)
        return Place(self.file, line, column, dotted(path))


def read(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """One file of one document; None when its syntax is broken or it holds nothing."""
    document, problems = _read(content, file)
    if document is not None:
        document = Document(file, _copied(document.data), document.marks)
    return document, list(problems)


@lru_cache(maxsize=256)
def _read(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    # Parsing takes longer than all that follows, and one process reads the library again and again.
    if len(content) > LARGEST_BYTES:
        return None, [Problem(Place(file), "file_too_large", {"most": LARGEST_BYTES})]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, [Problem(Place(file, line, 1), "not_utf8")]
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except _Stop:
        return None, builder.problems
    except MarkedYAMLError as error:
        return None, [*builder.problems, syntax_problem(file, text, error)]
    except (YAMLError, ValueError, IndexError, OverflowError) as error:
        # ValueError and the like: ruamel on numbers of escapes and directives that do not exist
        return None, [*builder.problems, syntax_problem(file, text, error)]
    if not builder.began or builder.data is None:
        return None, [*builder.problems, Problem(Place(file, 1, 1), "file_empty")]
    return Document(file, builder.data, builder.marks), builder.problems


def _events(text: str) -> Iterator[Event]:
    yield from YAML(typ="safe", pure=True).parse(text)


class _Stop(Exception):
    """Reading on makes no sense; the problem is in the list."""


@dataclass(slots=True)
class _Frame:
    """A list or map being read."""

    value: Any
    path: Path
    anchor: str | None
    key: str | None = None
    expects_key: bool = False
    key_at: tuple[int, int] = (1, 1)


class _Builder:
    """Takes events one after the other; holds what they make, where it stands, and what is wrong."""

    def __init__(self, file: str) -> None:
        self.file, self.data, self.began = file, None, False
        self.problems: list[Problem] = []
        self.marks: dict[Path, Mark] = {}
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._values = 0

    def take(self, event: Event) -> None:
        """The next event."""
        if isinstance(event, DocumentStartEvent):
            self._document(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close()
        elif isinstance(event, NodeEvent):
            self._node(event)

    def _problem(self, event: Event, code: str, **params: Any) -> None:
        path = dotted(self._path_of_next()) if self._frames else ""
        mark = event.start_mark
        self.problems.append(Problem(Place(self.file, mark.line + 1, mark.column + 1, path), code, params))

    def _document(self, event: DocumentStartEvent) -> None:
        if self.began:
            self._problem(event, "second_document")
            raise _Stop
        if event.version not in (None, (1, 2)):
            self._problem(event, "yaml_version")
        self.began = True

    def _path_of_next(self) -> Path:
        frame = self._frames[-1]
        if isinstance(frame.value, list):
            return (*frame.path, len(frame.value))
        return frame.path if frame.expects_key or frame.key is None else (*frame.path, frame.key)

    def _node(self, event: NodeEvent) -> None:
        self._count(event, 1)
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.expects_key:
            self._key(event, frame)
            return
        if isinstance(event, AliasEvent):
            self._place(event, self._alias(event))
        elif isinstance(event, ScalarEvent):
            value = self._scalar(event)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1)
            self._place(event, value)
        else:
            self._open(event)

    def _count(self, event: Event, values: int) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            self._problem(event, "too_many_values", most=MOST_VALUES)
            raise _Stop

    def _key(self, event: NodeEvent, frame: _Frame) -> None:
        if not isinstance(event, ScalarEvent):
            self._problem(event, "key_not_text")
            raise _Stop
        key = self._scalar(event, is_key=True)
        if event.value == "<<" and event.style is None:
            self._problem(event, "merge_key")
        elif not isinstance(key, str):
            self._problem(event, "key_unquoted", found=event.value)
            key = event.value
        elif key in frame.value:
            first = self.marks[(*frame.path, key)].key_line
            self._problem(event, "key_twice", key=key, first=first)
        frame.key, frame.expects_key = key, False
        frame.key_at = (event.start_mark.line + 1, event.start_mark.column + 1)

    def _open(self, event: NodeEvent) -> None:
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise _Stop  # there is no other kind
        self._check_tag(event)
        if len(self._frames) >= DEEPEST:
            self._problem(event, "too_deep", most=DEEPEST)
            raise _Stop
        path = self._path_of_next() if self._frames else ()
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        self._place(event, value)
        self._frames.append(_Frame(value, path, event.anchor, expects_key=isinstance(value, dict)))
        if event.anchor:
            self._anchors[event.anchor] = (None, 0)  # not complete: an alias to it would go round in circles

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.value, _values_in(frame.value))

    def _alias(self, event: AliasEvent) -> Any:
        value, values = self._anchors.get(event.anchor or "", (None, -1))
        if values < 1:
            self._problem(event, "alias_circle" if values == 0 else "alias_unknown", name=event.anchor)
            raise _Stop
        self._count(event, values)
        return _copied(value)

    def _place(self, event: Event, value: Any) -> None:
        """Put a value where it belongs."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if not self._frames:
            self.data = value
            self.marks[()] = Mark(line, column, line, column)
            return
        frame, path = self._frames[-1], self._path_of_next()
        if isinstance(frame.value, list):
            frame.value.append(value)
            self.marks[path] = Mark(line, column, line, column)
        else:
            if frame.key not in frame.value:  # of a doubled key the first stands
                frame.value[frame.key] = value
                self.marks[path] = Mark(line, column, *frame.key_at)
            frame.expects_key = True

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._problem(event, "tag", found=str(event.tag))

    def _scalar(self, event: ScalarEvent, is_key: bool = False) -> Any:
        self._check_tag(event)
        text = str(event.value)
        if bad := _NOT_TEXT.search(text):
            self._problem(event, "control_character", found=f"U+{ord(bad.group()):04X}")
            return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)
        if event.style is not None:
            return text
        return self._plain(event, text, is_key)

    def _plain(self, event: ScalarEvent, text: str, is_key: bool) -> Any:
        """What a text without quotation marks stands for, by the core schema of YAML 1.2."""
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if len(text) < 20 and _INTEGER.fullmatch(text) and abs(int(text)) < 2**63:
            return int(text)
        if not is_key and (_MISREAD_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
            # decimals too: a binary fraction would change the last digit of money and scores
            self._problem(event, "number_unquoted", found=text)
        return text


def _values_in(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_values_in, value.values()))
    return 1 + sum(map(_values_in, value)) if isinstance(value, list) else 1


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value
