"""Plain data against the grammar: what Pydantic finds wrong, told for a person who cannot program."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from xiuhua.packs.problems import Path, Problem, did_you_mean, hint_for
from xiuhua.packs.walk import keys_of, type_at
from xiuhua.packs.yaml import Document

M = TypeVar("M", bound=BaseModel)

_KINDS: Final = {
    "string_type": "text_expected", "int_type": "number_expected", "bool_type": "boolean_expected",
    "list_type": "list_expected", "dict_type": "map_expected", "model_type": "map_expected",
    "model_attributes_type": "map_expected",
}  # fmt: skip
_FORMS: Final = {
    r"^[a-z][a-z0-9_]{0,47}$": "name_form",
    r"^[A-Z][A-Za-z]{2,47}$": "event_form",
    r"^[a-z][a-z0-9-]{1,47}$": "pack_name_form",
    r"^[1-9]\d{0,4} (s|min|h|(day|week|month|year)s?)$": "span_form",
    r"^\d{1,9}(\.\d{1,6})?$": "amount_form",
}


def fit(model: type[M], document: Document, path: Path) -> tuple[M | None, list[Problem]]:
    """What stands at `path` of a document as a model, and what is wrong with it.

    When nothing but unknown keys is wrong, they are renamed as they were probably meant, or left out, and a model
    is given all the same, so that the rest of it can be checked in the same go.
    """
    data = document.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        found = {(one.place, one.why): one for one in _problems(details, data, model, document, path)}
    try:
        repaired = _repaired(details, data, model)
        return model.model_validate(repaired, by_alias=True, by_name=False), list(found.values())
    except ValidationError:
        return None, list(found.values())


def _repaired(details: list[ErrorDetails], data: Any, model: type[BaseModel]) -> Any:
    data = copy.deepcopy(data)
    for detail, path, _ in list(_one_of_each_union(details, data)):
        if detail["type"] != "extra_forbidden":
            continue
        holder, key = _value(data, path[:-1]), path[-1]
        near = _unknown_key(path, data, model)[1]["near"]
        value = holder.pop(key)
        if near and near not in holder:
            holder[near] = value
    return data


def _problems(
    details: list[ErrorDetails], data: Any, annotation: Any, document: Document, base: Path
) -> Iterator[Problem]:
    located = list(_one_of_each_union(details, data))
    unknown = [path for detail, path, _ in located if detail["type"] == "extra_forbidden"]
    meant = {(*path[:-1], _unknown_key(path, data, annotation)[1]["near"]) for path in unknown}
    for detail, path, is_key in located:
        if detail["type"] == "missing" and path in meant:
            continue  # it is there, only misspelt
        code, params, hint = _words(detail, path, _value(data, path), data, annotation)
        at_key = is_key or code == "unknown_key"
        yield Problem(document.place((*base, *path), at_key), code, params, hint)


def _one_of_each_union(details: list[ErrorDetails], data: Any) -> Iterator[tuple[ErrorDetails, Path, bool]]:
    """Errors with their path in the data; of the members of a union only the one that was meant."""
    located = [(detail, *_locate(detail, data)) for detail in details]
    meant: dict[Path, str] = {}
    for _, _, _, unions in located:
        for at, tag in unions:
            if at not in meant or (_suits(tag, _value(data, at)) and not _suits(meant[at], _value(data, at))):
                meant[at] = tag
    for detail, path, is_key, unions in located:
        if all(meant[at] == tag for at, tag in unions):
            yield detail, path, is_key


def _locate(detail: ErrorDetails, data: Any) -> tuple[Path, bool, list[tuple[Path, str]]]:
    """Path in the data, whether the key is meant, and the members of unions that were tried on the way."""
    path: list[str | int] = []
    unions: list[tuple[Path, str]] = []
    steps = detail["loc"]
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        if step == "[key]" and last:
            return tuple(path), True, unions
        inside = isinstance(data, dict) and step in data
        inside |= isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside:
            data = data[step]
            path.append(step)
        elif last and detail["type"] == "missing":
            path.append(step)
        else:
            unions.append((tuple(path), str(step)))
    return tuple(path), False, unions


def _suits(tag: str, value: Any) -> bool:
    """Whether a member of a union, by Pydantic's name for it, is what this value was meant to be."""
    match value:
        case bool():
            return tag == "bool"
        case str():
            return tag.endswith("str") or tag.startswith("literal[")
        case list():
            return tag.startswith("list[")
        case dict():
            return tag[:1].isupper() or tag.startswith("dict[")
        case _:
            return tag.endswith("str")


def _value(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _words(detail: ErrorDetails, path: Path, value: Any, data: Any, annotation: Any) -> tuple[str, dict[str, Any], str]:
    """Code, parameters and code of the hint."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "missing_key", {"key": path[-1]}, ""
    if kind == "extra_forbidden":
        return _unknown_key(path, data, annotation)
    if kind in _KINDS:
        return _wrong_kind(_KINDS[kind], value)
    if kind == "literal_error":
        allowed = [str(one) for one in _literals(context.get("expected", ""))]
        near = did_you_mean(str(value), allowed)
        return "not_one_of", {"found": str(value), **near}, hint_for(near)
    if kind == "string_pattern_mismatch":
        key_or_value = path[-1] if detail["loc"][-1] == "[key]" else value
        return _FORMS.get(context["pattern"], "text_form"), {"found": key_or_value}, ""
    if kind in ("too_short", "string_too_short"):
        return "nothing_in_it", {}, ""
    if kind in ("greater_than_equal", "less_than_equal", "string_too_long", "too_long"):
        limit = next(iter(context.values()), "?")
        return (
            ("too_small" if kind == "greater_than_equal" else "too_much"),
            {"found": shown(value), "limit": limit},
            "",
        )
    if kind in ("quorum_count", "setting_or_value", "one_is_shown"):
        return kind, {}, ""
    return "does_not_fit", {"detail": detail["msg"]}, ""


def _unknown_key(path: Path, data: Any, annotation: Any) -> tuple[str, dict[str, Any], str]:
    model = type_at(annotation, data, path[:-1])
    keys = list(keys_of(model)) if isinstance(model, type) and issubclass(model, BaseModel) else []
    near = did_you_mean(str(path[-1]), keys)
    return "unknown_key", {"key": path[-1], **near}, hint_for(near)


def _wrong_kind(code: str, value: Any) -> tuple[str, dict[str, Any], str]:
    if value is None:
        return "empty_value", {}, ""
    if code == "text_expected" and isinstance(value, int):
        return "code_unquoted", {"found": shown(value)}, ""
    return code, {"found": shown(value)}, ""


def shown(value: Any) -> str:
    """A value as it might stand in the file, the beginning of it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:40] + "…"


def _literals(expected: str) -> list[str]:
    """The values of Pydantic's sentence `'a', 'b' or 'c'`."""
    return [part for number, part in enumerate(expected.split("'")) if number % 2]
