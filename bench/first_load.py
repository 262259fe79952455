"""What a browser loads before an app stands there, as the server sends it: the field app.

Counted are the bytes of every file that the page and its scripts name, compressed as they are sent; texts of one
language, and the service worker apart: it comes after the first screen.
"""

from __future__ import annotations

import json
import re
from typing import Final

from harness import Result, result
from xiuhua.http.static import BUILT

MOST_KB: Final = 300
"""The budget, without a map."""


def run(full: bool = False) -> list[Result]:
    """Kilobytes, gzip and brotli."""
    page = (BUILT / "field.html").read_text(encoding="utf-8")
    first = sorted(set(re.findall(r'(?:src|href)="/([^"]+)"', page)))
    worker = (BUILT / "field-sw.js").read_text(encoding="utf-8")
    kept = json.loads(re.findall(r'\[\{"url".*?\]', worker)[0])
    texts = [one["url"][1:] for one in kept if one["url"].endswith(".js") and one["url"][1:] not in first]
    # Two languages, two catalogues each: a phone loads one of them.
    half = sum(_size(name, ".gz") for name in texts) / 2
    gzip = sum(_size(name, ".gz") for name in first) + half + len(page.encode())
    brotli = sum(_size(name, ".br") for name in first) + half + len(page.encode())
    shell = sum(_size(one["url"][1:], ".gz") for one in kept if one["url"] != "/field") + _size("field-sw.js", ".gz")
    return [
        result("field_kb", [gzip / 1000], "kB", "lower", f"first load of the field app, gzip; at most {MOST_KB}"),
        result("field_kb_brotli", [brotli / 1000], "kB", "lower", "the same, brotli"),
        result(
            "field_shell_kb",
            [shell / 1000],
            "kB",
            "lower",
            "all that is kept: both languages, icons, worker",
        ),
    ]


def _size(name: str, ending: str) -> int:
    """Bytes as they are sent: compressed where that lies beside the file."""
    path = BUILT / name
    beside = path.with_name(path.name + ending)
    return (beside if beside.exists() else path).stat().st_size
