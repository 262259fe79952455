"""A document as a page for paper: the layout of its template, A4. Everything that is filled in is escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final, Literal

from xiuhua.city.units.model import Unit
from xiuhua.documents import model
from xiuhua.documents.model import Declared
from xiuhua.documents.words import words
from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import NUMBER_PART

Tongue = Literal["zh", "en"]
Names = Callable[[str], str | None]
"""What a unit or a person is called."""
_STRONG: Final = re.compile(r"\*\*(.+?)\*\*")
_EMPTY_SPACE: Final = re.compile(r">\s+</p>")


def page(declared: Declared, state: State, issuer: str, names: Names, tongue: Tongue) -> str:
    """The whole page. What is not published says so."""
    layout = declared.layout or _file("layout.html")
    filled = _filled(declared, state, issuer, names, tongue)
    body = NUMBER_PART.sub(lambda found: filled.get(found[1], ""), layout)
    body = _EMPTY_SPACE.sub("></p>", body)
    title = escape(state["data"]["title"])
    warning = "" if model.is_out(state) else f'<p class="unpublished">{escape(words()["print"]["draft"][tongue])}</p>'
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style()}</style></head><body>{warning}{body}</body></html>"
    )


def policy() -> str:
    """What a browser may load for the page: its own style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    rest = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; style-src 'sha256-{digest}'; {rest}"


def style() -> str:
    """The style of the page."""
    return _file("print.css")


def _filled(declared: Declared, state: State, issuer: str, names: Names, tongue: Tongue) -> dict[str, str]:
    data, said = state["data"], words()["print"]

    def day_of(name: str) -> str:
        return f"{said[name][tongue]} {day(data[name], tongue)}" if data.get(name) else ""

    until = f"{said['until'][tongue]} {said['until_further'][tongue]}" if data.get("since") else ""
    count = len(data["attachments"])
    found = {
        "title": data["title"], "number": data.get("number") or "", "kind": getattr(declared.document.title, tongue),
        "issuer": issuer, "date": day(data["on"], tongue) if data.get("on") else "", "since": day_of("since"),
        "until": day_of("until") or until,
        "attachments": said["attachments"][tongue].format(count=count) if count else "",
    }  # fmt: skip
    found |= {
        name: shown(spec, data["fields"].get(name), names, tongue) for name, spec in declared.document.fields.items()
    }
    plain = {name: escape(text) for name, text in found.items()}
    return plain | {"text": text(data["text"]), "items": items(data["items"], names, tongue)}


def day(value: str, tongue: Tongue) -> str:
    """A day as it is written."""
    found = date.fromisoformat(value)
    form: str = words()["print"]["day"][tongue]
    return form.format(year=found.year, month=found.month, day=found.day)


def text(written: str) -> str:
    """Paragraphs, `# ` and `## ` headings, `- ` lists, `**strong**`; all else stands as it is written."""
    return "".join(_blocks(model.paragraphs(written)))


def items(gathered: Sequence[Mapping[str, Any]], names: Names, tongue: Tongue) -> str:
    """Numbered, each with its unit."""
    if not gathered:
        return ""
    return f"<ol>{''.join(f'<li>{_item(one, names, tongue)}</li>' for one in gathered)}</ol>"


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    listed: list[str] = []
    for line in lines:
        if line.startswith("- "):
            listed.append(f"<li>{_inline(line[2:])}</li>")
            continue
        if listed:
            yield f"<ul>{''.join(listed)}</ul>"
            listed = []
        mark = next((one for one in ("## ", "# ") if line.startswith(one)), "")
        tag = {"": "p", "# ": "h2", "## ": "h3"}[mark]
        yield f"<{tag}>{_inline(line.removeprefix(mark))}</{tag}>"
    if listed:
        yield f"<ul>{''.join(listed)}</ul>"


def _inline(line: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", escape(line))


def _item(one: Mapping[str, Any], names: Names, tongue: Tongue) -> str:
    unit = one.get("unit")
    head = f"<strong>{escape(one['title'])}</strong>"
    behind = escape(words()["print"]["of_unit"][tongue].format(unit=names(unit) or unit)) if unit else ""
    return f"{head}{behind}" + "".join(f"<p>{_inline(line)}</p>" for line in model.paragraphs(one.get("text") or ""))


def issuer(units: Mapping[str, Unit], state: State) -> str:
    """The unit that a field `issuer` names, else the bureau."""
    code = state["data"]["fields"].get("issuer")
    if code in units:
        return units[code].name
    return next((one.name for one in units.values() if one.kind == "bureau"), "")


def shown(spec: FieldSpec, value: Any, names: Names, tongue: Tongue) -> str:
    """A value of a field in words: a day as it is written, what a unit, person or area is called."""
    if isinstance(value, list):
        between: str = words()["print"]["between"][tongue]
        return between.join(shown(spec, one, names, tongue) for one in value)
    if value is None:
        return ""
    match spec.type:
        case "date":
            return day(value, tongue)
        case "unit" | "person" | "area":
            return names(value) or str(value)
        case "choice" if value in spec.titles:
            return str(getattr(spec.titles[value], tongue))
    return str(value)


@cache
def _file(name: str) -> str:
    return files("xiuhua.documents").joinpath(name).read_text(encoding="utf-8")
