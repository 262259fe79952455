"""`clocks`: computed anew after new holidays, and verified from their inputs."""

from __future__ import annotations

import time

import click

from xiuhua.cli.output import desk, fail, options
from xiuhua.loop import clock_check
from xiuhua.loop.recompute import recompute as recompute_clocks
from xiuhua.loop.service import Loop


@click.group()
def clocks() -> None:
    """Clocks of cases."""


@clocks.command()
@options
def recompute(city: str | None, as_json: bool) -> None:
    """Compute clocks that run on the newest calendars, after a year's holidays were announced.

    Each case whose deadline moves gets one event `ClocksRecomputed`. May be repeated: a second run changes nothing.
    """
    with desk(city, as_json) as here:
        done = recompute_clocks(here.services.database.transaction, here.services.port(Loop), here.city)
    here.out.json({"looked_at": done.looked_at, "changed": done.changed})
    for kind, changed in done.changed.items():
        here.out.say("recomputed", kind=here.out.text(f"subjects_{kind}"), looked=done.looked_at[kind], changed=changed)


@clocks.command()
@options
def verify(city: str | None, as_json: bool) -> None:
    """Compute every clock of every case again from its inputs. Exit code 1 at any difference."""
    begun = time.monotonic()
    with desk(city, as_json) as here, here.reading() as data:
        done = clock_check.verify(data.tx, here.city)
    seconds = max(time.monotonic() - begun, 1e-9)
    out = here.out
    out.json({
        "subjects": done.subjects, "clocks": done.clocks, "wrong": done.wrong, "differences": done.differences,
    })  # fmt: skip
    out.table(
        ("kind", "number", "clock", "why"),
        [(out.text(f"subjects_{one.kind}"), one.number or one.id, one.clock, one.why) for one in done.differences],
    )
    if done.wrong > len(done.differences):
        out.say("and_more", count=done.wrong - len(done.differences))
    out.say("clocks_verified", clocks=done.clocks, subjects=done.subjects, seconds=round(seconds, 1), wrong=done.wrong)
    if done.wrong:
        fail()
