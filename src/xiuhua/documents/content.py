"""What somebody writes into a document, checked: title, text, declared fields, items, attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.documents.model import LONGEST, MOST_ATTACHMENTS, MOST_ITEMS, Declared
from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.platform.errors import Invalid

ITEM: Final = ("kind", "id", "title", "unit", "text")
"""What an item of a bulletin holds; all texts, title needed."""
_LONGEST_TITLE: Final = 200
_LONGEST_OF_ITEM: Final = {"text": 10_000}
Errors = list[dict[str, str]]


def read(
    declared: Declared, given: Mapping[str, Any], before: Mapping[str, Any] | None, now: int, look_up: fields.LookUp
) -> dict[str, Any]:
    """What is kept: of a new document all of its content, else what was given. Raises `Invalid` with every error."""
    errors: Errors = []
    found: dict[str, Any] = {}
    if before is None or "title" in given:
        found["title"] = _title(given.get("title"), errors)
    if before is None or "text" in given:
        found["text"] = _text(given.get("text") or "", errors)
    if before is None or "fields" in given:
        found["fields"] = _fields(declared, given.get("fields") or {}, before, now, look_up, errors)
    if before is None or "items" in given:
        found["items"] = _items(declared, given.get("items") or [], look_up, errors)
    if before is None or "attachments" in given:
        found["attachments"] = _attachments(given.get("attachments") or [], errors)
    if errors:
        raise Invalid(f"{len(errors)} fields do not fit.", errors=errors)
    return found


def _title(value: Any, errors: Errors) -> str:
    text = value.strip() if isinstance(value, str) else ""
    why = "is needed" if not text else fields.unfit(text, _LONGEST_TITLE) or ("\n" in text and "is one line")
    if why:
        errors.append({"field": "title", "why": str(why)})
    return text


def _text(value: Any, errors: Errors) -> str:
    if not isinstance(value, str):
        errors.append({"field": "text", "why": "is a text"})
        return ""
    text = value.replace("\r\n", "\n").strip()
    if why := fields.unfit(text, LONGEST):
        errors.append({"field": "text", "why": why})
    return text


def _fields(
    declared: Declared, given: Mapping[str, Any], before: Mapping[str, Any] | None, now: int, look_up: fields.LookUp,
    errors: Errors,
) -> dict[str, Any]:  # fmt: skip
    """The declared fields; of a change those not given stay as they were."""
    specs, kept = declared.given(), dict(before["fields"]) if before else {}
    context = Context({"fields": kept, "now": now})
    if before is None:
        values, _, wrong = fields.read(specs, given, context, look_up)
    else:
        wanted = {name: specs[name] for name in given if name in specs}
        values, wrong = fields.read_some(wanted, given, context, look_up)
        wrong += [{"field": name, "why": "unknown field"} for name in given if name not in specs]
    errors += [{"field": f"fields.{one['field']}", "why": one["why"]} for one in wrong]
    return {**kept, **values}


def _items(declared: Declared, given: Any, look_up: fields.LookUp, errors: Errors) -> list[dict[str, Any]]:
    if given and not declared.document.items:
        errors.append({"field": "items", "why": "are not gathered by this kind of document"})
        return []
    if not isinstance(given, list) or len(given) > MOST_ITEMS:
        errors.append({"field": "items", "why": f"is a list of at most {MOST_ITEMS}"})
        return []
    return [_item(one, f"items.{number}", look_up, errors) for number, one in enumerate(given)]


def _item(given: Any, place: str, look_up: fields.LookUp, errors: Errors) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        errors.append({"field": place, "why": "is an item with a title"})
        return {}
    told: dict[str, Any] = {name: given.get(name) or None for name in ITEM}
    for name in set(given) - set(ITEM):
        errors.append({"field": f"{place}.{name}", "why": "unknown field"})
    for name, value in told.items():
        if value is not None:
            why = "is a text" if not isinstance(value, str) else fields.unfit(value, _LONGEST_OF_ITEM.get(name, 200))
            if why:
                errors.append({"field": f"{place}.{name}", "why": why})
    if not told["title"]:
        errors.append({"field": f"{place}.title", "why": "is needed"})
    if isinstance(told["unit"], str) and look_up("unit", told["unit"]) is None:
        errors.append({"field": f"{place}.unit", "why": f"there is no unit {told['unit']!r}"})
    return told


def _attachments(given: Any, errors: Errors) -> list[str]:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_ATTACHMENTS:
        errors.append({"field": "attachments", "why": f"is a list of at most {MOST_ATTACHMENTS} ids"})
        return []
    if not all(isinstance(one, str) for one in given):
        errors.append({"field": "attachments", "why": "are ids of media"})
        return []
    return list(dict.fromkeys(given))
