"""What an import changes in a set of conditions: numbers that stay, versions that open and close. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from xiuhua.city.categories.filing_rows import Draft, squeezed
from xiuhua.city.categories.model import FilingCondition

Group = tuple[str, str]
"""Kind and code."""


@dataclass(slots=True)
class Changes:
    """Versions to add and to close, and how many conditions stay as they are."""

    added: list[FilingCondition] = field(default_factory=list)
    """New conditions and new versions of changed ones."""
    closed: list[FilingCondition] = field(default_factory=list)
    """Versions that end, with their last day."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    """Conditions that are in the table no more."""


def compare(
    drafts: Iterable[Draft],
    kept: Iterable[FilingCondition],
    standard_set: str,
    since: date,
    whole: bool = True,
) -> Changes:
    """Compare a table with the latest versions kept of its set; changes hold from the day `since`.

    A condition keeps its number as long as its text stays, or, when the text was edited, its place among the
    conditions of its code. A version that is replaced on its first day never held: its last day is before it.
    """
    latest = {one.id: one for one in kept}
    changes, met = Changes(), set[str]()
    for n, draft in _numbered(drafts, latest.values(), since):
        id_ = f"{standard_set}/{draft.kind}/{draft.code}/{n}{draft.area_class or ''}"
        met.add(id_)
        before = latest.get(id_)
        if before is None:
            changes.added.append(_made(draft, id_, standard_set, draft.valid_from or since, 1))
            changes.new += 1
            continue
        made = _made(draft, id_, standard_set, draft.valid_from or before.valid_from, before.version)
        if made == before:
            changes.unchanged += 1
            continue
        first = draft.valid_from or since
        changes.added.append(replace(made, valid_from=first, version=before.version + 1))
        changes.changed += 1
        _close(changes, before, first)
    for id_ in sorted(latest.keys() - met) if whole else ():
        changes.ended += _close(changes, latest[id_], since)
    return changes


def ended(one: FilingCondition, since: date) -> FilingCondition | None:
    """A version as it ends on the day before `since`; None when it had ended by then."""
    if not _live(one, since):
        return None
    return replace(one, valid_to=max(since, one.valid_from) - timedelta(days=1))


def _close(changes: Changes, before: FilingCondition, since: date) -> bool:
    closed = ended(before, since)
    if closed is not None:
        changes.closed.append(closed)
    return closed is not None


def _live(one: FilingCondition, since: date) -> bool:
    return one.valid_to is None or one.valid_to >= since


def _made(draft: Draft, id_: str, standard_set: str, first: date, version: int) -> FilingCondition:
    return FilingCondition(
        id_, standard_set, draft.category, draft.text, draft.milestones, draft.closing, draft.limit_text,
        draft.area_class, draft.by_notice, draft.flags, draft.source, first, draft.valid_to, version,
    )  # fmt: skip


def _numbered(drafts: Iterable[Draft], latest: Iterable[FilingCondition], since: date) -> Iterator[tuple[int, Draft]]:
    groups: dict[Group, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.kind, draft.code].append(draft)
    texts: dict[Group, dict[int, str]] = defaultdict(dict)
    live: dict[Group, set[int]] = defaultdict(set)
    for one in latest:
        _, kind, code, last = one.id.split("/")
        n = int(last.rstrip("ABC"))
        texts[kind, code][n] = squeezed(one.text)
        if _live(one, since):
            live[kind, code].add(n)
    for group, members in groups.items():
        numbers = _numbers(members, texts[group], live[group])
        for draft in members:
            yield draft.n or numbers[squeezed(draft.text)], draft


def _numbers(members: Sequence[Draft], before: dict[int, str], live: set[int]) -> dict[str, int]:
    """A number for each text of one code: given, known by its text, by its place, or the next free one."""
    order = list(dict.fromkeys(squeezed(one.text) for one in members))
    numbers = {squeezed(one.text): one.n for one in members if one.n is not None}
    taken = set(numbers.values())
    for n, text in sorted(before.items(), key=lambda item: (item[0] not in live, item[0])):
        if text in order and text not in numbers and n not in taken:
            numbers[text] = n
            taken.add(n)
    top = max([*before, *taken, 0])
    for place, text in enumerate(order, 1):
        if text in numbers:
            continue
        if place in live and place not in taken:
            numbers[text] = place
        else:
            top += 1
            numbers[text] = top
        taken.add(numbers[text])
    return numbers
