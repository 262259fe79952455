"""The command `xiuhua`: one group, a module for each room, loaded only when one of its commands is called.

A room adds itself to `COMMANDS` and has a module here with a click command or group of that name. Nothing
heavier than click is imported at the top of this module, so that `xiuhua --help` answers at once.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from xiuhua import __version__
from xiuhua.platform.errors import XiuhuaError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "account": ("xiuhua.cli.bureau", "Accounts: who may sign in."),
    "backup": ("xiuhua.cli.backup", "Backups: create, bring up to date, verify, list."),
    "bench": ("xiuhua.cli.bench", "Measure this checkout on this machine."),
    "bundle": ("xiuhua.cli.bundle", "Everything for a room without a network, signed."),
    "bureau": ("xiuhua.cli.bureau", "Bureaus of this installation: create, list, install packs."),
    "case": ("xiuhua.cli.case", "Cases: list, show, act."),
    "demo": ("xiuhua.cli.demo", "Show the main job running in a fictional district, then serve it."),
    "doctor": ("xiuhua.cli.doctor", "Look at everything an operator can get wrong."),
    "export": ("xiuhua.cli.export", "Lists as files: cases, reports."),
    "import": ("xiuhua.cli.imports", "Take in files: reports."),
    "jobs": ("xiuhua.cli.jobs", "Jobs in the background: list, repeat those that failed."),
    "openapi": ("xiuhua.cli.openapi", "Print the description of the API."),
    "personal": ("xiuhua.cli.bureau", "Personal data of reporters: erase."),
    "reports": ("xiuhua.cli.case", "Reports: list, show, act."),
    "replay": ("xiuhua.cli.log", "Rebuild every projection from the event log and compare."),
    "restore": ("xiuhua.cli.backup", "Make a new data folder as everything was at a moment."),
    "restored": ("xiuhua.cli.backup", "After a dump was loaded by hand: let sealing go on."),
    "serve": ("xiuhua.cli.run", "Serve the API over HTTP."),
    "simulate": ("xiuhua.cli.demo", "Make the fictional district and play days of its life."),
    "verify": ("xiuhua.cli.log", "Verify the event log, its chains and seals."),
    "work": ("xiuhua.cli.run", "Run what the clock does by itself."),
    "pack": ("xiuhua.cli.pack", "Check, make and test packs: the lines of business as data."),
    "areas": ("xiuhua.cli.areas", "Areas: import map files, list, look up a place."),
    "calendars": ("xiuhua.cli.calendars", "Calendars: holidays, deadlines."),
    "categories": ("xiuhua.cli.categories", "Categories: install catalogues, find, filing conditions."),
    "clocks": ("xiuhua.cli.clocks", "Clocks of cases: compute anew after new holidays, verify."),
    "duties": ("xiuhua.cli.duties", "The duty matrix: check, dry-run, import, export, drafts."),
    "registers": ("xiuhua.cli.registers", "Registers: list, import records."),
    "rules": ("xiuhua.cli.rules", "Rules: list, try one over past days."),
    "rounds": ("xiuhua.cli.inspections", "Rounds of inspections: open, list, ranking, close."),
    "plans": ("xiuhua.cli.plans", "Plans: expected against done; rosters brought in."),
    "ledgers": ("xiuhua.cli.ledgers", "Ledgers: list, import entries."),
    "units": ("xiuhua.cli.units", "Units and people: import, tree, missing fixings."),
    "figures": ("xiuhua.cli.figures", "Figures of indicators, opened to their records; scores."),
    "facts": ("xiuhua.cli.facts", "Facts in columns: export, ask; which figures of annual reports the packs can give."),
}
"""Command → module that holds it under its own name (dashes as underscores), help in one line."""

_EXTRA_LINES: Final = 200


class Rooms(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, its module now imported."""
        if cmd_name not in COMMANDS:
            return None
        # What modules make stays for good: collecting garbage among it takes a tenth of a server's start, and
        # again with every full collection afterwards unless it is set apart.
        gc.disable()
        try:
            command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        finally:
            gc.freeze()
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xiuhua")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="XIUHUA_DATA",
    help="Data folder; ./.data unless told otherwise.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), envvar="XIUHUA_LANG", default="en", show_default=True, help="Language."
)
def program(data: Path | None, lang: str) -> None:
    """Xiuhua: an open city-management platform."""


def language(ctx: click.Context) -> str:
    """The language chosen with `--lang`: `zh` or `en`."""
    return str(ctx.find_root().params.get("lang") or "en")


def data_folder(ctx: click.Context) -> Path:
    """The folder chosen with `--data`."""
    return Path(ctx.find_root().params.get("data") or ".data")


def main() -> None:
    """Entry point: runs the command; what goes wrong is one clear line, its list of errors, and exit code 1."""
    try:
        # Click gives an Exit back as a number here instead of raising it.
        code = program(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except XiuhuaError as error:
        tell(error)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def tell(error: XiuhuaError) -> None:
    """An error on standard error: what happened, then each of its places."""
    click.echo(f"{click.style('error', fg='red', bold=True)}: {error.detail}", err=True)
    listed = error.params.get("errors") or ()
    for one in listed[:_EXTRA_LINES]:
        click.echo(f"  {_line(one)}", err=True)
    if len(listed) > _EXTRA_LINES:
        click.echo(f"  … and {len(listed) - _EXTRA_LINES} more", err=True)


def _line(error: dict[str, object]) -> str:
    """`file:row field: why`, of what there is of it."""
    where = ":".join(str(error[key]) for key in ("file", "line", "row") if error.get(key) not in (None, "", 0))
    what = " ".join(str(error[key]) for key in ("path", "field") if error.get(key))
    hint = f" – {error['hint']}" if error.get("hint") else ""
    return f"{f'{where} {what}'.strip()}: {error.get('why', '')}{hint}"
