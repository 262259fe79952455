"""`openapi`: the description of the API as a file, without a database or a server."""

from __future__ import annotations

import sys
from typing import Any

import click
import orjson


def description() -> dict[str, Any]:
    """What `/api/openapi.json` answers; the app is described without being opened."""
    from xiuhua import bootstrap  # noqa: PLC0415 - the whole server: only for who asks
    from xiuhua.platform.identity.authentication import Identity  # noqa: PLC0415
    from xiuhua.platform.services import Services  # noqa: PLC0415
    from xiuhua.platform.settings import Settings  # noqa: PLC0415

    unopened: Any = None
    return bootstrap.app_of(Services(unopened, Settings(), Identity())).openapi()


def canonical() -> bytes:
    """The description in one way of writing it, so that equal ones have equal digests."""
    return orjson.dumps(description(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


@click.command()
def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1) as one line of JSON, keys sorted."""
    sys.stdout.buffer.write(canonical())
