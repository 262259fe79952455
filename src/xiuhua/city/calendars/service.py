"""Keeping a city's calendars: hours, holidays, roles; every change one event and one step of the revision.

Rows are superseded, never changed, so that `load_calendars` can give the calendars as known at any moment;
`load_version` gives the very calendar that a clock was computed with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from xiuhua.city.calendars import shipped
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.holidays import HolidayRow, check_rows, read_csv, table
from xiuhua.city.calendars.model import Calendars
from xiuhua.city.calendars.reading import contents, load_calendars, load_version, sql
from xiuhua.city.calendars.spec import CalendarSpec, Dated, spec_json
from xiuhua.platform import revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.eventlog import NewEvent, append, heads

__all__ = [
    "REVISION", "SYSTEM", "By", "Calendars", "Imported", "assign_roles", "import_holidays",
    "install_default_calendars", "load_calendars", "load_version", "put_calendars",
]  # fmt: skip

REVISION = "calendars"
"""Kind under which `revision.Memory` keeps what `load_calendars` gives."""


class By(NamedTuple):
    """Who makes a change, in which role."""

    actor: str = "system"
    role: str = "system"


SYSTEM = By()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of holidays came to, in days."""

    new: int
    changed: int
    unchanged: int
    withdrawn: int
    announced: tuple[int, ...]
    """Years that this import announced for the first time."""
    announced_through: int
    warnings: tuple[dict[str, Any], ...]

    def counts(self) -> dict[str, Any]:
        """What the log is told."""
        return {
            "new": self.new,
            "changed": self.changed,
            "withdrawn": self.withdrawn,
            "announced": list(self.announced),
        }


def put_calendars(
    tx: Tx, city: str, specs: Sequence[CalendarSpec], valid_from: date = shipped.ALWAYS, by: By = SYSTEM
) -> list[str]:
    """Set the hours of calendars from a day on, for good; returns the codes that changed by it.

    What held before stays for the days before; versions announced for later days are dropped.
    """
    tx.execute(sql()["lock"], {"city": city})
    standing = {content.code: content.versions for content in contents(tx, city)}
    fresh = [spec for spec in specs if not _holds(standing.get(spec.code, ()), spec, valid_from)]
    _refuse_mixed(fresh, standing)
    if fresh:
        codes = [spec.code for spec in fresh]
        old = tx.execute(
            sql()["supersede_calendars"], {"city": city, "codes": codes, "from": valid_from, "now": tx.now}
        ).fetchall()
        before = valid_from - timedelta(days=1)
        rows: list[tuple[str, date, date | None, str]] = [
            (row.code, row.valid_from, before, _json(row.spec)) for row in old if row.valid_from < valid_from
        ]
        rows += [(spec.code, valid_from, None, _json(spec_json(spec))) for spec in fresh]
        names = ("codes", "froms", "tos", "specs")
        tx.execute(sql()["put_calendars"], _columns(names, rows) | {"city": city, "now": tx.now})
        _changed(tx, city, "CalendarsChanged", {"codes": sorted(codes), "from": valid_from.isoformat()}, by)
    return [spec.code for spec in fresh]


def assign_roles(tx: Tx, city: str, roles: Mapping[str, str], by: By = SYSTEM) -> None:
    """Say which calendar each role's clocks follow; raises `Invalid` naming roles with an unknown one."""
    tx.execute(sql()["lock"], {"city": city})
    params = {"city": city, "known": None}
    known = {row.code for row in tx.execute(sql()["calendars"], params)}
    errors = [
        {"path": role, "why": f"there is no calendar {code}"} for role, code in roles.items() if code not in known
    ]
    if errors:
        raise Invalid("Some roles would follow no calendar.", errors=errors)
    standing = {row.role: row.calendar for row in tx.execute(sql()["roles"], params)}
    fresh = {role: code for role, code in roles.items() if standing.get(role) != code}
    if fresh:
        columns = {"roles": list(fresh), "calendars": list(fresh.values()), "city": city, "now": tx.now}
        tx.execute(sql()["supersede_roles"], columns)
        tx.execute(sql()["put_roles"], columns)
        _changed(tx, city, "RolesAssigned", {"roles": fresh}, by)


