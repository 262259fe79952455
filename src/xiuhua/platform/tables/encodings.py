"""Which encoding a text file has: its mark, then what fits, then statistics."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

import charset_normalizer

from xiuhua.platform.tables.texts import place, refusal

_SAMPLE: Final = 65_536
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OFFICE: Final = ["utf_8", "gb18030", "big5", "utf_16_le", "utf_16_be"]
"""What spreadsheets in Chinese offices write. Without this list short files are taken for Cyrillic or Korean."""
_DAMAGE: Final = 0.02
"""Share of unreadable characters up to which a file is taken for damaged rather than for another encoding."""
_RARE: Final = 0.2
"""Share of characters outside GB 2312 in a text of GB 18030; the same share of a text in Big5 is about a half."""


def encoding_of(path: Path, named: str) -> str:
    """The encoding to read a file with; a byte order mark wins over the one named.

    Raises `Invalid` when it cannot be told, or when the one named does not fit.
    """
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
        marked = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
        if marked is not None:
            return marked
        # Chinese may begin late: a long head in ASCII says nothing.
        while _ascii(sample) and (more := stream.read(_SAMPLE)):
            sample = more
    if named != "auto":
        if _damage(sample, named) > _DAMAGE:
            raise refusal([place(path.name, 0, "", "wrong_encoding", encoding=named)])
        return named
    found = _told(sample)
    if found is None:
        raise refusal([place(path.name, 0, "", "unknown_encoding")])
    return found


def _told(sample: bytes) -> str | None:
    bare = sample.replace(b"\0", b"")  # a stray NUL is dirt that the rows are cleaned of, no mark of an encoding
    if bare.isascii():
        return (
            "utf-8" if _ascii(sample) else "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        )
    if _damage(bare, "utf-8") <= _DAMAGE:
        return "utf-8"
    # A few words are too little for statistics, which then hold common Chinese for rare Big5. The common characters
    # of GB 18030 lie where GB 2312 had them, and hardly any of Big5 lie there.
    if _damage(bare, "gb2312") <= _RARE:
        return "gb18030"
    # A character cut in two spoils the statistics.
    whole = sample[: len(sample) // 2 * 2] if b"\0" in sample else sample[: sample.rfind(b"\n") + 1] or sample
    best = charset_normalizer.from_bytes(whole, cp_isolation=_OFFICE).best()
    if best is not None:
        return best.encoding
    return "gb18030" if _damage(bare, "gb18030") <= _DAMAGE else None


def _ascii(sample: bytes) -> bool:
    """Whether it is ASCII of one byte a character; in UTF-16 half of the bytes would be NUL."""
    return sample.isascii() and sample.count(0) * 4 < len(sample)


def _damage(sample: bytes, encoding: str) -> float:
    """Unreadable characters as a share of those outside ASCII."""
    text = sample.decode(encoding, errors="replace")
    beyond = sum(character > "\x7f" for character in text)
    # The last character of a sample may be cut.
    return max(text.count("\ufffd") - 1, 0) / beyond if beyond else 0.0
