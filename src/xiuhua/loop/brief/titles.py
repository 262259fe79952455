"""What codes of a case are called in both languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from xiuhua.loop.surroundings import CityView


def title(view: CityView, kind: str, code: str) -> dict[str, str]:
    """Of a state, category, unit or source; the code itself where nothing calls it otherwise."""
    if kind == "state" and "city_case" in view.procedures:
        states = view.procedures["city_case"][1].tracks["main"].states
        if code in states:
            return states[code].title.model_dump()
    if kind == "category" and (category := view.catalogue.get(code)) is not None:
        return {"zh": category.name, "en": category.name_en or category.name}
    if kind == "unit" and (unit := view.directory.units.get(code)) is not None:
        return {"zh": unit.name, "en": unit.name_en or unit.name}
    if kind == "source" and code in sources():
        return dict(sources()[code])
    return {"zh": code, "en": code}


@cache
def sources() -> dict[str, dict[str, str]]:
    """Titles of the sources of reports."""
    text = files("xiuhua.loop").joinpath("strings", "sources.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found