def import_holidays(
    tx: Tx,
    city: str,
    source: Path | Iterable[Mapping[str, Any]],
    *,
    name: str = "",
    announced: Collection[int] = (),
    replace: bool = False,
    by: By = SYSTEM,
) -> Imported:
    """Take over an official arrangement from a CSV file or rows; all of it, or `Invalid` with every error.

    `announced` names the years that are official now; without it they are those with at least
    `WHOLE_YEAR_HOLIDAYS` days off in the source. `replace` withdraws days of these years that the source does
    not hold. Importing the same again changes nothing.
    """
    checked = read_csv(source) if isinstance(source, Path) else check_rows(source)
    tx.execute(sql()["lock"], {"city": city})
    params = {"city": city, "known": None}
    standing = {row.day: HolidayRow(*row) for row in tx.execute(sql()["holidays"], params)}
    years = [row.year for row in tx.execute(sql()["announced"], params)]
    official = set(announced) or checked.whole_years()
    fresh = [row for row in checked.rows if standing.get(row.day) != row]
    changed = [row.day for row in fresh if row.day in standing]
    given = {row.day for row in checked.rows}
    gone = [day for day in standing if replace and day.year in official and day not in given]
    added = sorted(official.difference(years))
    outcome = Imported(
        len(fresh) - len(changed),
        len(changed),
        len(checked.rows) - len(fresh),
        len(gone),
        tuple(added),
        table([], [*years, *added]).announced_through,
        checked.warnings,
    )
    if fresh or gone or added:
        label = name or (source.name if isinstance(source, Path) else "form")
        stamp = {"city": city, "now": tx.now, "source": label}
        tx.execute(sql()["supersede_holidays"], stamp | {"days": changed + gone})
        columns = _columns(("days", "kinds", "names"), [(row.day, row.kind, row.name) for row in fresh])
        tx.execute(sql()["put_holidays"], stamp | columns)
        tx.execute(sql()["put_announced"], stamp | {"years": added})
        _changed(tx, city, "HolidaysImported", {"source": label} | outcome.counts(), by)
    return outcome


def install_default_calendars(tx: Tx, city: str, zone: str = "", by: By = SYSTEM) -> None:
    """Give a city the pack's calendars, holidays and roles where it has none of its own; repeatable."""
    specs, roles = shipped.declared()
    params = {"city": city, "known": None}
    own = {row.code for row in tx.execute(sql()["calendars"], params)}
    taken = {row.role for row in tx.execute(sql()["roles"], params)}
    texts = [spec | ({"zone": zone} if zone else {}) for spec in specs if spec["code"] not in own]
    put_calendars(tx, city, [parse_spec(text, text["code"]) for text in texts], by=by)
    assign_roles(tx, city, {role: code for role, code in roles.items() if role not in taken}, by)
    ever = {row.day for row in tx.execute(sql()["days_ever"], params)}
    rows = [row for row in shipped.holidays().rows if row.day not in ever]
    if rows:
        forms = [{"date": row.day, "kind": row.kind, "name": row.name} for row in rows]
        import_holidays(tx, city, forms, name="holidays-cn", by=by)


def _refuse_mixed(specs: Sequence[CalendarSpec], standing: Mapping[str, Sequence[Dated]]) -> None:
    """A code stands once in a change, and keeps its time zone through all versions."""
    errors = []
    zones = {code: versions[-1].spec.zone for code, versions in standing.items()}
    for place, spec in enumerate(specs):
        if spec.code in [other.code for other in specs[:place]]:
            errors.append({"path": spec.code, "why": "the calendar stands twice in the change"})
        if zones.get(spec.code, spec.zone) != spec.zone:
            errors.append({"path": f"{spec.code}.zone", "why": f"it is {zones[spec.code]} and stays so"})
    if errors:
        raise Invalid("The calendars have errors.", errors=errors)


def _holds(versions: Sequence[Dated], spec: CalendarSpec, valid_from: date) -> bool:
    """Whether a spec is in force from that day on already."""
    return bool(versions) and versions[-1].spec == spec and versions[-1].valid_from <= valid_from


def _changed(tx: Tx, city: str, event: str, payload: dict[str, Any], by: By) -> None:
    """Keep the contents that deadlines will hang on, tell the log, and let every process load anew."""
    found = {content.digest(): content for content in contents(tx, city)}
    rows = [(digest, content.code, _json(content.to_json())) for digest, content in found.items()]
    columns = _columns(("digests", "codes", "contents"), rows)
    tx.execute(sql()["keep_versions"], columns | {"city": city, "now": tx.now})
    stream = f"calendars/{city}"
    digests = {content.code: digest for digest, content in found.items()}
    news = NewEvent(stream, event, payload | {"digests": digests}, by.actor, by.role, tx.now)
    append(tx, city, [news], heads(tx, city, [stream]))
    revision.bump(tx, city, REVISION)


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Rows as one array a column, for `unnest`."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
