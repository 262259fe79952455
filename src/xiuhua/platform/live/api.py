"""Server-sent events over HTTP (WHATWG HTML, 9.2): neither a thread nor a connection is held for a reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

import anyio
from fastapi import Depends, Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from xiuhua.platform.live.hub import Listener
from xiuhua.platform.live.model import id_of, position_of
from xiuhua.platform.live.tail import Live
from xiuhua.platform.web import Call, Router, current_call, provided
from xiuhua.platform.web.work import signed_in

router = Router(prefix="/live", tags=["live"])
BEAT_S: Final = 15.0
"""Between two signs of life; also, how exactly a reader who comes back knows where it was."""
SEND_S: Final = 60.0
"""How long a reader may take nothing at all."""
RETRY_MS: Final = 2000
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get(
    "",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {"example": 'id: 812-45\nevent: task\ndata: {"id":"…"}\n\n'}}}},
    openapi_extra={"security": [{"session": []}, {"token": []}]},
)
async def follow(
    call: Annotated[Call, Depends(current_call)], live: Annotated[Live, provided(Live)],
    last_event_id: Annotated[str | None, Header(max_length=64, description="go on after this message")] = None,
) -> Response:  # fmt: skip
    """What changes for whoever asks, as it changes: `task`, `changed`, `notice`; `reset` says: read everything anew."""
    known = await run_in_threadpool(signed_in, call)
    assert call.credentials is not None
    after = position_of(last_event_id) if last_event_id else None
    loop = asyncio.get_running_loop()
    listener = await run_in_threadpool(live.join, call.credentials, known.actor, after, loop)
    if last_event_id and after is None:
        listener.lost = True
    return Stream(live, listener)


class Stream(Response):
    """The answer of one reader: ends with its session, with the process, or when the reader is gone."""

    media_type = "text/event-stream"

    def __init__(self, live: Live, listener: Listener) -> None:
        super().__init__(headers=_HEADERS, media_type=self.media_type)
        del self.headers["content-length"]
        self._live, self._listener = live, listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until one of these."""
        try:
            async with anyio.create_task_group() as group:

                async def until_gone() -> None:
                    while (await receive())["type"] != "http.disconnect":
                        pass
                    group.cancel_scope.cancel()

                group.start_soon(until_gone)
                await self._send(send)
                group.cancel_scope.cancel()
        finally:
            self._live.leave(self._listener)

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async for text in _texts(self._listener):
            with anyio.move_on_after(SEND_S) as slow:
                await send({"type": "http.response.body", "body": text, "more_body": True})
            if slow.cancelled_caught:
                return
        await send({"type": "http.response.body", "body": b""})


async def _texts(listener: Listener) -> AsyncIterator[bytes]:
    """What goes to one reader, in pieces."""
    yield b"retry: %d\n\n" % RETRY_MS
    if listener.missed:
        yield b"".join(one.text() for one in listener.missed)
        listener.missed.clear()
    if not listener.waiting and not listener.lost:
        yield _beat(listener)
    while not listener.ended:
        listener.awake.clear()
        if listener.lost:
            listener.lost = False
            listener.waiting.clear()
            yield b"id: %s\nevent: reset\ndata: {}\n\n" % id_of(listener.at).encode()
        if listener.waiting:
            texts = [one.text() for one in listener.waiting]
            listener.waiting.clear()
            yield b"".join(texts)
            continue
        try:
            async with asyncio.timeout(BEAT_S):
                await listener.awake.wait()
        except TimeoutError:
            yield _beat(listener)


def _beat(listener: Listener) -> bytes:
    """A comment, and an id without a message: so that a reader who heard nothing still knows where it was."""
    return b": here\nid: %s\n\n" % id_of(listener.at).encode()
