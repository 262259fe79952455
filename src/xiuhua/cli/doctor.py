"""`doctor`: whether anything is wrong with the installation, and what to do about it."""

from __future__ import annotations

import click

from xiuhua import bootstrap
from xiuhua.cli import context, language
from xiuhua.cli.output import Output, fail
from xiuhua.operations.doctor import examine
from xiuhua.operations.findings import Finding, worst
from xiuhua.platform.errors import SettingsWrong

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--all", "everything", is_flag=True, help="Tell what is in order as well.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, everything: bool) -> None:
    """Look at everything an operator can get wrong. Exit code 1 on any error; changes nothing."""
    lang, found = language(ctx), []
    try:
        for finding in examine(context.settings_of(), bootstrap.services_of):
            found.append(finding)
            if not as_json and (everything or finding.level != "ok"):
                _tell(finding, lang)
    except SettingsWrong as error:
        found.append(Finding("settings", "error", "settings_wrong", {"why": error.detail}))
        if not as_json:
            _tell(found[-1], lang)
    verdict = worst(found)
    counts = {level: sum(one.level == level for one in found) for level in _SIGNS}
    if not as_json:
        click.echo(f"ok {counts['ok']}, warnings {counts['warning']}, errors {counts['error']}")
    Output(lang, as_json).json({"verdict": verdict, "counts": counts, "findings": [_plain(one, lang) for one in found]})
    if verdict == "error":
        fail()


def _tell(finding: Finding, lang: str) -> None:
    sign, colour = _SIGNS[finding.level]
    click.echo(f"{click.style(sign, fg=colour)} {finding.check}: {finding.what(lang)}")
    if todo := finding.todo(lang):
        click.echo(f"    → {todo}")


def _plain(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "check": finding.check, "level": finding.level, "code": finding.code, "values": finding.values,
        "what": finding.what(lang), "do": finding.todo(lang),
    }  # fmt: skip
