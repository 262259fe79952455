"""`categories`: catalogues in, look up, filing conditions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from xiuhua.city.categories import service
from xiuhua.city.categories.forms import CategoryOut, ConditionOut
from xiuhua.city.categories.model import Milestone, plain
from xiuhua.cli.output import DAY, Output, desk, options
from xiuhua.packs.loader import LIBRARY
from xiuhua.platform.errors import NotFound


@click.group()
def categories() -> None:
    """Categories and filing conditions."""


@categories.command()
@click.argument("pack")
@click.option("--valid-from", type=DAY, help="Day from which changed conditions hold; default: the set's, else today.")
@options
def install(pack: str, valid_from: datetime | None, city: str | None, as_json: bool) -> None:
    """Install the categories and filing conditions of PACK: a name of the library, or a folder.

    The same pack again changes nothing. With any error nothing is taken, and the exit code is 1.
    """
    folder = Path(pack) if Path(pack).is_dir() else LIBRARY / pack
    if not (folder / "pack.yaml").is_file():
        raise NotFound(f"there is no pack {pack}")
    with desk(city, as_json) as here, here.writing() as data:
        day = valid_from.date() if valid_from else None
        done = service.install_catalogue(data.tx, here.city, folder, valid_from=day, actor=here.actor, zone=data.zone)
    parts = {"categories": done.categories, "mappings": done.mappings}
    parts |= {"conditions": done.conditions.conditions} if done.conditions else {}
    here.out.json({"pack": done.pack, "version": done.version, **parts})
    here.out.table(
        ("part", "new", "changed", "unchanged", "ended"),
        [(here.out.text(name), one.new, one.changed, one.unchanged, one.ended) for name, one in parts.items()],
    )


@categories.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many at most.")
@options
def find(text: str, limit: int, city: str | None, as_json: bool) -> None:
    """Find categories by name in either language, code or key."""
    with desk(city, as_json) as here, here.reading() as data:
        found = data.catalogue.find(text, limit)
    english = here.out.lang == "en"
    here.out.json([CategoryOut.model_validate(one) for one in found])
    here.out.table(
        ("key", "name", "class", "status"),
        [
            (
                one.key, (english and one.name_en) or one.name, (english and one.class_name_en) or one.class_name,
                here.out.text(f"status_{one.status}"),
            )
            for one in found
        ],
    )  # fmt: skip
    here.out.say("categories_found", count=len(found))


@categories.command()
@click.argument("key")
@click.option("--on", type=DAY, help="Day that is asked about; default: today.")
@click.option("--class", "area_class", type=click.Choice(["A", "B", "C"]), help="Management class of the place.")
@click.option("--set", "standard_set", help="Only of this set.")
@options
def conditions(
    key: str, on: datetime | None, area_class: str | None, standard_set: str | None, city: str | None, as_json: bool
) -> None:
    """List the filing conditions of the category KEY, e.g. `GB/T 47678.5/matter/06010`."""
    with desk(city, as_json) as here, here.reading() as data:
        day = on.date() if on else data.today
        found = data.catalogue.conditions(key, day, area_class, standard_set)
    here.out.json([ConditionOut.on(one, day) for one in found])
    here.out.table(
        ("condition", "area_class", "filing_condition", "limit", "closing"),
        [
            (one.id, one.area_class, one.text, _limit(here.out, one.milestones_on(day)), one.closing)
            for one in found
        ],
    )  # fmt: skip
    here.out.say("conditions_found", count=len(found))


def _limit(out: Output, milestones: tuple[Milestone, ...]) -> str:
    stages = [f"{one.title} {plain(one.amount)} {out.text(f'limit_{one.kind}')}".strip() for one in milestones]
    return " → ".join(stages) or out.text("no_limit")
