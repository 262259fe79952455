"""Uploads in parts over HTTP, as tus 1.0.0 says it: core, creation, expiration, checksum, termination.

https://tus.io/protocols/resumable-upload; why this one: docs/why/media.md.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from typing import Annotated, Any, Final

from fastapi import Header, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, XiuhuaError
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import uploads
from xiuhua.platform.media.api import LARGEST_UPLOAD, Id, TheStore, ThisCall
from xiuhua.platform.media.receiving import Receiving
from xiuhua.platform.media.uploads import Upload
from xiuhua.platform.web import Call, Reading, Replying, Router, Transaction, require
from xiuhua.platform.web.work import signed_in

router = Router(prefix="/media/uploads", tags=["media"])
VERSION: Final = "1.0.0"
ALGORITHMS: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_TYPE: Final = "application/offset+octet-stream"
_WRITE: Final = "media.write"
_TUS: Final = {"Tus-Resumable": VERSION}
_EXTRA: Final = {
    "x-permission": _WRITE, "security": [{"session": []}, {"token": []}],
    "requestBody": {"required": True, "content": {_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
}  # fmt: skip
Writer = Annotated[Actor, require(_WRITE)]
Resumable = Annotated[str, Header(alias="Tus-Resumable", description="1.0.0", examples=[VERSION])]
Offset = Annotated[int, Header(alias="Upload-Offset", ge=0, le=2**31 - 1, examples=[0])]


class UploadOut(BaseModel):
    """How far an upload has come; `media` is the photo's id once it is complete."""

    id: str
    length: int
    offset: int
    media: str | None


@router.options("", status_code=204)
async def describe_uploads(store: TheStore) -> Response:
    """What of tus is understood here."""
    headers = {
        "Tus-Version": VERSION, "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(store.most_bytes), "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }  # fmt: skip
    return Response(status_code=204, headers={**_TUS, **headers})


@router.post("", status_code=201)
def begin_upload(
    actor: Writer, tx: Transaction, store: TheStore, reply: Replying, tus_resumable: Resumable,
    length: Annotated[int, Header(alias="Upload-Length", ge=0, le=2**31 - 1, examples=[2_400_000])],
    metadata: Annotated[str, Header(alias="Upload-Metadata", max_length=4000)] = "",
) -> UploadOut:  # fmt: skip
    """Begin an upload of so many bytes; `Location` tells where its parts go. `filename` is all that is read of
    `Upload-Metadata`. A second upload of the same file gives the same photo in the end.
    """
    with _told(tus_resumable):
        made = uploads.begin(tx, store, actor, length, _name(metadata))
    reply.location(f"/api/media/uploads/{made.id}")
    reply.headers.update(_headers(made))
    return _out(made)


@router.head("/{id}")
def locate_upload(id: Id, actor: Writer, tx: Reading, reply: Replying, tus_resumable: Resumable) -> None:
    """Where to go on: `Upload-Offset`."""
    with _told(tus_resumable):
        found = uploads.get(tx, actor, id)
    reply.headers.update({**_headers(found), "Upload-Length": str(found.length), "Cache-Control": "no-store"})


@router.get("/{id}")
def get_upload(id: Id, actor: Writer, tx: Reading) -> UploadOut:
    """How far an upload has come, and its photo once it is complete."""
    return _out(uploads.get(tx, actor, id))


@router.patch("/{id}", status_code=204, max_body_size=LARGEST_UPLOAD, openapi_extra=_EXTRA)
async def append_upload(
    id: Id, request: Request, call: ThisCall, store: TheStore, offset: Offset, tus_resumable: Resumable,
    content_type: Annotated[str, Header()] = "", upload_checksum: Annotated[str, Header(max_length=200)] = "",
) -> Response:  # fmt: skip
    """The bytes from an offset on. With the last of them the file is looked at: 422 tells why it is not taken.

    What comes before a connection breaks is kept. `Upload-Media` of the last answer is the photo's id.
    """
    with _told(tus_resumable):
        if content_type != _TYPE:
            raise Invalid(status=415, errors=[{"field": "Content-Type", "why": f"is not {_TYPE}"}])
        checksum = _checksum(upload_checksum)
        actor, upload = await run_in_threadpool(_upload_of, call, id)
        if offset != upload.received:
            raise Conflict(f"The upload goes on at {upload.received}.")
        receiving = Receiving(call.services.database, store, actor, upload, checksum)
        done = await _received(receiving, request)
    return Response(status_code=204, headers=_headers(done))


