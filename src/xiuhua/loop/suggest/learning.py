"""Learns from what was decided since last time: refusals, filings, and which unit handled what.

Runs in the worker, one process a city at a time. The position in the log moves in the transaction of the model
it led to, so that nothing is learnt twice and nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from xiuhua.loop.duplicates.service import text_of
from xiuhua.loop.suggest.consequences import street_of
from xiuhua.loop.suggest.decisions import decisions_in
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.suggest.model import NOT_OURS, Model
from xiuhua.loop.suggest.names import Names
from xiuhua.loop.suggest.service import REVISION, Learnt, Suggester, in_json, load
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal, revision
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position, read_since
from xiuhua.platform.sql import queries

_EVENTS: Final = 5000
_CHUNKS: Final = 20
"""At most so many times `_EVENTS` in one transaction; the rest is for the next."""
_KEPT: Final = 3
_SAYS_NOTHING: Final = frozenset({"not_found", "gone", "elsewhere"})


def learn(tx: Tx, suggester: Suggester, view: CityView) -> int:
    """Read on, learn, keep a new version; returns how many decisions were learnt from.

    Zero also when another process is at it.
    """
    sql, city = queries("xiuhua.loop.suggest"), view.city
    tx.execute(sql["begin_position"], {"city": city})
    row = tx.execute(sql["position"], {"city": city}).fetchone()
    if row is None:
        return 0
    begun = at = Position(row.tx, row.number)
    pupil, before = None, 0
    for _ in range(_CHUNKS):
        events, at = read_since(tx, city, at, _EVENTS)
        order, handled = decisions_in(events)
        if order or handled:
            if pupil is None:
                pupil = load(tx, city, to_learn=True)
                before = pupil.model.learnt
            _learn(tx, suggester.names(view), view, pupil, order, handled)
        if len(events) < _EVENTS:
            break
    if pupil is not None:
        keep(tx, city, pupil)
    if at != begun:
        tx.execute(sql["move"], {"city": city, "tx": at.tx, "number": at.number})
    return pupil.model.learnt - before if pupil is not None else 0


def keep(tx: Tx, city: str, pupil: Learnt) -> None:
    """A new version of what was learnt, from now on in use; old versions go."""
    sql, version = queries("xiuhua.loop.suggest"), pupil.version + 1
    kept = {"learnt": pupil.model.learnt, "content": pupil.model.dumped(), "tally": in_json(pupil.tally.kept())}
    tx.execute(sql["keep"], {"city": city, "version": version, "now": tx.now, **kept})
    tx.execute(sql["prune"], {"city": city, "version": version - _KEPT})
    revision.bump(tx, city, REVISION)


def _learn(
    tx: Tx, names: Names, view: CityView, pupil: Learnt, order: list[tuple[str, str]], handled: list[str]
) -> None:
    sql = queries("xiuhua.loop.suggest")
    cases = [id_ for kind, id_ in order if kind == "case"]
    rows = tx.execute(sql["cases"], {"city": view.city, "ids": [*cases, *handled]}).fetchall()
    became = {row.id: row for row in rows}
    texts = _texts(tx, view.city, cases, [id_ for kind, id_ in order if kind == "report"])
    told: list[tuple[str, str]] = []
    for kind, id_ in order:
        case = became.get(id_)
        label = NOT_OURS if kind == "report" else (case.category if case else None)
        told += [(text, label) for text in texts.get(id_, ()) if label]
        if case is not None and case.category and case.condition:
            pupil.tally.filed(case.category, case.condition)
    for one in (became[id_] for id_ in handled if id_ in became):
        if one.category and one.unit:
            pupil.tally.handled(one.category, street_of(view, one.scopes), one.unit)
    _note_names(names, pupil.model, told)
    pupil.model.learn([text for text, _ in told], [label for _, label in told])


def _note_names(names: Names, model: Model, told: list[tuple[str, str]]) -> None:
    """What the catalogue's names alone would have said, and whether it was right."""
    ours = [(text, label) for text, label in told if label != NOT_OURS]
    found = names.find(bags([text for text, _ in ours]), 1)
    said = [(best[0], label) for best, (_, label) in zip(found, ours, strict=True) if best]
    model.named.note([best.score for best, _ in said], [best.category == label for best, label in said])


def _texts(tx: Tx, city: str, cases: Iterable[str], reports: Iterable[str]) -> dict[str, list[str]]:
    """Masked texts by the id of the report or case they belong to; what was erased is not there any more."""
    asked = {"city": city, "cases": list(cases), "ids": list(reports)}
    rows = tx.execute(queries("xiuhua.loop.suggest")["reports"], asked).fetchall()
    kept = personal.get(tx, city, [f"report/{row.id}" for row in rows])
    alone, found = set(asked["ids"]), defaultdict(list)
    for row in rows:
        content: dict[str, Any] | None = kept.get(f"report/{row.id}")
        if content is None:
            continue
        text = text_of(content)
        if row.id in alone:
            if row.verification not in _SAYS_NOTHING:
                found[row.id].append(text)
        elif row.case_id:
            found[row.case_id].append(text)
    return found
