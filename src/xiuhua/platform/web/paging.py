"""Pages by cursor: an opaque text that holds the last row's sort key, so that pages neither skip nor repeat."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, cast

import orjson
from fastapi import Depends, Query
from pydantic import Field, TypeAdapter, ValidationError

from xiuhua.platform.errors import Invalid

T = TypeVar("T")
MOST = 200


@dataclass(slots=True)
class Page(Generic[T]):
    """A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header)."""

    items: list[T]
    next: Annotated[str | None, Field(examples=["WyIwMDQyIl0"])] = None


@dataclass(frozen=True, slots=True)
class Paged:
    """Which part a request asks for."""

    cursor: str | None
    limit: int

    def after(self, *types: type[Any]) -> tuple[Any, ...] | None:
        """The last row's sort key, one value for each type; None for the first page. Raises `Invalid`.

        A cursor needs no signature: it is a value that a client could as well search for, bound as a
        parameter and within the same scope. It is checked for its types only.
        """
        if self.cursor is None:
            return None
        try:
            text = urlsafe_b64decode(self.cursor + "=" * (-len(self.cursor) % 4))
            return cast(tuple[Any, ...], _key(types).validate_json(text))
        except (ValueError, binascii.Error, ValidationError) as error:
            raise Invalid(errors=[{"field": "cursor", "reason": "malformed", "why": "is no cursor"}]) from error

    def page(self, rows: Sequence[T], key: Callable[[T], Sequence[Any]]) -> Page[T]:
        """A page of rows that were asked for with `limit + 1`: one more than shown tells that there are more."""
        shown = list(rows[: self.limit])
        more = len(rows) > self.limit
        return Page(shown, encode(key(shown[-1])) if more else None)


def encode(key: Sequence[Any]) -> str:
    """A cursor from the values of a sort key (texts, numbers, dates, moments)."""
    return urlsafe_b64encode(orjson.dumps(list(key))).rstrip(b"=").decode()


@cache
def _key(types: tuple[type[Any], ...]) -> TypeAdapter[Any]:
    return TypeAdapter(tuple[types])  # type: ignore[valid-type]


async def _paged(
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="how many at most")] = 50,
) -> Paged:
    return Paged(cursor, limit)


Paging = Annotated[Paged, Depends(_paged)]
