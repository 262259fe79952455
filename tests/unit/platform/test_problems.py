import re
from pathlib import Path

import pytest

from xiuhua.platform import errors
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.permissions import declared
from xiuhua.platform.verify import BREAKS
from xiuhua.platform.web.problems import problem, status_of
from xiuhua.platform.wording import strings

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
CLASSES = {
    kind.code(): kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, XiuhuaError)
}
ROW = re.compile(r"^\| `([\w.]+)` \| (.+) \|$", re.MULTILINE)


def rows(file: str) -> dict[str, list[str]]:
    text = (REFERENCE / file).read_text(encoding="utf-8")
    return {found[1]: [cell.strip() for cell in found[2].split(" | ")] for found in ROW.finditer(text)}


def test_every_error_has_a_text_in_both_languages() -> None:
    assert strings()["errors"].keys() == CLASSES.keys()
    assert all(text.keys() == {"zh", "en"} for section in strings().values() for text in section.values())


def test_every_break_of_the_log_has_a_text() -> None:
    assert {code: text["en"] for code, text in strings()["breaks"].items()} == BREAKS


@pytest.mark.parametrize("code", sorted(CLASSES.keys() - {"xiuhua_error"}))
def test_every_error_has_a_status(code: str) -> None:
    assert 400 <= status_of(CLASSES[code]) <= 503


def test_the_page_of_errors_is_true() -> None:
    expected = {
        code: [str(status_of(kind)), strings()["errors"][code]["zh"], strings()["errors"][code]["en"]]
        for code, kind in CLASSES.items()
        if code != "xiuhua_error"
    }

    assert rows("errors.md") == expected


def test_the_page_of_permissions_is_true() -> None:
    roles, permissions = declared()
    expected = {
        name: [title["zh"], title["en"], ", ".join(role.name for role in roles.values() if role.bears(name))]
        for name, title in permissions.items()
    }

    assert rows("permissions.md") == expected


def test_a_problem_never_lets_a_parameter_take_the_place_of_a_member() -> None:
    told = problem(errors.NotFound(case="990101-20260302-0001", code="mine", title="x"), 404, {"code": "mine"}, "en")

    assert (told["code"], told["status"], told["errors"]) == ("not_found", 404, [])


def test_a_limit_that_a_text_lacks_leaves_the_reason_as_it_was() -> None:
    fault = {"field": "x", "reason": "string_too_short", "why": "should be longer"}

    told = problem(errors.Invalid(), 422, {"errors": [fault, "plain"]}, "zh")

    assert told["errors"] == [fault, "plain"]
