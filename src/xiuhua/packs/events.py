"""What the log is told of packs: stream `packs/<city>`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from xiuhua.packs.pack import Pack
from xiuhua.platform.eventlog import NewEvent
from xiuhua.platform.identity.model import Actor

PACK_INSTALLED: Final = "PackInstalled"
SETTINGS_CHANGED: Final = "SettingsChanged"


def stream(city: str) -> str:
    """The stream of a city's packs and settings."""
    return f"packs/{city}"


def pack_installed(actor: Actor, city: str, pack: Pack, at: datetime) -> NewEvent:
    """A version is in force from now on; its content is kept under the digest."""
    payload = {"name": pack.name, "version": pack.head.version, "digest": pack.digest}
    return NewEvent(stream(city), PACK_INSTALLED, payload, actor.id, _role(actor), at)


def settings_changed(
    actor: Actor, city: str, procedure: str, values: Mapping[str, Any], days: tuple[date, date | None], at: datetime
) -> NewEvent:
    """Values of settings, null for the default, from the first day to the last."""
    valid_from, valid_to = days
    payload = {
        "procedure": procedure,
        "values": dict(values),
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat() if valid_to else None,
    }
    return NewEvent(stream(city), SETTINGS_CHANGED, payload, actor.id, _role(actor), at)


def _role(actor: Actor) -> str:
    return actor.posts[0].role if actor.posts else "system"
