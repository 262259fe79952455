"""Atom (RFC 4287): what happens in an area, and what became of one's own report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from xiuhua.public.following import Followed
from xiuhua.public.model import Language, PublicCase
from xiuhua.public.texts import say, stage

TYPE: Final = "application/atom+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 100


def of_report(followed: Followed, link: str, language: Language) -> bytes:
    """The steps of one report, newest first."""
    feed = _feed(f"urn:xiuhua:report:{followed.number}", say("follow_number", language, number=followed.number),
                 link, followed.steps[-1].at, language)  # fmt: skip
    for number, step in reversed(list(enumerate(followed.steps, 1))):
        id_ = f"urn:xiuhua:report:{followed.number}:{number}"
        _entry(feed, id_, step.words, link, step.at, step.at, step.note)
    return _bytes(feed)


def of_cases(cases: Sequence[PublicCase], id_: str, title: str, base: str, now: datetime, language: Language) -> bytes:
    """Cases of an area, the one that changed last first."""
    changed = sorted(cases, key=lambda one: one.closed_at or one.since, reverse=True)[:MOST]
    feed = _feed(id_, title, f"{base}/report/map", (changed[0].closed_at or changed[0].since) if changed else now,
                 language)  # fmt: skip
    for one in changed:
        words = f"{one.called(language)} · {one.place} · {stage(one.stage, language)}"
        number = f"urn:xiuhua:case:{one.number}"
        _entry(feed, number, words, f"{base}/report/map#c-{one.number}", one.closed_at or one.since, one.since, "")
    return _bytes(feed)


def _feed(id_: str, title: str, link: str, updated: datetime, language: Language) -> Element:
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN" if language == "zh" else "en"})
    SubElement(feed, "id").text = id_
    SubElement(feed, "title").text = title
    SubElement(feed, "updated").text = _stamp(updated)
    SubElement(SubElement(feed, "author"), "name").text = "Xiuhua"
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": link})
    return feed


def _entry(feed: Element, id_: str, title: str, link: str, updated: datetime, since: datetime, note: str) -> None:
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = id_
    SubElement(entry, "title").text = title
    SubElement(entry, "updated").text = _stamp(updated)
    SubElement(entry, "published").text = _stamp(since)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": link})
    SubElement(entry, "content", {"type": "text"}).text = note or title


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _bytes(feed: Element) -> bytes:
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body
