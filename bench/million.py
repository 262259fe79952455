"""An installation with a million cases, made in minutes and kept in `.bench-data`, for whatever must hold at that size.

A fortnight is played through the services, then copied: each case with its reports, texts, tasks and events, under
new ids and numbers, moved back in steps of a million seconds (so that no time within a document needs more than
other leading digits) and some hundred metres aside. What is as in a real bureau: sizes of rows and indexes, how states,
units, categories and areas are spread, that old cases are closed and the newest ones open. What is not: of each
copied stream only the first and the last event are there, its digests do not verify, and its timers are left out.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

import harness
from harness import Result, result
from million_texts import content, texts
from xiuhua.platform.clock import SimulatedClock, uuid7
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings, load_settings
from xiuhua.simulate import run as simulation

CASES = 1_000_000
CITY = "990101"
STEP_S = 1_000_000
"""Between two copies of the same fortnight; the leading four digits of ten-digit epoch seconds tell the step."""
DAYS, CASES_PER_DAY, STEPS = 9, 220, 55
TABLES = ("report", "city_case", "task", "event", "personal")
_MADE = {
    "report": "id", "task": "subject", "timer": "subject", "event": "stream", "personal": "id",
    "report_trace": "report", "search_text": "id", "search_field": "id", "reminder": "subject", "media_use": "subject",
    "city_case": "id",
}  # fmt: skip
"""Tables with the column that tells when a row's subject was made."""
_STAMP = re.compile(r"(?<=[:,\[])(1\d\d\d)(\d{6})(?=[,}\]])")
_LEADING = re.compile(r"\x06(\d{4})\x06")
_MOMENT = re.compile("\x08([^\x07]+)\x07")
_ID_STEP = STEP_S * 1000 / 65536
"""What one step adds to the first eight hex digits of a UUIDv7, which count 65,536 ms."""
_FAST = {"synchronous_commit": "off", "max_wal_size": "2GB", "checkpoint_timeout": "1h", "autovacuum": "off"}


def data_set(cases: int = CASES) -> Settings:
    """An installation with about so many cases, of the last years up to the day it was made; made once."""

    def make(settings: Settings) -> None:
        _play(settings.data)
        _copy_all(settings.data, cases)

    return harness.made_once(f"million-{cases}", make)


def tidied(cases: int = CASES) -> Settings:
    """The same without what benches have put into it: thousands of like cases of one day are what no list of a bureau
    begins with."""
    return tidy(data_set(cases))


def tidy(settings: Settings) -> Settings:
    """Take out of a data set what came after it was made; ids tell when a row was."""
    kept = settings.data
    made = datetime.fromtimestamp((kept / "made").stat().st_mtime, UTC)
    first = uuid7(made, 0)
    with Cluster(kept) as cluster, psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        connection.execute("set search_path = xiuhua, public")
        connection.execute("set session_replication_role = replica")  # the log only grows, by a trigger
        newer = connection.execute(
            "select exists (select from report where city = %(city)s and id >= %(first)s)",
            {"city": CITY, "first": first},
        ).fetchone()
        if newer == (False,):
            return settings
        for table, column in _MADE.items():
            prefixes = ("case/", "report/") if table in ("event", "personal") else ("",)
            for prefix in prefixes:
                until = f" and {column} < %(until)s" if prefix else ""
                connection.execute(
                    f"delete from {table} where city = %(city)s and {column} >= %(first)s{until}",  # type: ignore[arg-type]  # names of ours
                    {"city": CITY, "first": f"{prefix}{first}", "until": f"{prefix}g"},
                )
        connection.execute("vacuum (analyze)")
    return settings


def run(full: bool = False) -> list[Result]:
    """How long it takes to make one (100,000 cases; full: a million); the set is thrown away afterwards."""
    cases = CASES if full else 100_000
    kept = harness.FOLDER / f"million-{cases}"
    shutil.rmtree(kept, ignore_errors=True)
    begun = time.perf_counter()
    data_set(cases)
    return [result("seconds", [time.perf_counter() - begun], "s", "lower", f"{cases:,} cases made")]


def _play(folder: Path) -> None:
    settings = load_settings(data=folder)
    plan = simulation.plain(DAYS, 1, CASES_PER_DAY, simulation.ending_today(settings, DAYS), over_http=False)
    clock = SimulatedClock(simulation.start_of(plan, settings), 1)
    database = open_database(settings, clock=clock)
    try:
        simulation.simulate(database, settings, plan, clock)
    finally:
        database.close()


@dataclass(slots=True)
class Family:
    """A case with its reports, or a report that made none, as text rows by table."""

    ids: list[str]
    number: str | None
    externals: list[str]
    point: tuple[str, str] | None
    open: bool
    rows: dict[str, list[list[str | None]]]
    lines: dict[str, list[str]] = field(default_factory=dict)
    """Templates of lines for COPY, by table."""


