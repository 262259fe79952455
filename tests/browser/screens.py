"""The screens of the console as `console/src/office/screens.tsx` names them, and who shows each in the tour."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.conftest import ROOT

from xiuhua.platform.identity.permissions import roles

SOURCE: Final = ROOT / "console/src/office/screens.tsx"
STRINGS: Final = ROOT / "console/src/strings"
_ENTRY: Final = re.compile(r"path: '(?P<path>/[^']*)', title: '(?P<title>[\w.]+)'(?P<rest>[^\n]*)")
_PERMISSION: Final = re.compile(r"permission: '([\w.]+)'")
SHOWN_BY: Final = {
    "/desk": "shift_leader", "/triage": "intake_officer", "/dispatch": "dispatcher", "/cockpit": "leader",
    "/approvals": "dispatcher", "/leader": "leader", "/account": "administrator", "/import": "intake_officer",
    "/import/:id": "intake_officer", "/compare": "appraiser", "/changes": "unit_officer",
    "/registers/:register/:key": "unit_officer", "/inspections/:id": "leader",
}  # fmt: skip
"""Where it matters whose day it is; any other screen is shown by the first of these who may open it."""
OTHERS: Final = ("shift_leader", "dispatcher", "leader", "administrator", "auditor", "collector")


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen."""

    path: str
    title: str
    """`folder.key` of its name."""
    permission: str | None

    @property
    def name(self) -> str:
        """Of its picture: `admin-duties`."""
        return self.path.strip("/").replace("/:", "-").replace("/", "-") or "start"

    @property
    def role(self) -> str:
        """Who shows it."""
        by = {role: role_.permissions for role, role_ in roles().items()}
        usual = [SHOWN_BY[self.path]] if self.path in SHOWN_BY else ["administrator"] * self.path.startswith("/admin")
        return next(one for one in (*usual, *OTHERS) if self.permission is None or self.permission in by[one])

    def called(self, language: str) -> str:
        """Its name in a language."""
        folder, _, key = self.title.partition(".")
        texts = json.loads((STRINGS / language / f"{folder}.json").read_text(encoding="utf-8"))
        return str(texts[key])


def screens() -> Iterator[Screen]:
    """Every screen, in the order in which they stand."""
    for found in _ENTRY.finditer(SOURCE.read_text(encoding="utf-8")):
        permission = _PERMISSION.search(found["rest"])
        yield Screen(found["path"], found["title"], permission[1] if permission else None)
