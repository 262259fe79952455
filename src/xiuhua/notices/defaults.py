"""Who is told of what runs out or was missed, where no pack says so: `defaults.yaml`, in the words of packs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from xiuhua.packs.notice import Notice


@cache
def defaults() -> dict[str, Notice]:
    """By name; each on an event of any register or plan."""
    text = files("xiuhua.notices").joinpath("defaults.yaml").read_text(encoding="utf-8")
    return {name: Notice.model_validate(one) for name, one in YAML(typ="safe", pure=True).load(text).items()}