@router.post("/{id}", status_code=204, max_body_size=LARGEST_UPLOAD, openapi_extra=_EXTRA)
async def append_upload_by_post(
    id: Id, request: Request, call: ThisCall, store: TheStore, offset: Offset, tus_resumable: Resumable,
    override: Annotated[str, Header(alias="X-HTTP-Method-Override", pattern="^PATCH$", examples=["PATCH"])],
    content_type: Annotated[str, Header()] = "", upload_checksum: Annotated[str, Header(max_length=200)] = "",
) -> Response:  # fmt: skip
    """The same for networks that let no PATCH through."""
    return await append_upload(id, request, call, store, offset, tus_resumable, content_type, upload_checksum)


@router.delete("/{id}", status_code=204)
def end_upload(
    id: Id, actor: Writer, tx: Transaction, store: TheStore, reply: Replying, tus_resumable: Resumable
) -> None:  # fmt: skip
    """Give an upload up. A photo that is complete stays."""
    with _told(tus_resumable):
        uploads.end(tx, store, actor, id)
    reply.headers.update(_TUS)


def _upload_of(call: Call, id: str) -> tuple[Actor, Upload]:
    actor = signed_in(call).actor
    if not actor.may(_WRITE):
        raise NotAllowed(permission=_WRITE)
    with call.services.database.reading() as tx:
        return actor, uploads.get(tx, actor, id)


async def _received(receiving: Receiving, request: Request) -> Upload:
    """Take in a body, a megabyte at a time; no thread waits for the network, and no connection is held."""
    try:
        async for piece in request.stream():
            if receiving.add(piece):
                await run_in_threadpool(receiving.keep)
    except ClientDisconnect:
        with suppress(XiuhuaError):
            await run_in_threadpool(receiving.broken)
        raise
    return await run_in_threadpool(receiving.end)


@contextmanager
def _told(version: str) -> Iterator[None]:
    """Answers of errors have the protocol's header as well."""
    try:
        if version != VERSION:
            headers = {"Tus-Version": VERSION}
            raise Invalid("Only tus 1.0.0 is understood.", status=412, headers=headers)
        yield
    except XiuhuaError as error:
        error.params["headers"] = {**error.params.get("headers", {}), **_TUS}
        raise


def _checksum(header: str) -> tuple[Any, bytes] | None:
    """A fresh digest and what it must come to. Raises `Invalid`."""
    if not header:
        return None
    name, _, text = header.partition(" ")
    try:
        return ALGORITHMS[name](), b64decode(text, validate=True)
    except (KeyError, binascii.Error):
        why = f"is not one of {', '.join(ALGORITHMS)} and a digest in base64"
        raise Invalid(status=400, errors=[{"field": "Upload-Checksum", "why": why}]) from None


def _name(metadata: str) -> str:
    for pair in metadata.split(","):
        key, _, text = pair.strip().partition(" ")
        if key == "filename":
            with suppress(binascii.Error):
                return b64decode(text, validate=True).decode("utf-8", "replace")
    return ""


def _headers(upload: Upload) -> dict[str, str]:
    expires = format_datetime(upload.expires_at, usegmt=True)
    headers = {**_TUS, "Upload-Offset": str(upload.received), "Upload-Expires": expires}
    return headers | ({"Upload-Media": upload.media} if upload.media else {})


def _out(upload: Upload) -> UploadOut:
    return UploadOut(id=upload.id, length=upload.length, offset=upload.received, media=upload.media)
