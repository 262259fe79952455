"""How a check of the duty matrix and a dry run are told: by duty kind, the widest things first."""

from __future__ import annotations

from collections.abc import Sequence

from xiuhua.city.duties.check import Report
from xiuhua.city.duties.dry_run import DryRun
from xiuhua.city.duties.findings import Finding
from xiuhua.city.duties.model import KINDS
from xiuhua.city.units.directory import Directory
from xiuhua.cli.output import Output

_FEW = 3
_FINDINGS = 40
"""Of one duty kind and sort; the rest is counted."""


def tell_check(out: Output, report: Report, directory: Directory) -> None:
    """Gaps, overlaps and dead rows of each duty kind, and one line that sums up."""
    for kind in KINDS:
        gaps = [one for one in report.gaps if one.kind == kind]
        overlaps = [one for one in report.overlaps if one.kind == kind]
        dead = [one for one in report.dead if one.row.kind == kind]
        if not (gaps or overlaps or dead):
            continue
        out.say("check_of_kind", kind=out.text(f"duty_{kind}"), gaps=len(gaps), overlaps=len(overlaps), dead=len(dead))
        _table(out, "gap", gaps, directory)
        _table(out, "overlap", overlaps, directory)
        out.table(
            ("dead_row", "category", "place", "unit", "field", "why"),
            [
                (
                    one.row.id,
                    one.row.category,
                    f"{one.row.place_kind} {one.row.place}",
                    one.row.unit,
                    one.field,
                    one.why,
                )
                for one in dead[:_FINDINGS]
            ],
        )
        if len(dead) > _FINDINGS:
            out.say("and_more", count=len(dead) - _FINDINGS)
    out.say(
        "check_summary", categories=report.categories, grids=report.grids, gaps=len(report.gaps),
        overlaps=len(report.overlaps), dead=len(report.dead), shadowed=len(report.shadowed), on=report.on,
    )  # fmt: skip


def _table(out: Output, sort: str, findings: Sequence[Finding], directory: Directory) -> None:
    largest = sorted(findings, key=lambda one: (-one.cells, one.categories, one.areas))
    columns: tuple[str, ...] = (sort, "areas", "cells", "when")
    if sort == "overlap":
        columns = (*columns, "quarrel")
    rows = []
    for one in largest[:_FINDINGS]:
        told: tuple[object, ...] = (
            _few(one.categories, one.category_count),
            _few([f"{code} ({count})" for code, count in one.areas], one.place_count),
            one.cells,
            _when(out, one),
        )
        if sort == "overlap":
            units = sorted({row.unit for row in one.rows})
            names = [directory.units[unit].name if unit in directory.units else unit for unit in units]
            told = (*told, f"{' | '.join(names)} ({', '.join(f'#{row.id}' for row in one.rows)})")
        rows.append(told)
    out.table(columns, rows)
    if len(largest) > _FINDINGS:
        out.say("and_more", count=len(largest) - _FINDINGS)


def _few(names: Sequence[str], count: int) -> str:
    shown = ", ".join(names[:_FEW])
    return f"{shown} … ({count})" if len(names) > _FEW else shown


def _when(out: Output, one: Finding) -> str:
    owner = f" {out.text('of_owner', owner=one.owner)}" if one.owner else ""
    if one.bands is None:
        return out.text("always") + owner
    bands = ", ".join(one.bands) if one.bands else out.text("outside_bands")
    return out.text("some_hours", bands=bands, hours=round(one.minutes / 60, 1)) + owner


def tell_dry_run(out: Output, run: DryRun, limit: int) -> None:
    """From which unit to which, the first cases, and one line that sums up."""
    out.table(("from_unit", "to_unit", "cases"), [(a, _word(out, b), count) for a, b, count in run.flows])
    out.table(
        ("case", "category", "dispatched", "from_unit", "to_unit", "in_force_says", "by"),
        [
            (
                one.case.id, one.case.category, f"{one.case.at:%Y-%m-%d}", one.case.unit, _word(out, one.to.text),
                _word(out, one.before.text), out.text("by_draft" if one.by_draft else "by_people"),
            )
            for one in run.moved[:limit]
        ],
    )  # fmt: skip
    if len(run.moved) > limit:
        out.say("and_more", count=len(run.moved) - limit)
    out.say(
        "dry_run_summary", cases=run.cases, stayed=run.stayed, moved=len(run.moved), gaps=run.new_gaps,
        ties=run.new_ties, on=run.on,
    )  # fmt: skip


def _word(out: Output, text: str) -> str:
    return out.text(f"outcome_{text}") if text in {"gap", "tie", "nobody"} else text
