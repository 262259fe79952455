"""Ways out: mail, other systems, and gateways for sms and wechat. Each takes a letter or says why not.

A way is anything with `send(letter)`. It returns when the other side has taken the letter, raises `JobFailed` for
what a later attempt may heal and `JobHopeless` for what none will. It may be given the same letter twice, with the
same id: the id goes along, so that the other side can tell.
"""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final, Literal, Protocol

import orjson

from xiuhua.notices.outward import Outward
from xiuhua.platform.jobs.model import JobFailed, JobHopeless

_TIMEOUT_S: Final = 20
GONE: Final = 410
"""The other side wants no more (RFC 9110 §15.5.11)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice on its way to one address."""

    id: str
    to: str
    """Mail address, number, name in the gateway, or URL."""
    head: str
    text: str
    at: datetime
    sent_at: datetime
    """By the clock port; signed along, so that an old letter cannot be sent again by others."""
    secret: str = ""
    """Of a webhook: signs what is sent."""
    content: Mapping[str, Any] | None = None
    """Of a webhook: the notice as data."""
    stop: str = ""
    """Of a mail that somebody asked for: where one press ends it."""


class Channel(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; see the module for what is raised."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server (SMTP, RFC 5321)."""

    host: str
    port: int
    sender: str
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password: str = ""
    context: ssl.SSLContext | None = None
    """None: the authorities that this machine trusts."""

    def send(self, letter: Letter) -> None:
        """One plain text mail; its `Message-ID` is the notice's id."""
        message = EmailMessage()
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = letter.head.replace("\n", " ")
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2] or 'xiuhua'}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.stop:  # RFC 8058: mail programs show a button of their own
            message["List-Unsubscribe"] = f"<{letter.stop}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text)
        try:
            with self._server() as server:
                server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refused(error) from error
        except smtplib.SMTPResponseException as error:
            raise JobFailed(f"the mail server answered {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise JobFailed(f"the mail server cannot be reached ({type(error).__name__})") from error

    def _server(self) -> smtplib.SMTP:
        context = self.context or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _refused(error: Exception) -> JobFailed:
    """5xx is for good (RFC 5321 §4.2.1), 4xx for now. The server's words may hold the address, so only the code."""
    refused = getattr(error, "recipients", None)
    code = next(iter(refused.values()))[0] if refused else getattr(error, "smtp_code", 0)
    kind = JobHopeless if 500 <= code < 600 else JobFailed
    return kind(f"the mail server refused the letter: {code}")


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway for sms or wechat that speaks our small interface (docs/how-to/notices.md)."""

    url: str
    token: str
    outward: Outward

    def send(self, letter: Letter) -> None:
        """POST of id, recipient and text as JSON, with the token."""
        body = orjson.dumps({"id": letter.id, "to": letter.to, "head": letter.head, "text": letter.text})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        _judge(self.outward.post(self.url, body, {**headers, "Idempotency-Key": letter.id}), "the gateway")


@dataclass(frozen=True, slots=True)
class Webhook:
    """Another system's address; what is sent is signed with the secret that it was given."""

    outward: Outward

    def send(self, letter: Letter) -> None:
        """POST of the notice as JSON, with id, time and signature in headers."""
        body = orjson.dumps(letter.content)
        stamp = int(letter.sent_at.timestamp())
        headers = {
            "Content-Type": "application/json",
            "X-Xiuhua-Id": letter.id,
            "X-Xiuhua-Signature": f"t={stamp},v1={signature(letter.secret, stamp, body)}",
        }
        _judge(self.outward.post(letter.to, body, headers), "the other system")


def signature(secret: str, stamp: int, body: bytes) -> str:
    """HMAC-SHA-256 over `<epoch seconds>.<body>`, in hex."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def _judge(status: int, who: str) -> None:
    if status == GONE:
        raise JobHopeless(f"{who} answered {status}: it wants no more")
    if not 200 <= status < 300:
        raise JobFailed(f"{who} answered {status}")
