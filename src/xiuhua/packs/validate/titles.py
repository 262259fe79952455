"""Every title is there in Chinese and in English, and neither is the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiuhua.packs.common import Title
from xiuhua.packs.problems import Problem
from xiuhua.packs.validate.scene import Scene

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_WIDE = re.compile("[\u3000-\u303f\uff01-\uff5e]")


def check(scene: Scene) -> Iterator[Problem]:
    """All titles, wherever the grammar has one."""
    for part in scene.parts:
        title = part.value
        if not isinstance(title, Title):
            continue
        if not _HAN.search(title.zh):
            yield scene.problem((*part.path, "zh"), "title_not_chinese", found=title.zh)
        if _HAN.search(title.en) or _WIDE.search(title.en):
            yield scene.problem((*part.path, "en"), "title_not_english", found=title.en)
        for language, text in (("zh", title.zh), ("en", title.en)):
            if text != text.strip():
                yield scene.problem((*part.path, language), "title_spaces", found=text)
