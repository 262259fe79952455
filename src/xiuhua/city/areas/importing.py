"""What an import comes to: areas taken, drawn anew, closed, and everything found about them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.city.areas.drafts import Draft
from xiuhua.city.areas.model import Area
from xiuhua.city.areas.report import Finding, ImportReport, in_order
from xiuhua.city.areas.settle import redraw, settle
from xiuhua.city.areas.topology import check
from xiuhua.city.areas.versions import Change


@dataclass(frozen=True, slots=True)
class Outcome:
    """The areas that an import leaves behind, by how it came to them."""

    drafts: Sequence[Draft]
    taken: Mapping[str, Area]
    drawn: Mapping[str, Area]
    """Duty grids whose unit grids the import changed."""
    gone: Mapping[str, Area]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        """Why features were refused."""
        return [row for row in self.findings if row.severity == "error"]


def resolve(
    drafts: Sequence[Draft],
    unread: Sequence[Finding],
    city: str,
    existing: Mapping[str, Area],
    *,
    day: date,
    close_missing: bool,
    sliver_m: float,
) -> Outcome:
    """Settle drafts with the areas of the day, and look at the city as it will be.

    `unread`: errors of files that could not be read at all.
    """
    taken = settle(drafts, city, existing)
    findings = [*unread, *(finding for made in drafts for finding in made.findings)]
    gone: dict[str, Area] = {}
    if close_missing:
        gone, held = _missing(drafts, unread, taken, existing)
        findings += held
    standing = _standing(existing, taken, gone, day)
    others = [area for code, area in standing.items() if area.kind == "duty_grid" and code not in taken]
    drawn, lost = redraw(standing, others)
    standing |= {area.code: area for area in drawn}
    focus = {*taken, *(area.code for area in drawn)}
    findings += lost + _later(others, taken, day) + check(standing.values(), focus, sliver_m)
    return Outcome(drafts, taken, {area.code: area for area in drawn}, gone, in_order(findings))


def _standing(
    existing: Mapping[str, Area], taken: Mapping[str, Area], gone: Mapping[str, Area], day: date
) -> dict[str, Area]:
    """The areas of the day as they will be; what the import announces for later does not count yet."""
    standing: dict[str, Area] = {}
    for code, area in {**existing, **taken}.items():
        now = existing.get(code) if area.valid_from > day else area
        if now is not None and now.valid_on(day) and code not in gone:
            standing[code] = now
    return standing


def _later(duties: Sequence[Area], taken: Mapping[str, Area], day: date) -> list[Finding]:
    """Duty grids that cannot follow yet, because their unit grids change on a later day."""
    findings = []
    for duty in duties:
        coming = {
            code: taken[code].valid_from for code in duty.members if code in taken and taken[code].valid_from > day
        }
        if coming:
            why = f"unit grids of duty grid {duty.code} change on {min(coming.values())}: import it again for that day"
            findings.append(Finding("warning", "member_changes_later", (duty.code, *sorted(coming)[:20]), why))
    return findings


def _missing(
    drafts: Sequence[Draft], unread: Sequence[Finding], taken: Mapping[str, Area], existing: Mapping[str, Area]
) -> tuple[dict[str, Area], list[Finding]]:
    """Areas of the imported kinds that no file holds; what others still stand on is kept and told."""
    if unread or any(made.refused and (made.kind is None or not made.code) for made in drafts):
        why = "nothing was closed: some of what was sent could not be read, so it cannot be told what is missing"
        return {}, [Finding("warning", "not_closed", (), why)]
    kinds, sent = {made.kind for made in drafts}, {made.code for made in drafts}
    gone = {code: area for code, area in existing.items() if area.kind in kinds and code not in sent}
    findings: list[Finding] = []
    while True:
        left = [area for code, area in {**existing, **taken}.items() if code not in gone]
        held: dict[str, list[str]] = {}
        for area in left:
            if area.parent in gone:
                held.setdefault(area.parent or "", []).append(area.code)
        if not held:
            return gone, findings
        for code, children in held.items():
            del gone[code]
            why = f"{code} is missing but was not closed: {', '.join(children[:20])} lie in it"
            findings.append(Finding("warning", "has_children", (code, *children[:20]), why))


def counted(outcome: Outcome, changes: Sequence[Change]) -> ImportReport:
    """The report: every feature is new, changed, unchanged or rejected."""
    rejected = sum(made.refused for made in outcome.drafts)
    mine = [change for change in changes if change.code in outcome.taken]
    new = sum(change.close_from is None for change in mine)
    return ImportReport(
        new=new,
        changed=len(mine) - new,
        unchanged=len(outcome.drafts) - rejected - len(mine),
        closed=sum(change.code in outcome.gone for change in changes),
        rejected=rejected,
        derived=sum(change.code in outcome.drawn for change in changes),
        findings=outcome.findings,
    )
