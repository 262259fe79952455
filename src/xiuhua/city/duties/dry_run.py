"""What a draft matrix would have done with past cases. Pure, and in batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import Answer, Asked, Tie, Won


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case as it was dispatched."""

    id: str
    category: str
    at: datetime
    """When it was dispatched, aware."""
    unit: str
    """Where it went."""
    scopes: tuple[str, ...] = ()
    kind: str = "handle"
    mapped: tuple[str, ...] = ()
    segment: str | None = None
    side: str | None = None
    record: str | None = None
    maintainer: str | None = None
    owner: str | None = None

    def asked(self) -> Asked:
        """The question it was to the matrix."""
        return Asked(
            self.kind, self.category, self.at, self.scopes, self.mapped, self.segment, self.side, (),
            self.record, self.maintainer, self.owner,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer in short."""

    word: str
    """`unit`, `nobody` (by rule), `gap` or `tie`."""
    unit: str = ""
    rows: tuple[int, ...] = ()
    """Numbers of the rows that decided, or quarrel."""

    @property
    def text(self) -> str:
        """The unit, or the word in its place."""
        return self.unit or self.word


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that would have gone elsewhere than it went."""

    case: PastCase
    to: Outcome
    before: Outcome
    """What the matrix in force says; when that is elsewhere too, people had departed from it."""

    @property
    def by_draft(self) -> bool:
        """Whether the draft is the reason, rather than what people did."""
        return self.to.text != self.before.text


@dataclass(frozen=True, slots=True)
class DryRun:
    """The whole comparison."""

    on: date
    cases: int
    moved: tuple[Moved, ...]
    flows: tuple[tuple[str, str, int], ...]
    """From unit → to unit (or `gap`, `tie`, `nobody`), with the number of cases, the most first."""
    outcomes: dict[str, int]
    """All cases by the word of their outcome under the draft."""
    new_gaps: int
    """Cases that the draft leaves to nobody while the matrix in force has a unit for them."""
    new_ties: int

    @property
    def stayed(self) -> int:
        """Cases that would have gone where they went."""
        return self.cases - len(self.moved)


def outcome(answer: Answer) -> Outcome:
    """An answer of the matrix in short."""
    if isinstance(answer, Won):
        return Outcome("unit", answer.unit, (answer.row.id,) if answer.row else ())
    if isinstance(answer, Tie):
        return Outcome("tie", "", tuple(row.id for row in answer.rows))
    return Outcome("nobody", "", (answer.row.id,)) if answer.row else Outcome("gap")


def dry_run(cases: Iterable[PastCase], draft: DutyMatrix, in_force: DutyMatrix, on: date) -> DryRun:
    """Put past cases to a draft, judged by its rows of the day `on`, and to the matrix in force on theirs.

    Hours and weekdays are the cases' own, so that time bands are tried as well.
    """
    past = list(cases)
    asked = [case.asked() for case in past]
    after = [outcome(answer) for answer in draft.resolve_batch(asked, on)]
    before = [outcome(answer) for answer in in_force.resolve_batch(asked)]
    moved = [Moved(*three) for three in zip(past, after, before, strict=True) if three[1].text != three[0].unit]
    flows = Counter((one.case.unit, one.to.text) for one in moved)
    return DryRun(
        on,
        len(past),
        tuple(moved),
        tuple((frm, to, count) for (frm, to), count in sorted(flows.items(), key=lambda item: (-item[1], item[0]))),
        dict(sorted(Counter(one.word for one in after).items())),
        _new("gap", after, before),
        _new("tie", after, before),
    )


def _new(word: str, after: Sequence[Outcome], before: Sequence[Outcome]) -> int:
    return sum(new.word == word and old.word == "unit" for new, old in zip(after, before, strict=True))
