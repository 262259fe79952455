"""`xiuhua pack`: check, make, test and list packs, load their samples, write their JSON Schemas."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from ruamel.yaml import YAML

from xiuhua.cli import language, samples, stages
from xiuhua.cli.output import desk, options
from xiuhua.packs import coverage, jsonschema, reference, scaffold
from xiuhua.packs.check import Checked, check_path
from xiuhua.packs.loader import LIBRARY, within
from xiuhua.packs.pack import KINDS, Pack
from xiuhua.packs.problems import Problem
from xiuhua.packs.unshown import unshown
from xiuhua.platform.errors import Invalid, NotFound

_PATH = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)

_COVERAGE_HEAD = """# Coverage

Which mechanisms of the bureaus' annual reports the packs of the library serve. Written by `xiuhua pack coverage SYSTEMS
--page docs/reference/coverage.md`; the list of mechanisms, `SYSTEMS`, is handed in.

- `runs`: a scenario that passes cites the mechanism and shows it; the declarations are those it shows.
- `kept`: a register, ledger or indicator cites it, and a passing scenario of its pack shows that declaration, or what
  the indicator counts.
- `waits`: for what is named: `sensing` (positions, cameras, devices), `insight` (figures, comparisons, reports), `law`
  (enforcement, permits), `exchange` (other platforms), `mobile` (work on the phone), `room` (a room of the program
  serves it and its own tests show it: categories, duty cards of grids, trees of tasks; a scenario has no steps for it);
  `scenario`: declared, but no passing scenario shows it yet; `pack`: not declared yet. The first six stand in
  [coverage.yaml](coverage.yaml), by hand.
"""


@click.group()
def pack() -> None:
    """Packs: the lines of business as data."""


@pack.command()
@click.argument("path", required=False, type=_PATH)
@click.pass_context
def check(ctx: click.Context, path: Path | None) -> None:
    """Check a pack, a folder of packs, or (without PATH) the whole library: declarations, then sample rows.

    Exit code 1 on any error.
    """
    checked = check_path(path)
    if not checked.problems:
        checked = _sampled(checked, alone=path is not None and (path / "pack.yaml").exists())
    _tell(checked.problems, language(ctx))
    _summary(checked)
    sys.exit(1 if checked.problems else 0)


@pack.command()
@click.argument("path", required=False, type=_PATH)
@click.pass_context
def test(ctx: click.Context, path: Path | None) -> None:
    """Run the scenarios of a pack, a folder of packs, or the whole library."""
    checked = check_path(path)
    if checked.problems:
        _tell(checked.problems, language(ctx))
        _summary(checked)
        sys.exit(1)
    passed, failed = _run(checked.packs, checked.library)
    click.echo(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _run(packs: Sequence[Pack], library: Mapping[str, Pack]) -> tuple[int, int]:
    console = _console()
    passed = failed = 0
    for one in packs:
        results = stages.run(one, library)
        for result in results:
            passed, failed = passed + result.passed, failed + (not result.passed)
            sign = "[green]passed[/]" if result.passed else "[red]failed[/]"
            console.print(f"{sign}  {escape(one.name)}: {escape(result.scenario)}")
            for why in result.why:
                console.print(f"        {escape(why)}")
        for kind, name in unshown(one, [result.passed for result in results]):
            console.print(f"[yellow]unshown[/]  {escape(one.name)}: no scenario shows the {kind} {escape(name)}")
    return passed, failed


def _sampled(checked: Checked, *, alone: bool) -> Checked:
    """The same with what is wrong in the sample rows; of one pack alone the files are seen from its folder."""
    told = {one.name: list(samples.problems(one, checked.library)) for one in checked.packs}
    seen = [one if alone else within(name, one) for name, found in told.items() for one in found]
    return replace(checked, problems=tuple(seen), wrong=sum(bool(found) for found in told.values()))


@pack.command()
@click.argument("names", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every pack of the library.")
@click.option("--files", type=_FOLDER, help="Write them there as tables to be filled in, and load nothing.")
@options
def sample(names: tuple[str, ...], every: bool, files: Path | None, city: str | None, as_json: bool) -> None:
    """Bring the sample rows of packs (folders, or names of the library) and of those they need into a city.

    It puts these packs in force. May be repeated. Units and people stand in the rows as those of the fictional district
    are called; of another city write the files with --files and change them. Exit code 1 when a row was rejected.
    """
    chosen, library = _chosen(names, every)
    if files is not None:
        for made in (one for pack_ in chosen for one in samples.write(pack_, files)):
            click.echo(f"wrote {made}")
        return
    with desk(city, as_json) as here:
        loaded = list(samples.load(here, chosen, library))
    here.out.json([asdict(one) for one in loaded])
    rows = [(one.into, one.new, one.changed, one.unchanged, one.rejected) for one in loaded]
    here.out.table(("name", "new", "changed", "unchanged", "rejected"), rows)
    sys.exit(1 if any(one.rejected for one in loaded) else 0)


def _chosen(names: Sequence[str], every: bool) -> tuple[list[Pack], dict[str, Pack]]:
    """The packs meant, and all that they may need. Raises `NotFound`, `Invalid`."""
    if every:
        checked = check_path()
        return list(checked.packs), checked.library
    if not names:
        raise click.UsageError("which pack? Give names, or --all")
    chosen: list[Pack] = []
    library: dict[str, Pack] = {}
    for name in names:
        path = Path(name) if (Path(name) / "pack.yaml").is_file() else LIBRARY / name
        if not path.is_dir():
            raise NotFound(f"there is no pack {name}; see xiuhua pack list")
        checked = check_path(path)
        if checked.problems:
            raise Invalid(f"the pack {name} has {len(checked.problems)} errors: see xiuhua pack check")
        chosen += checked.packs
        library = {**checked.library, **library, **{one.name: one for one in checked.packs}}
    return chosen, library


@pack.command()
@click.argument("name")
@click.option("--dir", "folder", type=_FOLDER, default=Path(), help="Where the folder is made; here unless told.")
def new(name: str, folder: Path) -> None:
    """Make a small complete pack that passes check and test, to be changed step by step."""
    made = scaffold.new(name, folder)
    click.echo(f"made {made}")
    click.echo(f"next: change it, then  xiuhua pack check {made}  and  xiuhua pack test {made}")


@pack.command(name="list")
@click.argument("path", required=False, type=_PATH)
@click.pass_context
def list_(ctx: click.Context, path: Path | None) -> None:
    """List packs with what they declare."""
    checked = check_path(path)
    table = Table("pack", "version", "title", "declares", box=None)
    for one in checked.packs:
        counts = ((kind, len(one.of_kind(kind))) for kind in KINDS)
        declares = [f"{count} {kind}" for kind, count in counts if count]
        declares += [f"{len(one.data)} data files"] if one.data else []
        table.add_row(
            one.name, str(one.head.version), getattr(one.head.title, language(ctx)), ", ".join(declares) or "–"
        )
    _console().print(table)


@pack.command()
@click.option("--dir", "folder", type=_FOLDER, default=Path("docs/reference/schemas"), show_default=True)
@click.option("--page", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Make its tables anew.")
def schema(folder: Path, page: Path | None) -> None:
    """Write the JSON Schemas of all files of a pack, and of a simulation profile, for editors."""
    from xiuhua.simulate import profiles  # noqa: PLC0415 - the district is needed here alone

    changed = [*jsonschema.write(folder), *profiles.write(folder)]
    if page is not None and reference.refresh(page):
        changed.append(page)
    for path in changed:
        click.echo(f"wrote {path}")
    click.echo(f"{len(changed)} changed")


@pack.command(name="coverage")
@click.argument("systems", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--packs", "folder", type=_PATH, help="Other packs than the library.")
@click.option("--waiting", type=_FILE, help="Which mechanisms wait for what; default: beside the page.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Write the table there.")
def coverage_(systems: Path, folder: Path | None, waiting: Path | None, page: Path | None) -> None:
    """Tell which mechanisms of a list (`- **S001 name** …`) the packs serve, by their scenarios that pass."""
    checked = check_path(folder)
    if checked.problems:
        click.echo(f"{len(checked.problems)} errors in packs: see xiuhua pack check")
        sys.exit(1)
    shown = coverage.Shown()
    for one in checked.packs:
        shown.add(one, [result.passed for result in stages.run(one, checked.library)])
    beside = page.with_suffix(".yaml") if page is not None else None
    reasons = _waiting(waiting or (beside if beside is not None and beside.is_file() else None))
    rows = list(
        coverage.covered(coverage.mechanisms(systems.read_text(encoding="utf-8")), checked.packs, shown, reasons)
    )
    if page is not None:
        page.write_text(coverage.page(rows, _COVERAGE_HEAD), encoding="utf-8")
        click.echo(f"wrote {page}")
    else:
        for row in rows:
            state = f"waits: {row.reason}" if row.status == "waits" else row.status
            click.echo(f"{row.mechanism.id}  {state}  {row.mechanism.name}")
    click.echo(coverage.summary(rows))


def _waiting(path: Path | None) -> dict[str, str]:
    """Mechanism → what it waits for, of a file `reason: [S001, …]`."""
    if path is None:
        return {}
    loaded: dict[str, list[str]] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return {one: reason for reason, many in loaded.items() for one in many}


def _tell(problems: Iterable[Problem], lang: str) -> None:
    """`file:line:column path` and what is wrong, in a form that editors make into links."""
    console = _console()
    for one in problems:
        where = ":".join(str(part) for part in (one.file, one.line, one.column) if part)
        console.print(f"[bold]{escape(where)}[/]  [cyan]{escape(one.path)}[/]")
        console.print(f"    {escape(one.text(lang))}")
        if advice := one.advice(lang):
            console.print(f"    [dim]→ {escape(advice)}[/]")


def _summary(checked: Checked) -> None:
    errors = len(checked.problems)
    click.echo(f"{checked.looked_at} packs checked, {errors} errors" + (f" in {checked.wrong} packs" if errors else ""))


def _console() -> Console:
    """Lines are never broken: a path cut in two can be neither read by a program nor clicked."""
    return Console(soft_wrap=True, highlight=False)
