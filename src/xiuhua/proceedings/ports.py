"""What this room asks of others for the fields of its procedures; the bootstrap fills it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from xiuhua.platform.database import Tx


class Beyond(Protocol):
    """Things of other rooms that fields refer to, and that proceedings are about."""

    def subject(self, tx: Tx, city: str, kind: str, id_: str) -> dict[str, Any] | None:
        """A case or report: `{"id", "open", "state", "scopes", "called", "unit"}`; None for any other kind."""

    def record(self, tx: Tx, city: str, id_: str) -> dict[str, Any] | None:
        """A record by its id: `{"id", "key", "scopes", "called", "unit"}`."""

    def record_by_key(self, tx: Tx, city: str, register: str, key: str) -> dict[str, Any] | None:
        """A record by what names it in the world, the same of it."""

    def beneath(self, tx: Tx, city: str, kind: str, id_: str) -> Sequence[tuple[str, str]]:
        """Kind and id of what other rooms keep of a thing that proceedings may be about."""


class Nowhere:
    """Nothing is known of other rooms."""

    def subject(self, tx: Tx, city: str, kind: str, id_: str) -> dict[str, Any] | None:
        """None."""
        return None

    def record(self, tx: Tx, city: str, id_: str) -> dict[str, Any] | None:
        """None."""
        return None

    def record_by_key(self, tx: Tx, city: str, register: str, key: str) -> dict[str, Any] | None:
        """None."""
        return None

    def beneath(self, tx: Tx, city: str, kind: str, id_: str) -> Sequence[tuple[str, str]]:
        """Nothing."""
        return ()
