"""Tables of 50,000 reports: how fast they are read, and how fast they become reports in a real installation.

`python bench/bulk.py` prints the figures as JSON. The tables are made anew from a seed, three in ten rows have a point.
"""

from __future__ import annotations

import csv
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from ruamel.yaml import YAML

from harness import Result, data_set, result
from xiuhua import bootstrap
from xiuhua.cli.imports import intake_of
from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.loading import parse
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.run import run as run_import
from xiuhua.loop.files.several import Several, several
from xiuhua.loop.model import ReportIn
from xiuhua.loop.service import Loop
from xiuhua.platform import garbage
from xiuhua.platform.identity.model import system
from xiuhua.platform.tables.readers import open_table

ROWS = 50_000
IMPORTED = 20_000
CASES = 2_000
"""In the installation before."""
PROCESSES = 2
REPEATS = 5
WITH_POINT = 0.3
ZONE = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 1, 1, tzinfo=ZONE)
Point = tuple[float, float]


def words() -> dict[str, Any]:
    """The words of the tables."""
    return dict(YAML(typ="safe", pure=True).load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))


def rows(count: int, points: Sequence[Point], prefix: str, seed: int = 1) -> Iterator[list[Any]]:
    """Rows of a hotline's table; ids begin with `prefix`."""
    chance, said = random.Random(seed), words()
    for number in range(count):
        title, text = chance.choice(said["what"])
        street = f"{chance.choice(said['streets'])}{chance.randrange(1, 300)}"
        at = FIRST + timedelta(seconds=chance.randrange(86_400 * 50))
        lon, lat = chance.choice(points) if chance.random() < WITH_POINT else ("", "")
        yield [
            f"{prefix}{number:07}", at.strftime("%Y/%m/%d %H:%M:%S"), chance.choice(said["names"]),
            f"138{chance.randrange(10**8):08}", f"{street}{title}", f"{street}{text}", lon, lat, street,
        ]  # fmt: skip


def csv_table(path: Path, made: Iterator[list[Any]], encoding: str = "utf-8-sig") -> Path:
    """A table as a hotline exports it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(words()["titles"])
        writer.writerows(made)
    return path


def xlsx_table(path: Path, made: Iterator[list[Any]]) -> Path:
    """The same as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(words()["titles"])
    for row in made:
        sheet.append(row)
    book.save(path)
    return path


def read(path: Path, mapping: FileMapping) -> int:
    """Read and convert every row, as the import does before it hands them to the intake."""
    with open_table(path, mapping) as table:
        converter = Converter(mapping, table.header, ZONE, FIRST + timedelta(days=60))
        return sum(isinstance(converter.convert(row), ReportIn) for row in table.rows())


def per_second(count: int, work: Callable[[], int], repeats: int = REPEATS) -> list[float]:
    """Rows per second of each repeat; every row must have come out right."""
    found = []
    for _ in range(repeats):
        begun = time.perf_counter()
        if work() != count:
            raise AssertionError("not every row was taken")
        found.append(count / (time.perf_counter() - begun))
    return found


def reading(folder: Path, count: int = ROWS) -> list[Result]:
    """Reading and converting alone, without a database."""
    mapping, points = parse(words()["mapping"]), [(120.0 + n / 1000, 30.0 + n / 1000) for n in range(100)]
    text = csv_table(folder / "read.csv", rows(count, points, "R"))
    office = csv_table(folder / "read-gb.csv", rows(count, points, "R"), "gb18030")
    book = xlsx_table(folder / "read.xlsx", rows(count, points, "R"))
    note = f"{count:,} rows of 9 columns, {WITH_POINT:.0%} with a point, read and converted, one process; "
    return [
        result(
            f"rows_read_per_second{name}", per_second(count, partial(read, path, mapping)), "1/s", "higher",
            note + kind,
        )
        for name, path, kind in (
            ("", text, "CSV in UTF-8"),
            ("_gb18030", office, "CSV in GB 18030"),
            ("_xlsx", book, "XLSX"),
        )
    ]  # fmt: skip


def importing(folder: Path, count: int, repeats: int = 3) -> list[Result]:
    """The whole way into a real installation, then the same file once more, of which nothing is new."""
    settings = data_set(CASES)
    first, again = [], []
    with bootstrap.opened(settings) as services:
        loop = services.port(Loop)
        with services.database.reading() as tx:
            [bureau] = tx.execute("select city from bureau")
            city = str(bureau.city)
            areas = loop.view(tx, city).areas
        middles = [areas.area(code).geometry.representative_point() for code in areas.grid_codes]
        points = [(round(one.x, 6), round(one.y, 6)) for one in middles]
        mapping = parse(words()["mapping"])

        def take(path: Path, counted: str, helpers: Several) -> int:
            outcome = run_import(services.database, city, path, mapping, system(city), loop.submit, helpers=helpers)
            return int(getattr(outcome, counted))

        with several(PROCESSES, intake_of, settings, city, system(city)) as helpers, garbage.rarely():
            take(csv_table(folder / "first.csv", rows(4_000, points, f"F{time.time_ns()}-")), "new", helpers)
            for _ in range(repeats):
                path = csv_table(folder / "import.csv", rows(count, points, f"I{time.time_ns()}-"))
                first += per_second(count, partial(take, path, "new", helpers), 1)
                again += per_second(count, partial(take, path, "unchanged", helpers), 1)
    note = (
        f"{count:,} rows of CSV in batches of 1,000, {WITH_POINT:.0%} with a point: read, placed, kept, put into "
        f"inboxes with their deadlines; as `xiuhua import reports --processes {PROCESSES}`, started before; "
    )
    return [
        result("reports_per_second", first, "1/s", "higher", note + "all new"),
        result("reports_unchanged_per_second", again, "1/s", "higher", note + "the same file again"),
    ]


def run(full: bool = False) -> list[Result]:
    """The figures; `full` imports 50,000 rows instead of 20,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*reading(folder), *importing(folder, ROWS if full else IMPORTED)]


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
