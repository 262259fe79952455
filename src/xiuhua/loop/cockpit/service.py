"""The board of the day: a handful of small queries over cases in brief and the newest reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from xiuhua.loop.brief import reading
from xiuhua.loop.brief.reading import Chosen
from xiuhua.loop.brief.titles import title
from xiuhua.loop.cockpit.forms import CockpitOut, Counts, Day, HotSpot, Late, LateCase, Number, Numbers, OnTime, Rate
from xiuhua.loop.lists.forms import ListOf
from xiuhua.loop.scope import Sight
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

WORST: Final = 10
HOT: Final = 20
RATE_DAYS: Final = 30
HOT_DAYS: Final = 7
TREND_DAYS: Final = 30
Codes = Mapping[int, str]


def board(tx: Tx, view: CityView, cases: Sight, reports: Sight | None) -> CockpitOut:
    """The board, of the cases and reports that a person sees; None: of no reports."""
    known = reading.words(tx, view.city)
    which = reading.seen(tx, view.city, cases, known)
    states = {number: word for word, number in known["state"].items()}
    units = {number: word for word, number in known["unit"].items()}
    midnight = datetime.combine(view.day, time(), view.zone)
    rated_since = midnight - timedelta(days=RATE_DAYS)
    rates = _rates(tx, view, which, units, rated_since)
    return CockpitOut(
        now=tx.now,
        intake=_intake(tx, view, reports, midnight) if reports is not None else None,
        open=_open(tx, view, which, states),
        late=_late(tx, view, which),
        on_time=_of_all(rates, rated_since),
        rates=rates,
        trend=_trend(tx, view, which, reports, _midnights(view)),
        hot_spots=_hot_spots(tx, view, reports, midnight - timedelta(days=HOT_DAYS)) if reports is not None else None,
    )


def _intake(tx: Tx, view: CityView, seen: Sight, since: datetime) -> Numbers:
    rows = _of_reports(tx, view, "intake", seen, since)
    return _numbers(
        ListOf.of("report", opened_from=since),
        [Number(
            code=row.code, title=title(view, "source", row.code), count=row.n,
            records=ListOf.of("report", source=(row.code,), opened_from=since),
        ) for row in rows],
    )  # fmt: skip


def _hot_spots(tx: Tx, view: CityView, seen: Sight, since: datetime) -> list[HotSpot]:
    found = []
    for row in _of_reports(tx, view, "hot_spots", seen, since):
        if row.code in view.areas:
            area = view.areas.area(row.code)
            lon, lat = area.point()
            listed = ListOf.of("report", area=row.code, opened_from=since)
            found.append(HotSpot(unit_grid=row.code, name=area.name, lon=lon, lat=lat, count=row.n, records=listed))
    return found


def _of_reports(tx: Tx, view: CityView, name: str, seen: Sight, since: datetime) -> list[Any]:
    query = _sql()[name].format(seen="" if seen.everything else _sql()["seen"])
    values = {"city": view.city, "since": since, "areas": list(seen.areas), "limit": HOT}
    return tx.execute(query, values).fetchall()


def _open(tx: Tx, view: CityView, which: Chosen, states: Codes) -> Numbers:
    rows = tx.execute(_sql()["open"].format(where=which.where), which.values)
    counts = {states[row.no]: row.n for row in rows if row.no in states}
    found = [
        Number(code=code, title=title(view, "state", code), count=count, records=ListOf.of("case", state=(code,)))
        for code, count in sorted(counts.items(), key=lambda one: _order(view, one[0]))
    ]
    return _numbers(ListOf.of("case", open=True), found)


def _order(view: CityView, state: str) -> tuple[int, str]:
    """As the procedure tells its states, so that a board reads from left to right."""
    known = list(view.procedures["city_case"][1].tracks["main"].states) if "city_case" in view.procedures else []
    return (known.index(state) if state in known else len(known), state)


def _late(tx: Tx, view: CityView, which: Chosen) -> Late:
    values = {**which.values, "now_s": int(tx.now.timestamp()), "limit": WORST}
    row = tx.execute(_sql()["late"].format(where=which.where), values).fetchone()
    worst = tx.execute(_sql()["worst"].format(where=which.where), values).fetchall()
    return Late(
        count=row.n if row is not None else 0,
        records=ListOf.of("case", late=True),
        worst=[
            LateCase(
                id=one.id, number=one.number, state=one.state, state_title=title(view, "state", one.state),
                category=one.category, category_title=_titled(view, "category", one.category), unit=one.unit,
                unit_title=_titled(view, "unit", one.unit), unit_grid=one.unit_grid, due=one.due,
                late_s=int((tx.now - one.due).total_seconds()),
            )
            for one in worst
        ],
    )  # fmt: skip


def _rates(tx: Tx, view: CityView, which: Chosen, units: Codes, since: datetime) -> list[Rate]:
    values = {**which.values, "since_s": int(since.timestamp())}
    found = [
        Rate(unit=unit, title=title(view, "unit", unit), **_on_time(row.on_time, row.n, since, unit=(unit,)))
        for row in tx.execute(_sql()["rates"].format(where=which.where), values)
        if (unit := units.get(row.no)) is not None
    ]
    return sorted(found, key=lambda one: (one.percent, -one.denominator, one.unit))


def _of_all(rates: list[Rate], since: datetime) -> OnTime | None:
    if not rates:
        return None
    return OnTime(**_on_time(sum(one.numerator for one in rates), sum(one.denominator for one in rates), since))


def _on_time(numerator: int, denominator: int, since: datetime, **said: Any) -> dict[str, Any]:
    return {
        "numerator": numerator, "denominator": denominator, "percent": round(100 * numerator / denominator, 2),
        "numerator_records": ListOf.of("case", overdue=False, handed_back_from=since, **said),
        "denominator_records": ListOf.of("case", handed_back_from=since, **said),
    }  # fmt: skip


def _midnights(view: CityView) -> list[datetime]:
    """[TREND_DAYS + 1]: where each of the last days begins, and where today ends."""
    days = (view.day + timedelta(days=n) for n in range(1 - TREND_DAYS, 2))
    return [datetime.combine(day, time(), view.zone) for day in days]


def _trend(tx: Tx, view: CityView, which: Chosen, reports: Sight | None, midnights: list[datetime]) -> list[Day]:
    bounds = {**which.values, "midnights": [int(one.timestamp()) for one in midnights]}
    numbers = {
        name: _by_day(tx.execute(_sql()[f"{name}_by_day"].format(where=which.where), bounds))
        for name in ("opened", "handed_back")
    }
    came = {}
    if reports is not None:
        query = _sql()["reports_by_day"].format(seen="" if reports.everything else _sql()["seen"])
        came = _by_day(tx.execute(query, {"city": view.city, "midnights": midnights, "areas": list(reports.areas)}))
    found = []
    for day, (first, last) in enumerate(pairwise(midnights), 1):
        opened = ListOf.of("case", opened_from=first, opened_to=last)
        handed = ListOf.of("case", handed_back_from=first, handed_back_to=last)
        taken = ListOf.of("report", opened_from=first, opened_to=last)
        found.append(
            Day(
                day=first.date(),
                reports=Counts(count=came.get(day, 0), records=taken) if reports is not None else None,
                opened=Counts(count=numbers["opened"].get(day, 0), records=opened),
                handed_back=Counts(count=numbers["handed_back"].get(day, 0), records=handed),
            )
        )
    return found


def _by_day(rows: Iterable[Any]) -> dict[int, int]:
    return {row.day: row.n for row in rows}


def _titled(view: CityView, kind: str, code: str | None) -> dict[str, str] | None:
    return title(view, kind, code) if code else None


def _numbers(records: ListOf, items: list[Number]) -> Numbers:
    return Numbers(total=sum(one.count for one in items), records=records, items=items)


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.cockpit")
