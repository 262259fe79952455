"""What is signed with the installation's key: tickets of forms, challenges, questions, links. No input or output.

Every text has a purpose that goes into its signature, so that none serves for another.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from xiuhua.public.model import number_of, proves

TICKET_S: Final = 12 * 3600
"""How long a form may lie open."""
CHALLENGE_S: Final = 30 * 60
"""How long a proof may be found and used: somebody types, is rung up, and goes on typing."""
_PART: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form is known by: sent twice, it is one report."""

    text: str
    nonce: str
    issued: int

    @property
    def digest(self) -> bytes:
        """What is written down of it."""
        return hashlib.sha256(self.nonce.encode()).digest()

    @property
    def number(self) -> str:
        """The number of the report that the form becomes; nothing of the ticket follows from it."""
        return number_of(b"number " + self.nonce.encode())


class Signer:
    """Signs and reads; `key` are 32 bytes that never leave the data folder."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def keyed(self, purpose: str, *parts: str) -> bytes:
        """32 bytes that nobody without the key can know."""
        return hmac.digest(self._key, "\0".join((purpose, *parts)).encode(), hashlib.sha256)

    def sign(self, purpose: str, *parts: str) -> str:
        """Parts of letters, digits, `_` and `-`, and their signature, with dots between them."""
        return ".".join((*parts, _text(self.keyed(purpose, *parts)[:16])))

    def read(self, purpose: str, text: str) -> list[str] | None:
        """The parts of a text that was signed for a purpose; None for any other."""
        if len(text) > _LONGEST:
            return None
        *parts, signature = text.split(".")
        if not all(map(_PART.fullmatch, parts)) or not signature.isascii():
            return None
        good = hmac.compare_digest(_text(self.keyed(purpose, *parts)[:16]), signature)
        return parts if good else None

    # ---- forms

    def ticket(self, now: int) -> Ticket:
        """A fresh one, for a form that is shown."""
        nonce = secrets.token_urlsafe(16)
        return Ticket(self.sign("ticket", nonce, str(now)), nonce, now)

    def read_ticket(self, text: str, now: int) -> Ticket | None:
        """The ticket of a form; None when it is none of ours, or too old."""
        parts = self.read("ticket", text)
        if parts is None or not 0 <= now - int(parts[1]) <= TICKET_S:
            return None
        return Ticket(text, parts[0], int(parts[1]))

    def secret_of(self, ticket: Ticket) -> str:
        """The secret of the link to what a form became: 192 bits, from the ticket's 128 random ones and the key."""
        return _text(self.keyed("follow", ticket.nonce)[:24])

    def secret_after(self, secret: str, number: int) -> str:
        """The secret of the report that a contest became."""
        return _text(self.keyed("contest", secret, str(number))[:24])

    # ---- proofs

    def challenge(self, bits: int, now: int) -> str:
        """A challenge for a proof of work."""
        return self.sign("work", secrets.token_urlsafe(12), str(now), str(bits))

    def worked(self, challenge: str, found: str, now: int) -> bool:
        """Whether the work of a challenge of ours was done in time."""
        parts = self.read("work", challenge)
        return parts is not None and 0 <= now - int(parts[1]) <= CHALLENGE_S and proves(challenge, found, int(parts[2]))

    def question(self, now: int) -> tuple[str, int, int]:
        """A question (its token, and two numbers to be added up) for those without scripts."""
        one, other = secrets.randbelow(18) + 2, secrets.randbelow(9) + 1
        return self.sign(f"question {one + other}", secrets.token_urlsafe(12), str(now)), one, other

    def answered(self, token: str, answer: int, now: int) -> bool:
        """Whether a question of ours was answered rightly and in time."""
        parts = self.read(f"question {answer}", token)
        return parts is not None and 0 <= now - int(parts[1]) <= CHALLENGE_S

    # ---- mail

    def mail_token(self, id_: str) -> str:
        """By what a subscription is confirmed and ended."""
        return self.sign("mail", id_)

    def mail_id(self, token: str) -> str | None:
        """The subscription that a token is of."""
        parts = self.read("mail", token)
        return parts[0] if parts is not None and len(parts) == 1 else None

    def mail_secret(self, id_: str) -> str:
        """The secret of the link to a report in mails about it."""
        return _text(self.keyed("mail-link", id_)[:24])


def digest(text: str) -> bytes:
    """Under what a secret or a proof is written down."""
    return hashlib.sha256(text.encode()).digest()


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
