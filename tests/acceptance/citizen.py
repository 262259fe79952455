"""A citizen at the public page, with no script and no account: reads forms as a browser does, and sends them."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from xiuhua.public.model import zero_bits
from xiuhua.public.texts import catalogue


class _Form(HTMLParser):
    """The fields of the first form that has a certain field, as they stand in the page."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.action, self.found = wanted, "", False
        self.fields: dict[str, str] = {}
        self._inside: str | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.found:
            self._inside, self.fields = given.get("action", ""), {}
        if self._inside is None or self.found:
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type") not in ("file", "radio"):
            self.fields.setdefault(name, given.get("value", ""))
        elif tag in ("textarea", "select"):
            self.fields[name] = ""
            self._area, self._select = (name, "") if tag == "textarea" else ("", name)
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "form" and self._inside is not None and not self.found:
            self.action, self.found, self._inside = self._inside, self.wanted in self.fields, None


def form_in(html: str, wanted: str) -> tuple[str, dict[str, str]]:
    """Action and fields of the form that has a field."""
    parser = _Form(wanted)
    parser.feed(html)
    assert parser.found, f"no form with {wanted}"
    return parser.action, parser.fields


def answer_to(html: str) -> str:
    """The answer to the question of a page, as somebody who reads it gives it."""
    words = catalogue("numbers")["zh"]
    said = re.search(r"([一二三四五六七八九十]+)加([一二三四五六七八九十]+)等于几", html)
    assert said is not None
    return str(sum(_value(one, words["ones"]) for one in said.groups()))


def _value(text: str, ones: list[str]) -> int:
    tens, ten, rest = text.partition("十")
    if not ten:
        return ones.index(tens)
    return (ones.index(tens) if tens else 1) * 10 + (ones.index(rest) if rest else 0)


def worked_out(challenge: str, bits: int) -> str:
    """The proof of a challenge, as the page's script finds it."""
    return next(
        str(number)
        for number in itertools.count()
        if zero_bits(hashlib.sha256(f"{challenge}:{number}".encode()).digest()) >= bits
    )


@dataclass
class Citizen:
    """A browser without scripts."""

    client: httpx.Client
    language: str = "zh"
    last: dict[str, Any] = field(default_factory=dict)

    def get(self, path: str, **params: str) -> httpx.Response:
        return self.client.get(path, params={"lang": self.language, **params} if self.language != "zh" else params)

    def fill(self, html: str, **given: str) -> dict[str, str]:
        """A form filled in, its question answered."""
        _, fields = form_in(html, "ticket")
        if "question" in fields:
            fields["answer"] = answer_to(html)
        return {**fields, **given}

    def report(self, path: str = "/report", photos: Sequence[tuple[str, bytes]] = (), **given: str) -> httpx.Response:
        """Open the form, fill it in, send it; the answer, not followed."""
        fields = self.fill(self.client.get(path).text, **given)
        self.last = fields
        return self.send(fields, photos)

    def send(self, fields: dict[str, str], photos: Sequence[tuple[str, bytes]] = ()) -> httpx.Response:
        files = [("photos", one) for one in photos] or [("photos", ("", b""))]
        return self.client.post("/report", data=fields, files=files)
