import pytest

from xiuhua.platform.web.language import negotiate
from xiuhua.platform.wording import Code


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh;q=0.3, en;q=0.4", "en"),
        ("fr, de", "zh"),
        ("fr, en;q=0.1", "en"),
        ("*", "zh"),
        ("*;q=0.5, zh;q=0", "en"),
        ("en;q=nonsense", "zh"),
        ("EN", "en"),
    ],
)
def test_the_language_the_reader_prefers_is_taken(accept: str, expected: Code) -> None:
    assert negotiate(accept) == expected


def test_who_does_not_say_gets_the_installations_language() -> None:
    assert negotiate("", "en") == "en"