def _copy_all(folder: Path, cases: int) -> None:
    cluster = Cluster(folder, durable=False, extra=_FAST).join()
    try:
        with psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
            connection.execute("set search_path = xiuhua, public")
            kinds = {table: _columns(connection, table) for table in TABLES}
            families = list(_families(connection, kinds))
            for family in families:
                family.lines = {
                    table: [_template(row, kinds[table], family) for row in rows] for table, rows in family.rows.items()
                }
            again = _without_indexes(connection)
            pool = texts()
            for step, part, copies in _plan(families, cases):
                with connection.transaction():
                    _copy_step(connection, kinds, part, step, copies, pool)
            for statement in again:
                connection.execute(statement)
            # Nobody is to be told of what was copied; search and traces are filled by the worker or their benches.
            connection.execute(
                "insert into notice_position (city, tx, number, since)"
                " select city, tx::text::bigint, position, now() from event"
                " order by event.tx desc, position desc limit 1"
                " on conflict (city) do update set tx = excluded.tx, number = excluded.number"
            )
            connection.execute("vacuum (analyze, freeze)")
            connection.execute("checkpoint")
    finally:
        cluster.leave()


def _plan(families: Sequence[Family], cases: int) -> Iterator[tuple[int, Sequence[Family], int]]:
    """Step back in time, the families copied there, and how often each; only the newest step holds open ones."""
    closed = [one for one in families if not one.open]
    missing = cases - sum(one.number is not None for one in families)
    steps = min(STEPS, max(1, missing // max(1, len(closed))))
    per_step = max(1, round(missing / (steps * sum(one.number is not None for one in closed))))
    for step in range(steps, 0, -1):
        yield step, families if step == 1 else closed, per_step


def _columns(connection: psycopg.Connection[Any], table: str) -> list[tuple[str, str]]:
    """Name and type of what is copied; what has a default of the moment is left to it."""
    rows = connection.execute(
        "select column_name, data_type from information_schema.columns where table_schema = 'xiuhua'"
        " and table_name = %s and is_generated = 'NEVER'"
        " and not (table_name = 'event' and column_name in ('tx', 'position', 'ingested_at'))"
        " order by ordinal_position",
        (table,),
    )
    return [(name, kind) for name, kind in rows]


def _families(connection: psycopg.Connection[Any], kinds: dict[str, list[tuple[str, str]]]) -> Iterator[Family]:
    """All that was played, by case; split and merged cases stay out, since their ids stand in one another."""
    by_subject: dict[str, dict[str, list[list[str | None]]]] = {}
    first_last = (
        " where version = 1 or version = (select max(version) from event as other"
        " where other.city = event.city and other.stream = event.stream)"
    )
    for table, columns in kinds.items():
        names = [name for name, _ in columns]
        chosen = ", ".join(
            f"extract(epoch from {name})::numeric::text" if kind.startswith("timestamp") else f"{name}::text"
            for name, kind in columns
        )
        for row in connection.execute(f"select {chosen} from {table}{first_last if table == 'event' else ''}"):  # type: ignore[arg-type]
            by_subject.setdefault(_subject(table, names, row), {}).setdefault(table, []).append(list(row))
    case, report = ([name for name, _ in kinds[table]] for table in ("city_case", "report"))
    taken: set[str] = set()  # a report that was taken out of a case again stands in that case's document still
    for subject, rows in sorted(by_subject.items()):
        kind, _, id_ = subject.partition("/")
        if kind == "case" and "city_case" in rows:
            [row] = rows["city_case"]
            doc = json.loads(str(row[case.index("doc")]))["data"]
            if doc.get("parent") or doc.get("parts") or doc.get("merged_into"):
                continue
            reports = [one for one in (f"report/{id_}" for id_ in doc["reports"]) if one not in taken]
            taken.update(reports)
            found = [rows, *(by_subject[one] for one in reports if one in by_subject)]
            yield _family(found, [id_, *doc["reports"]], row, case, report)
        elif kind == "report" and subject not in taken and rows["report"][0][report.index("case_id")] is None:
            yield _family([rows], [id_], rows["report"][0], report, report)


def _family(
    found: Sequence[dict[str, list[list[str | None]]]], ids: list[str], main: list[str | None], names: list[str],
    report: list[str],
) -> Family:  # fmt: skip
    merged: dict[str, list[list[str | None]]] = {}
    for rows in found:
        for table, those in rows.items():
            merged.setdefault(table, []).extend(those)
    lon, lat = main[names.index("lon")], main[names.index("lat")]
    return Family(
        ids, main[names.index("number")] if "number" in names else None,
        [str(row[report.index("external_id")]) for row in merged.get("report", [])],
        (lon, lat) if lon and lat else None, "task" in merged, merged,
    )  # fmt: skip


def _subject(table: str, names: list[str], row: Sequence[Any]) -> str:
    if table == "task":
        return f"{row[names.index('kind')]}/{row[names.index('subject')]}"
    if table in ("event", "personal"):
        return str(row[names.index("stream" if table == "event" else "id")])
    return f"{'case' if table == 'city_case' else 'report'}/{row[names.index('id')]}"


def _without_indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Drop keys and indexes of what is filled; the statements that make them again."""
    again = []
    for table in TABLES:
        constraints = connection.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where conrelid = %s::regclass and contype in ('p', 'u')",
            (f"xiuhua.{table}",),
        ).fetchall()
        for name, text in constraints:
            again.append(f'alter table xiuhua."{table}" add constraint "{name}" {text}')
            connection.execute(f'alter table xiuhua."{table}" drop constraint "{name}"')  # type: ignore[arg-type]
        rows = connection.execute(
            "select indexname, indexdef from pg_indexes where schemaname = 'xiuhua' and tablename = %s", (table,)
        ).fetchall()
        for name, text in rows:
            again.append(text)
            connection.execute(f'drop index xiuhua."{name}"')  # type: ignore[arg-type]
    return ["set maintenance_work_mem = '1GB'", *again]


def _copy_step(
    connection: psycopg.Connection[Any], kinds: dict[str, list[tuple[str, str]]], families: Sequence[Family],
    step: int, copies: int, pool: Sequence[str],
) -> None:  # fmt: skip
    chance = random.Random(step)
    names = [[_names(family, order, step, copy) for copy in range(copies)] for order, family in enumerate(families)]
    for table in TABLES:
        columns = ", ".join(name for name, _ in kinds[table])
        with (
            connection.cursor() as cursor,
            cursor.copy(f"copy {table} ({columns}) from stdin") as stream,  # type: ignore[arg-type]
        ):
            waiting: list[str] = []
            for order, family in enumerate(families):
                text = _moved("".join(family.lines.get(table, ())), step)
                contents = pool if table == "personal" else ()
                waiting += (_named(text, each, chance, contents) for each in names[order] if text)
                if order % 50 == 0:
                    stream.write("".join(waiting))
                    waiting.clear()
            stream.write("".join(waiting))


def _template(row: Sequence[str | None], columns: Sequence[tuple[str, str]], family: Family) -> str:
    """A line for COPY in which control characters stand for what differs: times, names, places, texts."""
    cells = []
    for value, (name, kind) in zip(row, columns, strict=True):
        if value is None:
            cells.append("\\N")
        elif kind.startswith("timestamp"):
            whole, _, rest = value.partition(".")
            cells.append(f"\x08\x06{whole[:4]}\x06{whole[4:]}.{rest or 0}\x07")
        elif name == "content":
            cells.append("\x05")
        else:
            text = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
            cells.append(_STAMP.sub("\x06\\1\x06\\2", text) if kind in ("json", "jsonb") else text)
    line = "\t".join(cells) + "\n"
    for at, id_ in enumerate(family.ids):
        line = line.replace(id_, f"\x01{chr(0xE000 + at)}")
    for at, external in enumerate(family.externals):
        line = line.replace(external, f"\x02{chr(0xE000 + at)}")
    if family.number is not None:
        line = line.replace(family.number, "\x03")
    if family.point is not None:
        lon, lat = family.point
        line = line.replace(lon, "\x04x").replace(lat, "\x04y")
    return line


def _moved(text: str, step: int) -> str:
    """Its times so many steps earlier."""
    for marked in set(_LEADING.findall(text)):
        text = text.replace(f"\x06{marked}\x06", str(int(marked) - step))
    return _MOMENT.sub(lambda found: datetime.fromtimestamp(float(found[1]), UTC).isoformat(sep=" "), text)


def _names(family: Family, order: int, step: int, copy: int) -> list[tuple[str, str]]:
    """What stands for the control characters in one copy."""
    changes = [(f"\x01{chr(0xE000 + at)}", _new_id(id_, step, copy)) for at, id_ in enumerate(family.ids)]
    changes += [(f"\x02{chr(0xE000 + at)}", f"{one}-{step}-{copy}") for at, one in enumerate(family.externals)]
    if family.number is not None:
        city, day, _ = family.number.split("-")
        moved = date(int(day[:4]), int(day[4:6]), int(day[6:])) - timedelta(seconds=step * STEP_S)
        changes.append(("\x03", f"{city}-{moved:%Y%m%d}-{step % 2}{order * 64 + copy:06}"))
    if family.point is not None:
        aside = ((order * 7919 + step * 104_729 + copy * 1299) % 1001 - 500) * 1e-5
        lon, lat = map(float, family.point)
        changes += [("\x04x", f"{lon + aside:.6f}"), ("\x04y", f"{lat - aside / 2:.6f}")]
    return changes


def _named(text: str, changes: Sequence[tuple[str, str]], chance: random.Random, pool: Sequence[str]) -> str:
    for old, new in changes:
        text = text.replace(old, new)
    while pool and "\x05" in text:
        told = json.dumps(content(chance, pool), ensure_ascii=False).replace("\\", "\\\\")
        text = text.replace("\x05", told, 1)
    return text


def _new_id(old: str, step: int, copy: int) -> str:
    """Moved in time like everything else, with the number of the copy at its end."""
    return f"{int(old[:8], 16) - round(step * _ID_STEP):08x}{old[8:-3]}{copy:03x}"
