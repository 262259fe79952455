"""What an endpoint says beside its answer: version, location, that a secret is in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends


class Reply:
    """Headers to be sent with the answer; asked for as a parameter `reply: Replying`."""

    __slots__ = ("cookies", "headers", "once", "status")

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: list[str] = []
        self.status: int | None = None
        self.once = False
        """Whether the answer is shown once and must not be kept for repeated requests."""

    def version(self, version: int) -> None:
        """The answer's version: its ETag, by which a change of it can be asked for with `If-Match`."""
        self.headers["ETag"] = f'"{version}"'

    def location(self, path: str) -> None:
        """Where the thing just made is found."""
        self.headers["Location"] = path

    def shown_once(self) -> None:
        """The answer holds a secret: it is not stored, and a repeated request is no repetition."""
        self.once = True


async def _reply() -> Reply:
    return Reply()


Replying = Annotated[Reply, Depends(_reply)]
