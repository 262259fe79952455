"""Other sides of every way out, here on the loopback: what they took, and what they are told to answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import Any

import orjson
from aiosmtpd.controller import Controller

from xiuhua.notices.channels import Channel, Gateway, Letter, Mail, Webhook, signature
from xiuhua.notices.outward import Outward
from xiuhua.platform.jobs.model import JobFailed, JobHopeless

LOOPBACK = Outward((ip_network("127.0.0.0/8"),))
SECRET = "a secret of this test"


@dataclass
class Side:
    """The other side of a channel."""

    channel: Channel
    to: str
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Id and text of each letter it took."""
    answer: int = 0
    """What it answers instead of taking a letter; 0: it takes it."""
    seen: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class FakeChannel:
    """A way out in memory, for tests of what lies before it."""

    side: Side | None = None

    def send(self, letter: Letter) -> None:
        assert self.side is not None
        if self.side.answer in (410, 550):
            raise JobHopeless("the other side wants no more")
        if self.side.answer:
            raise JobFailed("the other side is not well")
        self.side.taken.append((letter.id, letter.text))


@contextmanager
def in_memory() -> Iterator[Side]:
    channel = FakeChannel()
    channel.side = Side(channel, "13800000000")
    yield channel.side


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


class _Postman:
    def __init__(self, side: Side) -> None:
        self.side = side

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if self.side.answer:
            return f"{self.side.answer} no, {envelope.rcpt_tos[0]}"
        message = message_from_bytes(envelope.content, policy=policy.default)
        id_ = str(message["Message-ID"]).strip("<>").partition("@")[0]
        self.side.taken.append((id_, message.get_content().rstrip()))
        self.side.seen.append({"to": envelope.rcpt_tos, "head": str(message["Subject"])})
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Side]:
    port = free_port()
    side = Side(Mail("127.0.0.1", port, "xiuhua@city.example", "none"), "wang@unit.example")
    controller = Controller(_Postman(side), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield side
    finally:
        controller.stop()


@contextmanager
def _http(side: Side, text: str) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            content = orjson.loads(body)
            side.seen.append({"headers": dict(self.headers), "body": body, "content": content, "path": self.path})
            if not side.answer:
                said = content[text]
                side.taken.append((content["id"], said if isinstance(said, str) else said["zh"]))
            self.send_response(side.answer or 204)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/in?x=1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def webhook() -> Iterator[Side]:
    side = Side(Webhook(LOOPBACK), "")
    with _http(side, "text") as side.to:
        yield side


@contextmanager
def gateway() -> Iterator[Side]:
    side = Side(FakeChannel(), "13800000000")
    with _http(side, "text") as url:
        side.channel = Gateway(url, "token", LOOPBACK)
        yield side


def signed_by(seen: dict[str, Any], secret: str = SECRET) -> bool:
    """As the other system verifies what it gets."""
    stamp, given = (part.partition("=")[2] for part in seen["headers"]["X-Xiuhua-Signature"].split(","))
    return signature(secret, int(stamp), seen["body"]) == given


SIDES = {"memory": in_memory, "mail": mail_server, "webhook": webhook, "gateway": gateway}
