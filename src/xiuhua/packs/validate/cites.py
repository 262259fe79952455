"""The mechanisms that a declaration cites have their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiuhua.packs.known import MECHANISMS
from xiuhua.packs.problems import Problem
from xiuhua.packs.validate.scene import Scene

_FORM = re.compile(r"S(\d{3})")


def check(scene: Scene) -> Iterator[Problem]:
    """`cites` of any declaration and scenario."""
    for part in scene.parts:
        if len(part.path) < 2 or part.path[-2] != "cites" or not isinstance(part.value, str):
            continue
        form = _FORM.fullmatch(part.value)
        if form is None or not 1 <= int(form[1]) <= MECHANISMS:
            yield scene.problem(part.path, "cite_form", found=part.value, most=f"S{MECHANISMS}")
