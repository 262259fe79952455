"""What the YAML library complains of, in words for a person who never heard of tokens and scalars."""

from __future__ import annotations

from typing import Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from xiuhua.packs.problems import Place, Problem

_CODES: Final = (
    ("'\\t'", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_colon_missing"),
    ("while scanning a quoted scalar", "yaml_quote_open"),
    ("while parsing a flow", "yaml_bracket_open"),
    ("cannot start any token", "yaml_sign"),
    ("expected <block end>", "yaml_indent"),
    ("expected '<document start>'", "yaml_indent"),
    ("found undefined alias", "alias_unknown"),
    ("unknown escape character", "yaml_escape"),
    ("escape sequence", "yaml_escape"),
)


def syntax_problem(file: str, text: str, error: Exception) -> Problem:
    """The problem for an exception of the YAML library."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Problem(place, "control_character", {"found": f"U+{_number(error.character):04X}"})
    if not isinstance(error, MarkedYAMLError):
        return Problem(Place(file, 1, 1), "yaml_syntax", {"detail": str(error).split("\n", 1)[0][:200]})
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file, 1, 1)
    said = f"{error.context or ''}; {error.problem or ''}"
    code = next((code for sign, code in _CODES if sign in said), "yaml_syntax")
    begun = error.context_mark.line + 1 if error.context_mark is not None else place.line
    params = {"detail": error.problem or "?", "begun": begun, "found": _sign(text, place), "name": "?"}
    return Problem(place, code, params)


def _sign(text: str, place: Place) -> str:
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.column] or "?"


def _number(character: object) -> int:
    if isinstance(character, int):
        return character
    return ord(character) if isinstance(character, str) and len(character) == 1 else 0
