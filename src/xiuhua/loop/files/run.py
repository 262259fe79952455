"""Brings a file of reports in by a mapping: as every table is brought in (`platform.imports.taking`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.target import ReportTable, Submit
from xiuhua.loop.model import ReportIn
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports import taking as tables
from xiuhua.platform.imports.model import Outcome
from xiuhua.platform.imports.taking import Helpers, Progress, Take, Transactions, Wanted
from xiuhua.platform.tables.texts import ZH

BATCH: Final = 1_000
"""Reports in one transaction."""


def run(
    database: Transactions,
    city: str,
    path: Path,
    mapping: FileMapping,
    actor: Actor,
    submit: Submit,
    progress: Progress = lambda _: None,
    *,
    zone: str = "Asia/Shanghai",
    lang: str = ZH,
    rejected: Path | None = None,
    batch: int = BATCH,
    helpers: Helpers[ReportIn] | None = None,
) -> Outcome:
    """Import one file. `zone` is the bureau's time zone, `rejected` another place for the rejected rows.

    With `helpers` these take the batches in, and `submit` is not called.

    Raises `FileRefused` before anything is written when the file does not fit the mapping; an error of the intake
    or the database passes through, what was committed before it stays.
    """
    target = ReportTable(city, actor, submit, ZoneInfo(zone))
    wanted = Wanted(mapping, lang, rejected, batch=batch)
    return tables.bring_in(database, target, path, wanted, progress, helpers)


def taking(database: Transactions, city: str, submit: Submit, actor: Actor) -> Take[ReportIn]:
    """The intake of one city, in a transaction for each batch."""
    return tables.taking(database, ReportTable(city, actor, submit, ZoneInfo("UTC")))
