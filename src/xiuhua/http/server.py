"""A web server in this process: in the main thread for `serve`, in a thread of its own for a demo or a test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import uvicorn
from fastapi import FastAPI

from xiuhua.platform.errors import SettingsWrong


def listening(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one. Raises `SettingsWrong` where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, since asyncio sends small answers at once only on sockets that say they are TCP:
    # otherwise each would wait for the reader's delayed acknowledgement, 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(2048)  # from now on who connects waits instead of being turned away
    except OSError as error:
        made.close()
        raise SettingsWrong(f"{host}:{port} cannot be listened on: {error.strerror}") from error
    return made


def address_of(bound: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: FastAPI, bound: socket.socket) -> None:
    """Serve until the process is told to stop; requests under way are finished."""
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped in order
        _server(app).run(sockets=[bound])


@contextmanager
def running(app: FastAPI, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """A server in a thread; gives its address."""
    bound = listening(host, port)
    server = _server(app)
    thread = Thread(target=server.run, kwargs={"sockets": [bound]}, name="http")
    thread.start()
    try:
        yield address_of(bound)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        bound.close()


def _server(app: FastAPI) -> uvicorn.Server:
    # Whose word is taken for the client's address and for TLS: nobody's but that of proxies that are named.
    trusted = app.state.services.settings.trusted_proxies
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10, lifespan="on",
        proxy_headers=True, forwarded_allow_ips=trusted,
    )  # fmt: skip
    return uvicorn.Server(config)
