"""Tables brought into registers and ledgers: as the commands do it, in this process, and by the wizard over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.acceptance.installation import Installation

from xiuhua.platform.identity.model import system
from xiuhua.platform.imports import taking
from xiuhua.platform.imports.model import Kinds, Outcome
from xiuhua.platform.imports.taking import Helpers, Wanted
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.tables.texts import EN
from xiuhua.records.converting import Columns


def layout(town: Installation, of: str, path: Path, columns: Mapping[str, str] | None = None) -> Columns:
    """Which column of a file holds what."""
    found: Columns = _target(town, of).found(path, columns)
    return found


def bring_in(
    town: Installation, of: str, path: Path, columns: Mapping[str, str] | None = None, *, dry: bool = False,
    lang: str = EN, others: Helpers[Any] | None = None,
) -> Outcome:  # fmt: skip
    """Bring a file into `register:NAME` or `ledger:NAME`."""
    target = _target(town, of)
    wanted = Wanted(target.found(path, columns), lang, trial=dry)
    return taking.bring_in(town.database, target, path, wanted, helpers=others)


def _target(town: Installation, of: str) -> Any:
    with town.database.reading() as tx:
        return town.services.port(Kinds).target(tx, system(town.city), of)


@dataclass(slots=True)
class Wizard:
    """One person at the wizard: a file is sent in, mapped as guessed, tried, checked, taken in by a job."""

    town: Installation
    person: str
    of: str
    id: str = ""

    def send(self, content: bytes, name: str = "rows.csv") -> httpx.Response:
        """Send a file in; its id is kept."""
        client = self.town.client(self.person)
        answer = client.post("/api/imports", params={"of": self.of}, files={"file": (name, content)})
        self.id = answer.json()["id"] if answer.status_code == 201 else ""
        return answer

    def guessed(self, **more: str) -> dict[str, Any]:
        """The mapping that is offered, with other columns as told; coordinates are of WGS 84."""
        seen = self.town.get(self.person, f"/api/imports/{self.id}/columns")
        sheet = {"sheet": seen["sheet"]} if len(seen["sheets"]) > 1 else {}
        return {"columns": {**seen["guess"], **more}, "coordinates": {"datum": "wgs84"}, **sheet}

    def post(self, word: str, mapping: dict[str, Any] | None = None) -> httpx.Response:
        """Try, check, start or cancel."""
        body = {"json": {"mapping": mapping}} if mapping is not None else {}
        return self.town.client(self.person).post(f"/api/imports/{self.id}/{word}", **body)

    def done(self, word: str, mapping: dict[str, Any]) -> dict[str, Any]:
        """Check or start, and have the job done."""
        answer = self.post(word, mapping)
        assert answer.status_code == 200, answer.text
        Runner(self.town.services).run_due()
        return self.now()

    def now(self) -> dict[str, Any]:
        """How far it has come."""
        found: dict[str, Any] = self.town.get(self.person, f"/api/imports/{self.id}")
        return found

    def preview(self) -> dict[str, Any]:
        """What would become of all rows."""
        found: dict[str, Any] = self.town.get(self.person, f"/api/imports/{self.id}/preview")
        return found

    def rejected(self) -> bytes:
        """The file of rejected rows."""
        answer = self.town.client(self.person).get(f"/api/imports/{self.id}/rejected")
        assert answer.status_code == 200, answer.text
        return answer.content


def counts(told: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    return told["new"], told["changed"], told["unchanged"], told["rejected"]


def csv_of(*rows: Sequence[Any]) -> bytes:
    """A table as a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
