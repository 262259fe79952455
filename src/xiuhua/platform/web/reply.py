"""What an endpoint says beside its answer: version, location, that a secret is in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends


class Reply:
    """Headers to be sent with the answer; asked for as a parameter `reply: Replying`."""

    __slots__ = ("cookies", "headers", "once", "status")

    def __init__(self, once: bool = False) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: list[str] = []
        self.status: int | None = None
        self.once = once
        """Whether the answer holds a secret: then it is not stored, and a repeated request is no repetition."""

    def version(self, version: int) -> None:
        """The answer's version: its ETag, by which a change of it can be asked for with `If-Match`."""
        self.headers["ETag"] = f'"{version}"'

    def location(self, path: str) -> None:
        """Where the thing just made is found."""
        self.headers["Location"] = path


async def replying() -> Reply:
    """An ordinary reply."""
    return Reply()


async def shown_once() -> Reply:
    """The reply of an endpoint that shows a secret."""
    return Reply(once=True)


Replying = Annotated[Reply, Depends(replying)]
ShownOnce = Annotated[Reply, Depends(shown_once)]
