"""A web server in this process: in the main thread for `serve`, in a thread of its own for a demo or a test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread, Timer
from types import FrameType

import uvicorn
from fastapi import FastAPI

from xiuhua.platform import garbage
from xiuhua.platform.errors import SettingsWrong
from xiuhua.platform.services import Services


def listening(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A bound socket that listens; port 0 takes a free one. Raises `SettingsWrong` where it cannot be had.

    `shared` ones may be bound to the same port several times, and each takes its part of the connections.
    """
    made = bound(host, port, shared=shared)
    made.listen(2048)  # from now on who connects waits instead of being turned away
    return made


def bound(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A bound socket that does not listen yet: it keeps the port, and takes no connection."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, since asyncio sends small answers at once only on sockets that say they are TCP:
    # otherwise each would wait for the reader's delayed acknowledgement, 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise SettingsWrong(f"{host}:{port} cannot be listened on: {error.strerror}") from error
    return made


def address_of(sock: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: FastAPI, sock: socket.socket) -> None:
    """Serve until the process is told to stop; requests under way are finished."""
    garbage.settle()
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped in order
        _server(app).run(sockets=[sock])


@contextmanager
def running(app: FastAPI, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """A server in a thread; gives its address."""
    sock = listening(host, port)
    server = _server(app)
    thread = Thread(target=server.run, kwargs={"sockets": [sock]}, name="http")
    thread.start()
    try:
        yield address_of(sock)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        sock.close()


def _server(app: FastAPI) -> uvicorn.Server:
    # Whose word is taken for the client's address and for TLS: nobody's but that of proxies that are named.
    trusted = app.state.services.settings.trusted_proxies
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10, lifespan="on",
        proxy_headers=True, forwarded_allow_ips=trusted,
    )  # fmt: skip
    return _Server(config, app)


class _Server(uvicorn.Server):
    """Told to stop, it says so at `/ready` first, and goes on serving for as long as a proxy needs to notice."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins the stop, a second hastens it."""
        told_before = getattr(self._app.state, "stopping", False)
        self._app.state.stopping = True
        pause_s = self._app.state.services.settings.drain_seconds
        if told_before or not pause_s:
            super().handle_exit(sig, frame)
            return
        later = Timer(pause_s, super().handle_exit, (sig, frame))
        later.daemon = True
        later.start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then wait for what is under way."""
        services: Services = self._app.state.services
        for step in services.stopping:
            step()
        await super().shutdown(sockets)
