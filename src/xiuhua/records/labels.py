"""Sheets of labels to print: what a thing is called, its key, and a QR code that opens its page on a phone. Pure.

HTML for sheets of A4 with 3 by 8 labels of 70 by 37 mm, as they are sold. Nothing in it is loaded from elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Final
from urllib.parse import quote

import segno

PER_SHEET: Final = 24
MOST: Final = 20 * PER_SHEET
"""Labels of one answer; a QR code takes about 3 ms."""
_STYLE: Final = """
@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #000; font-family: system-ui, "Noto Sans CJK SC", sans-serif }
section { width: 210mm; height: 296.9mm; padding: 0.45mm 0; break-after: page }
section { display: grid; grid-template: repeat(8, 37mm) / repeat(3, 70mm) }
section:last-child { break-after: auto }
article { display: flex; gap: 3mm; align-items: center; padding: 3mm; overflow: hidden }
svg { flex: none; width: 27mm; height: 27mm }
h2 { margin: 0 0 1mm; font-size: 10pt; line-height: 1.25; max-height: 2.5em; overflow: hidden; overflow-wrap: anywhere }
p { margin: 0; font-size: 8pt; line-height: 1.3; overflow-wrap: anywhere }
p.key { font-size: 9pt; font-weight: 600 }
@media screen { body { background: #ddd } section { margin: 8mm auto; background: #fff } }
"""
_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'"
"""What the page may load: its own style, and nothing else."""


@dataclass(frozen=True, slots=True)
class Label:
    """One thing."""

    key: str
    called: str
    url: str


def url_of(base: str, register: str, key: str) -> str:
    """What the code of a thing says: the address of its page; `base` without a slash at its end."""
    return f"{base}/registers/{register}/{quote(key, safe='')}"


def sheets(title: str, labels: Sequence[Label]) -> str:
    """The page to print; `title` is that of the register."""
    pages = [labels[at : at + PER_SHEET] for at in range(0, len(labels), PER_SHEET)]
    said = "".join(f"<section>{''.join(_label(title, one) for one in page)}</section>" for page in pages)
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{said}</body></html>"
    )


def _label(title: str, one: Label) -> str:
    name = f"<h2>{escape(one.called)}</h2>" if one.called != one.key else ""
    key = f'<p class="key">{escape(one.key)}</p>'
    return f"<article>{_code(one.url)}<div>{name}{key}<p>{escape(title)}</p></div></article>"


def _code(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, scale=1, border=2, dark="#000", svgclass=None, lineclass=None,
        omitsize=True,
    )  # fmt: skip
    return out.getvalue().decode()
