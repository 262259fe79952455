"""Maps of others below our own layers: what an installation may name, checked once. Pure."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class BaseMap(BaseModel):
    """Tiles that a browser fetches by itself; nothing of it passes through the server."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=60)]
    url: Annotated[str, Field(max_length=500, description="with {z}, {x}, {y}", examples=["https://…/{z}/{x}/{y}.png"])]
    datum: Annotated[
        Literal["wgs84", "cgcs2000", "gcj02", "bd09"],
        Field(description="of the tiles: over gcj02 and bd09 our own layers are shifted before they are drawn"),
    ] = "wgs84"
    attribution: Annotated[str, Field(max_length=200)] = ""
    max_zoom: Annotated[int, Field(ge=1, le=24)] = 18

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a page's policy must let images come from."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


_MAPS: Final = TypeAdapter(tuple[BaseMap, ...])
_PLACES: Final = ("{z}", "{x}", "{y}")
_MOST: Final = 12


def parsed(text: str) -> tuple[BaseMap, ...]:
    """The maps of the setting. Raises `ValueError` that repeats no address, since some hold keys."""
    if not text:
        return ()
    try:
        found = _MAPS.validate_json(text)
    except ValidationError as error:
        places = sorted({".".join(map(str, one["loc"])) or "it" for one in error.errors(include_input=False)})
        raise ValueError(f"is no JSON list of maps: see {', '.join(places)}") from None
    if len(found) > _MOST:
        raise ValueError(f"names more than {_MOST} maps")
    for number, one in enumerate(found):
        parts = urlsplit(one.url)
        plain = parts.netloc and not any(sign in parts.netloc for sign in " ;,'\"@{}")
        if parts.scheme not in ("https", "http") or not plain or not all(place in one.url for place in _PLACES):
            raise ValueError(f"map {number}: the address is no http(s) template with {{z}}, {{x}} and {{y}}")
    return found
