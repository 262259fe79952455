"""Tables brought into registers and ledgers as the commands do it, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.acceptance.installation import Installation

from xiuhua.platform.identity.model import system
from xiuhua.platform.imports import taking
from xiuhua.platform.imports.model import Kinds, Outcome
from xiuhua.platform.imports.taking import Helpers, Wanted
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
