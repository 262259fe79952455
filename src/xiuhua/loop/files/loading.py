"""Reads a mapping file (YAML 1.2): every error at once, each with its line and path in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from xiuhua.loop.files.checking import check
from xiuhua.loop.files.mapping import FIELDS, FileMapping
from xiuhua.platform.tables.texts import excerpt, place, refusal
from xiuhua.platform.tables.titles import nearest

_QUOTED: Final = re.compile(r"'([^']*)'")
_SAME_KEY: Final = {
    "missing": "missing",
    "string_type": "string_type",
    "bool_type": "bool_type",
    "list_type": "list_type",
    "dict_type": "dict_type",
    "model_type": "dict_type",
    "string_too_short": "missing",
}


def load(path: Path) -> FileMapping:
    """Read a mapping file; raises `Invalid` with every error's line and path."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refusal([place(path.name, 0, "", "cannot_open", detail=error.strerror)]) from error
    except UnicodeDecodeError as error:
        raise refusal([place(path.name, 0, "", "wrong_encoding", encoding="UTF-8")]) from error
    return parse(text, path.name)


def parse(text: str, file: str = "mapping") -> FileMapping:
    """Read a mapping from its text; raises `Invalid` with every error's line and path."""
    try:
        # Composed for the lines, loaded for the values: the round-trip loader would give subclasses of both.
        marks = YAML(typ="safe", pure=True).compose(text)
        given = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = error.problem or error.context
        raise refusal([place(file, mark.line + 1 if mark else 0, "", "yaml_broken", detail=detail)]) from error
    except YAMLError as error:
        raise refusal([place(file, 0, "", "yaml_broken", detail=type(error).__name__)]) from error
    if not isinstance(given, dict):
        raise refusal([place(file, 1, "", "not_a_mapping")])
    try:
        mapping = FileMapping.model_validate(given)
    except ValidationError as error:
        raise refusal(_of_pydantic(error, marks, file)) from error
    if wrong := list(check(mapping)):
        raise refusal(
            place(file, _line(marks, loc), ".".join(map(str, loc)), code, **params) for loc, code, params in wrong
        )
    return mapping


def _of_pydantic(error: ValidationError, marks: Node | None, file: str) -> Iterator[dict[str, Any]]:
    """Pydantic's findings in our words; of a union's branches the first stands for all."""
    seen: set[int] = set()
    for one in error.errors(include_url=False):
        loc = tuple(part for part in one["loc"] if part != "[key]")
        line = _line(marks, loc)
        if one["loc"] != loc or line not in seen:
            seen.add(line)
            code, params = _rephrased(one, loc)
            yield place(file, line, ".".join(map(str, loc)), code, **params)


def _rephrased(one: ErrorDetails, loc: tuple[str | int, ...]) -> tuple[str, dict[str, Any]]:
    """The key of our text for one finding, and its parameters."""
    kind, last = one["type"], str(loc[-1]) if loc else ""
    if kind == "literal_error":
        value = last if one["loc"] != loc else str(one["input"])
        expected = FIELDS if one["loc"] != loc else _QUOTED.findall(str(one.get("ctx", {}).get("expected")))
        return kind, {"value": excerpt(value), "nearest": nearest(value, expected), "expected": expected}
    if kind == "extra_forbidden":
        return kind, {"nearest": nearest(last, FileMapping.model_fields)}
    if kind in _SAME_KEY:
        return _SAME_KEY[kind], {}
    return "mapping_other", {"detail": one["msg"]}


def _line(node: Node | None, loc: tuple[str | int, ...]) -> int:
    """The line of the deepest part of a path that stands in the file."""
    line = 1
    for part in loc:
        if isinstance(node, MappingNode):
            found = next(((k, v) for k, v in node.value if str(k.value) == str(part)), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line
