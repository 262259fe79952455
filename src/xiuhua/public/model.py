"""What the public page computes: proofs of work, what may be shown, how near something is. Pure."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Final, Literal

Language = Literal["zh", "en"]
MOST_BITS: Final = 20
"""About a million digests, 2.4 s in a browser's worker at 440,000 a second: no more, whatever the load."""
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: what is read over a telephone is not taken for another."""
_DEGREE_M: Final = 111_195.0
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"\\]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PHONE: Final = re.compile(r"\+?[0-9]{5,15}")


# ---- proofs of work


def zero_bits(digest: bytes) -> int:
    """How many bits at the front are zero."""
    value = int.from_bytes(digest)
    return len(digest) * 8 - value.bit_length()


def proves(challenge: str, found: str, bits: int) -> bool:
    """Whether `found` (decimal digits) makes SHA-256 over `<challenge>:<found>` begin with so many zero bits."""
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        return False
    return zero_bits(hashlib.sha256(f"{challenge}:{found}".encode()).digest()) >= bits


def bits_for(base: int, near: int, everybody: int, most: int) -> int:
    """How hard a proof has to be: one bit more (twice the work) with each doubling of what came from nearby.

    `near` and `everybody` are reports of the last two hours, `most` what all together may send in one (0: no limit).
    """
    more = int(math.log2(1 + near / 4))
    if most:
        more += int(4 * min(1.0, everybody / most))
    return min(MOST_BITS, base + more) if base else 0


def neighbourhood(address: str) -> str:
    """The network whose reports make proofs harder: /24 of IPv4, /48 of IPv6; other texts stay as they are."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


# ---- numbers and contacts


def number_of(seed: bytes) -> str:
    """A number to be read aloud, `7K4M-QX2P-9DAB`: 60 bits of a digest."""
    value = int.from_bytes(hashlib.sha256(seed).digest()[:8]) >> 4
    signs = "".join(_CROCKFORD[value >> shift & 31] for shift in range(55, -1, -5))
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def contact_of(text: str) -> str | None:
    """A phone number or mail address in its plain form; None when it is neither."""
    plain = text.strip()
    if is_email(plain):
        return plain
    digits = re.sub(r"[\s().-]", "", plain)
    return digits if _PHONE.fullmatch(digits) else None


def is_email(text: str) -> bool:
    """Whether a text has the form of a mail address."""
    return len(text) <= 80 and _EMAIL.fullmatch(text) is not None


# ---- what may be shown


@dataclass(frozen=True, slots=True)
class Shown:
    """Which categories the public may see; nothing that was not declared."""

    beginnings: tuple[tuple[str, bool], ...] = ()
    """Beginnings of keys and whether what begins so is shown, the longest first."""

    @classmethod
    def of(cls, declared: str) -> Shown:
        """From the setting `public_categories`: `GB/T 47678.5/matter/06; !GB/T 47678.5/matter/06028`."""
        parts = [one.strip() for one in declared.split(";")]
        found = {one.lstrip("! "): not one.startswith("!") for one in parts if one.lstrip("! ")}
        return cls(tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))))

    def shows(self, category: str) -> bool:
        """Whether a category may be shown: the longest beginning decides."""
        return next((shown for beginning, shown in self.beginnings if category.startswith(beginning)), False)

    def of_all(self, categories: Iterable[str]) -> list[str]:
        """Those of some categories that may be shown."""
        return [one for one in categories if self.shows(one)]


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case as everybody may see it: what kind, about where, since when, how far. Nothing else is ever read."""

    number: str
    category: str
    category_en: str
    place: str
    """Street and community by name."""
    areas: tuple[str, ...]
    """Codes of the areas around it."""
    lon: float
    lat: float
    """Rounded."""
    since: datetime
    closed_at: datetime | None
    stage: str
    """Key of `strings/steps.yaml`, section `stages`."""

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.closed_at is None

    def called(self, language: str) -> str:
        """The category's name."""
        return self.category_en or self.category if language == "en" else self.category


def rounded(lon: float, lat: float, side_m: int) -> tuple[float, float]:
    """The middle of the square that a place lies in: of many places the same, so that no house is pointed at."""
    step = side_m / _DEGREE_M
    row = math.floor(lat / step)
    middle = (row + 0.5) * step
    wide = step / max(0.1, math.cos(math.radians(middle)))
    return round((math.floor(lon / wide) + 0.5) * wide, 5), round(middle, 5)


def metres(lon: float, lat: float, case: PublicCase) -> float:
    """From a place to where a case is shown; good to a per cent within some kilometres."""
    east = (case.lon - lon) * math.cos(math.radians((lat + case.lat) / 2))
    return math.hypot(east, case.lat - lat) * _DEGREE_M


def nearest(cases: Iterable[PublicCase], lon: float, lat: float, within_m: float, most: int) -> list[PublicCase]:
    """Open cases shown within some metres of a place, the nearest first."""
    near = [(metres(lon, lat, one), one) for one in cases if one.open]
    near = sorted((pair for pair in near if pair[0] <= within_m), key=lambda pair: (pair[0], pair[1].number))
    return [one for _, one in near[:most]]
