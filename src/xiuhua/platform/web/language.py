"""Which of the two languages a reader wants."""

from __future__ import annotations

from xiuhua.platform.wording import Code


def negotiate(accept: str, default: Code = "zh") -> Code:
    """The better of `zh` and `en` by an Accept-Language header (RFC 9110 §12.5.4); `default` when it has none."""
    wanted: dict[str, float] = {}
    for part in accept.split(","):
        tag, _, parameter = part.partition(";")
        quality = parameter.strip().removeprefix("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        language = tag.strip().lower().split("-")[0]
        wanted[language] = max(weight, wanted.get(language, 0.0))
    anything = wanted.get("*", 0.0)
    zh, en = wanted.get("zh", anything), wanted.get("en", anything)
    if zh == en:
        return default
    return "zh" if zh > en else "en"
