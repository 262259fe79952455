"""What somebody writes into a document, checked: title, text, declared fields, items, attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.documents.model import LONGEST, MOST_ATTACHMENTS, MOST_ITEMS, Declared
from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.platform.errors import Invalid
from xiuhua.platform.wording import Wrong, wrong

ITEM: Final = ("kind", "id", "title", "unit", "text")
"""What an item of a bulletin holds; all texts, title needed."""
_LONGEST_TITLE: Final = 200
_LONGEST_OF_ITEM: Final = {"text": 10_000}
Errors = fields.Errors


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
    why = Wrong("missing") if not text else fields.unfit(text, _LONGEST_TITLE)
    if why is None and "\n" in text:
        why = Wrong("one_line")
    if why is not None:
        errors.append(why.at("title"))
    return text


def _text(value: Any, errors: Errors) -> str:
    if not isinstance(value, str):
        errors.append(wrong("text", "not_a_text"))
        return ""
    text = value.replace("\r\n", "\n").strip()
    if (why := fields.unfit(text, LONGEST)) is not None:
        errors.append(why.at("text"))
    return text


def _fields(
    declared: Declared, given: Mapping[str, Any], before: Mapping[str, Any] | None, now: int, look_up: fields.LookUp,
    errors: Errors,
) -> dict[str, Any]:  # fmt: skip
    """The declared fields; of a change those not given stay as they were."""
    specs, kept = declared.given(), dict(before["fields"]) if before else {}
    context = Context({"fields": kept, "now": now})
    if before is None:
        values, _, bad = fields.read(specs, given, context, look_up)
    else:
        wanted = {name: specs[name] for name in given if name in specs}
        values, bad = fields.read_some(wanted, given, context, look_up)
        bad += [wrong(name, "unknown_field") for name in given if name not in specs]
    errors += [{**one, "field": f"fields.{one['field']}"} for one in bad]
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
        errors.append(wrong(f"{place}.{name}", "unknown_field"))
    for name, value in told.items():
        if value is not None:
            most = _LONGEST_OF_ITEM.get(name, 200)
            why = fields.unfit(value, most) if isinstance(value, str) else Wrong("not_a_text")
            if why is not None:
                errors.append(why.at(f"{place}.{name}"))
    if not told["title"]:
        errors.append(wrong(f"{place}.title", "missing"))
    if isinstance(told["unit"], str) and look_up("unit", told["unit"]) is None:
        errors.append(fields.nothing_such("unit", told["unit"]).at(f"{place}.unit"))
    return told


def _attachments(given: Any, errors: Errors) -> list[str]:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_ATTACHMENTS:
        errors.append({"field": "attachments", "why": f"is a list of at most {MOST_ATTACHMENTS} ids"})
        return []
    if not all(isinstance(one, str) for one in given):
        errors.append({"field": "attachments", "why": "are ids of media"})
        return []
    return list(dict.fromkeys(given))
