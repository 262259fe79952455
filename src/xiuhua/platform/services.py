"""What a running process is made of; put together once, in the bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from xiuhua.platform.database import Database
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.settings import Settings

T = TypeVar("T")


@dataclass(slots=True)
class Services:
    """Handed to the web app, the command line and the workers alike."""

    database: Database
    settings: Settings
    identity: Identity
    ports: dict[type[Any], Any] = field(default_factory=dict)
    """What rooms give one another, by the type that is asked for."""
    stopping: list[Callable[[], None]] = field(default_factory=list)
    """Done when the web server is told to stop, before it waits for what is under way."""

    def port(self, kind: type[T]) -> T:
        """The one registered for a type; raises `KeyError` when the bootstrap forgot it."""
        return cast(T, self.ports[kind])
