"""Small drawn pictures of a street, which stand for all photos of the fictional district."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import service as media
from xiuhua.platform.media.service import Store

_SIZE: Final = (160, 120)
_Box = tuple[int, int, int, int]
_THINGS: Final[dict[str, tuple[tuple[str, _Box], ...]]] = {
    "before": (("saddlebrown", (50, 78, 110, 112)), ("olive", (70, 66, 96, 96))),
    "stage": (("saddlebrown", (60, 84, 100, 110)), ("orangered", (40, 70, 46, 116))),
    "after": (),
    "check": (("limegreen", (132, 8, 152, 28)),),
}
"""What lies on the road, by what a photo shows."""


def put(tx: Tx, store: Store, actor: Actor) -> dict[str, str]:
    """Ids of the pictures `before`, `stage`, `after` and `check`; they are drawn and kept where they are missing."""
    return {word: media.put(tx, store, actor, drawn(word), f"{word}.png").id for word in _THINGS}


def drawn(word: str) -> bytes:
    """One picture as PNG: sky, houses, a road, and what lies on it."""
    image = Image.new("RGB", _SIZE, "lightskyblue")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 30, 70, 70), "lightgray")
    draw.rectangle((84, 20, 159, 70), "darkgray")
    draw.rectangle((0, 70, 159, 119), "dimgray")
    for colour, box in _THINGS[word]:
        draw.ellipse(box, colour)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
