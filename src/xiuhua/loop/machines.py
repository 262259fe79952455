"""Machines tell the same again and again: one open report for each thing and kind, the rest is counted.

A batch costs two statements to claim, look and count, and one more for what is new; a batch without machine
events costs none. What was counted is not in the event log: it is of use while the report is open, and a report says
nothing else for being told ten times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from xiuhua.flow.work import Work
from xiuhua.loop.model import MachineEvent, Receipt, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.sql import queries


def count(
    work: Work, view: CityView, reports: Sequence[ReportIn], fresh: Sequence[int], receipts: dict[int, Receipt]
) -> list[int]:
    """Count what has an open report already; gives the indexes of those that are to make one.

    Open: neither the report nor its case has ended, or that was less than the city's cool-down ago. Of several
    alike in one batch the first makes the report; `note` counts the others onto it.
    """
    asked = {one: index for index in reversed(fresh) if (one := reports[index].machine) is not None}
    if not asked:
        return list(fresh)
    known = _open(work, view, list(asked), reports, fresh)
    kept = []
    for index in fresh:
        machine = reports[index].machine
        if machine is not None and machine in known:
            receipts[index] = Receipt(index, reports[index].external_id, "counted", known[machine])
        elif machine is None or asked[machine] == index:
            kept.append(index)
    return kept


def note(work: Work, reports: Sequence[ReportIn], fresh: Sequence[int], receipts: dict[int, Receipt]) -> None:
    """Keep which report was made of which thing and kind, and count those of the batch that are alike."""
    made = {one: str(receipts[index].id) for index in fresh if (one := reports[index].machine) is not None}
    if not made:
        return
    times = dict.fromkeys(made, 1)
    for index, report in enumerate(reports):
        if index not in receipts and report.machine in made:
            times[report.machine] += 1
            receipts[index] = Receipt(index, report.external_id, "counted", made[report.machine])
    columns = {
        "things": [one.thing for one in made], "kinds": [one.kind for one in made], "reports": list(made.values()),
        "times": list(times.values()),
    }  # fmt: skip
    work.tx.execute(queries("xiuhua.loop")["keep_machine_events"], {"city": work.city, "now": work.tx.now, **columns})


def _open(
    work: Work, view: CityView, asked: Sequence[MachineEvent], reports: Sequence[ReportIn], fresh: Sequence[int]
) -> dict[MachineEvent, str]:
    """Reports that are open for these; each is told so many times more."""
    told = [sum(reports[index].machine == one for index in fresh) for one in asked]
    minutes = int(view.settings.get("report", {}).get("machine_cool_down_minutes", 60))
    keys = {"city": work.city, "now": work.tx.now, "things": [one.thing for one in asked]}
    keys["kinds"] = [one.kind for one in asked]
    work.tx.execute(queries("xiuhua.loop")["claim_machine_events"], keys)
    rows = work.tx.execute(
        queries("xiuhua.loop")["count_machine_events"],
        {
            **keys, "cooled": work.tx.now - timedelta(minutes=minutes), "times": told,
            "over": _finals(view, "report"), "over_case": _finals(view, "city_case"),
        },
    )  # fmt: skip
    return {MachineEvent(row.thing, row.kind): row.report for row in rows}


def _finals(view: CityView, procedure: str) -> list[str]:
    """States in which nothing is left to do; a report that was answered waits only to be called back."""
    found: Any = view.procedures.get(procedure)
    states = found[1].tracks["main"].states if found else {}
    return [name for name, state in states.items() if state.final or name == "answered"]
