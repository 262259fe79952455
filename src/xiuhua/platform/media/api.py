"""Photos over HTTP: sent in, seen, seen small."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, File, Path, Query, Response, UploadFile
from pydantic import BaseModel

from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import service
from xiuhua.platform.media.model import RAW, SUFFIXES, Kind, Media, Size
from xiuhua.platform.media.service import Store
from xiuhua.platform.web import Call, Reading, Replying, Router, current_call, provided, require
from xiuhua.platform.web.work import signed_in

router = Router(prefix="/media", tags=["media"])
TheStore = Annotated[Store, provided(Store)]
ThisCall = Annotated[Call, Depends(current_call)]
Reader = Annotated[Actor, require("media.read")]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
LARGEST_UPLOAD: Final = 65 * 1024 * 1024
"""Bytes of the request: the largest that `media_max_mib` may allow, and what surrounds the file."""
_WRITE: Final = "media.write"
_TYPES: Final[dict[Size, str]] = {"full": "image/jpeg", "thumb": "image/webp"}
_ENDINGS: Final = {"video/mp4": ".mp4", "audio/mp4": ".m4a", "audio/wav": ".wav"}
_HEADERS: Final = {
    # What an id stands for never changes; shared caches must not keep what only some may see.
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PositionOut(BaseModel):
    """Where the camera says that it stood, in the datum that it notes."""

    lon: float
    lat: float
    datum: str | None


class MediaOut(BaseModel):
    """A photo or recording that is kept: its id goes into reports and actions."""

    id: str
    kind: Kind
    width: int | None
    height: int | None
    taken_at: datetime | None
    position: PositionOut | None

    @classmethod
    def of(cls, media: Media) -> MediaOut:
        """As it goes out."""
        place = media.position
        return cls(
            id=media.id, kind=media.kind, width=media.width, height=media.height, taken_at=media.taken_at,
            position=PositionOut(lon=place.lon, lat=place.lat, datum=place.datum) if place else None,
        )  # fmt: skip


@router.post(
    "",
    status_code=201,
    responses={200: {"model": MediaOut, "description": "a repeat"}},
    max_body_size=LARGEST_UPLOAD,
    openapi_extra={"x-permission": _WRITE, "security": [{"session": []}, {"token": []}]},
)
def upload_media(
    file: Annotated[UploadFile, File(description="one photo: JPEG, PNG or WebP; a recording where they are taken")],
    call: ThisCall, store: TheStore, reply: Replying,
) -> MediaOut:  # fmt: skip
    """Send in a photo. The same file once more changes nothing and answers 200 with the same id."""
    # No transaction as a parameter: none is held while the picture is worked on.
    actor = signed_in(call).actor
    if not actor.may(_WRITE):
        raise NotAllowed(permission=_WRITE)
    data = file.file.read(store.most_bytes + 1)
    media, is_new = service.upload(call.services.database, store, actor, data, file.filename or "")
    reply.status = 201 if is_new else 200
    reply.location(f"/api/media/{media.id}")
    return MediaOut.of(media)


@router.get("/{id}", response_class=Response, responses={200: {"content": {one: {} for one in _TYPES.values()}}})
def get_media(
    id: Id, actor: Reader, tx: Reading, store: TheStore,
    size: Annotated[Size, Query(description="`thumb`: at most 320 pixels, WebP; photos only")] = "full",
) -> Response:  # fmt: skip
    """A photo (JPEG of at most 2,048 pixels, or its thumbnail) or a recording, for whom may read what names it."""
    media = service.seen(tx, store, actor, id)
    photo = media.kind == "photo"
    headers = {
        **_HEADERS,
        "ETag": f'"{media.id}-{size}"',
        # A recording was not written by us: a browser is to save it, whatever it makes of its bytes.
        "Content-Disposition": f"{'inline' if photo else 'attachment'};"
        f' filename="{media.id}{SUFFIXES[size] if photo else _ENDINGS.get(media.type, RAW)}"',
    }
    return Response(
        service.content(store, media, size), headers=headers, media_type=_TYPES[size] if photo else media.type
    )
