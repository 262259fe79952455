"""The language of conditions: what it takes, what it gives, and what it says when something is wrong."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.packs import texts
from xiuhua.packs.expressions import Compiled, ExpressionError, compiled
from xiuhua.packs.expressions.amounts import decimal_text, millionths
from xiuhua.packs.expressions.parser import DEEPEST, FUNCTIONS, LONGEST, MACROS, RESERVED

CASE: dict[str, Any] = {
    "state": "handling", "unit": "u1", "due": 5, "fine": "12.50", "paid": Decimal("2.5"), "note": "中文字",
    "none": None, "n": 3, "flag": True,
    "legs": [{"unit": f"u{n}", "from": n, "parts": ["a"]} for n in range(5)],
    "by": {"k": {"x": 1}},
}  # fmt: skip
CONTEXT = {"case": CASE, "now": 7, "actor": {"unit": "u1"}, "fields": {}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("case.state", "handling"),
        ('"中"', "中"),
        ("null", None),
        ("-3", -3),
        ("0x1F", 31),
        ("'it'", "it"),
        ('r"\\d"', "\\d"),
        ('"\\u4e2d\\n\\x41"', "中\nA"),
        ("-9223372036854775808", -(2**63)),
        ("[1, 2] + [3]", [1, 2, 3]),
        ('case.state == "handling" && now > case.due', True),
        ("case.n * 2 - 10 / 3 % 2", 5),
        ("-7 / 2", -3),
        ("!(case.n == 3) || case.flag", True),
        ("case.n == 3 ? 1 : 2", 1),
        ('"a" + "b"', "ab"),
        ("1 + 2 * 3", 7),
        ("has(case.unit)", True),
        ("has(case.nope)", False),
        ("has(case.nope) && case.nope > 1", False),
        ("has(case.none)", True),
        ("case.none == null", True),
        ('case["state"]', "handling"),
        ("case.by.k.x", 1),
        ("size(case.note)", 3),
        ("case.note.size()", 3),
        ("size(case.legs)", 5),
        ('size("")', 0),
        ("size({})", 0),
        ("case.legs.all(l, size(l.unit) == 2)", True),
        ("case.legs[size(case.legs) - 1].unit", "u4"),
        ("case.legs.exists(l, l.unit == actor.unit)", True),
        ("case.legs.exists_one(l, l.from > 3)", True),
        ("case.legs.map(l, l.from)", [0, 1, 2, 3, 4]),
        ("case.legs.map(l, l.from > 3, l.unit)", ["u4"]),
        ("case.legs.filter(l, l.from > 3)[0].unit", "u4"),
        ("size(case.legs.filter(l, l.from > 2))", 2),
        ('case.legs.all(l, l.parts.exists(p, p == "a"))', True),
        ('{"a": case.n}.a', 3),
        ('{"a": 1}["a"]', 1),
        ('case.by.exists(k, k == "k")', True),
        ("3 in [1, case.n]", True),
        ('"k" in case.by', True),
        ('case.note.startsWith("中")', True),
        ('case.note.endsWith("字")', True),
        ('case.note.contains("文")', True),
        ('case.note.matches("^[中文字]{3}$")', True),
        ('int("12") + 1', 13),
        ("string(case.n)", "3"),
        ('decimal(case.fine) > decimal("12.4")', True),
        ("decimal(case.fine) * 2", "25"),
        ("-decimal(case.paid)", "-2.5"),
        ("decimal(case.fine) - decimal(case.paid)", "10"),
        ("3 * decimal(1) == decimal(3)", True),
        ('{"amount": string(decimal(case.fine) + decimal(1))}', {"amount": "13.5"}),
        ("case.flag ? decimal(1) : decimal(2)", "1"),
        ("case.legs.exists(l, decimal(l.from) > decimal(3))", True),
        ("decimal(0)", "0"),
        ("now", 7),
        ("[]", []),
        ("{}", {}),
        ("case.paid", "2.5"),
    ],
)
def test_values(text: str, value: Any) -> None:
    assert Compiled(text).value(CONTEXT) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("case.n = 3", "character 8: '=' does not belong into an expression"),
        ("（case）", "character 1: '（' does not belong into an expression"),
        ("case.n == 3 and now", "character 13: 'and' is not expected here"),
        ("", "the expression ends too early"),
        ("(1", "the expression ends too early"),
        ("1 +", "the expression ends too early"),
        ("1.5 > 2", "character 1: 1.5 is a floating-point number"),
        ("1u", "character 1: 1u is an unsigned number"),
        ("9223372036854775808", "character 1: 9223372036854775808 is too large a number"),
        ('"\\q"', "character 1: \\q has no meaning inside a text"),
        ('"\\ud800"', "character 1: \\ud800 has no meaning inside a text"),
        ("1 < case.n < 3", "character 12: two comparisons in a row"),
        ("!!true", "character 2: '!' is not expected here"),
        ("case.true", "character 6: 'true' is not expected here"),
        ("for", "character 1: 'for' is a reserved word"),
        ("{1: 2}", "character 2: the keys of a map are texts"),
        ("foo(1)", "character 1: there is no function 'foo'"),
        ("size(1, 2)", "character 1: 'size' takes 1 values"),
        ("has(case)", "character 1: has() asks for a member"),
        ("case.legs.map(l)", "character 11: 'map' needs a name and a condition or value"),
        (
            'case.note.matches("(a")',
            "character 19: the pattern cannot be read: unclosed group",
        ),
        ("case.note.matches(case.note)", "character 24: the pattern of matches() is written out as a text"),
        ('decimal("1.2345678")', "character 9: 1.2345678 is no decimal of at most six places"),
        ("decimal(case.fine) > 12", "character 20: '>' has a decimal on one side only"),
        ("case.flag ? decimal(1) : 1", "character 11: '? :' has a decimal on one side only"),
        ("decimal(1) / 2", "character 12: '/' is not possible with these decimals"),
        ("decimal(1) * decimal(2)", "character 12: '*' is not possible with these decimals"),
        ("[decimal(1)]", "character 2: a decimal cannot stand here"),
        ("1 " * 1001, "the expression is longer than 2000 characters"),
        ("(" * 40 + "1" + ")" * 40, "the expression is nested more than 32 levels deep"),
        ("a" + ".a" * 900, "the expression is nested more than 32 levels deep"),
        ("1" + "+1" * 900, "the expression is nested more than 32 levels deep"),
        ("[" * 900 + "]" * 900, "the expression is nested more than 32 levels deep"),
    ],
)
def test_what_cannot_be_read(text: str, why: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Compiled(text)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("case.nope", "case.nope is not there"),
        ("nope.a", "nope is not there"),
        ("case.n == 3 ? case.nope : 2", "case.nope is not there"),
        ("case.none.code", "case.none is null, so it has no members"),
        ("has(case.none.x)", "case.none is null, so it has no members"),
        ("case.unit.code == 1", "case.unit is text, so it has no members"),
        ("case.n + case.note", "whole number + text is not possible"),
        ("case.n > case.none", "whole number > null is not possible"),
        ("case.n / 0", "division by zero"),
        ("9223372036854775807 + case.n", "the number becomes too large"),
        ("case.legs[9].unit", "there is no element 9 in this list"),
        ('case["nope"]', "there is no element nope in this map"),
        ("case.note.startsWith(case.none)", "startsWith() does not take text, null"),
        ('int("x")', "int() does not take text"),
        ("decimal(case.note) > decimal(1)", "decimal() does not take text"),
        ("size(case.n) > 0", "size() does not take whole number"),
        ("case.n ? 1 : 2", "the condition before ? gives whole number, not true or false"),
        ("!case.n", "! whole number is not possible"),
        ("case.n && true", "whole number && true/false is not possible"),
        ("case.legs.exists(l, l.nope == 1)", "exists() failed over this list: 'nope'"),
        ("case.none.all(l, l)", "all() failed over this null: No such overload"),
    ],
)
def test_what_cannot_be_worked_out(text: str, why: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Compiled(text).value(CONTEXT)
    assert str(caught.value).startswith(why)


def test_a_condition_is_true_or_false() -> None:
    assert Compiled("case.flag").holds(CONTEXT) is True
    with pytest.raises(ExpressionError, match=r"gives whole number, not true or false: case\.n"):
        Compiled("case.n").holds(CONTEXT)


def test_both_sides_may_err_when_the_other_decides() -> None:
    assert Compiled("case.nope == 1 || true").holds(CONTEXT)
    assert not Compiled("false && case.nope.x").holds(CONTEXT)


def test_what_an_expression_looks_at() -> None:
    expression = Compiled("case.legs.exists(l, l.unit == actor.unit) && has(case.a.b) && size(case.note) > now")
    assert expression.variables() == ["actor", "case", "now"]
    assert expression.paths() == [
        ("case", "legs"), ("actor", "unit"), ("case", "a", "b"), ("case", "note"), ("now",),
    ]  # fmt: skip


def test_an_expression_is_read_once() -> None:
    assert compiled("case.n + 1") is compiled("case.n + 1")


def test_threads_share_an_expression() -> None:
    expression = compiled("case.legs.exists(l, l.from == now) && case.n < now")

    def run(now: int) -> bool:
        return expression.holds({"case": CASE, "now": now})

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(run, [n % 10 for n in range(2000)]))
    assert results == [n % 10 == 4 for n in range(2000)]


def test_a_failing_function_of_ours_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExpressionError):
        Compiled("case.legs.exists(l, size(l.from) > 1)").value(CONTEXT)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("12.50", "12.5"), (3, "3"), ("-0.000001", "-0.000001"), (Decimal("1E+3"), "1000"), ("0", "0"), ("-0", "0")],
)
def test_decimals_are_exact(given: Any, kept: str) -> None:
    assert decimal_text(millionths(given)) == kept


@pytest.mark.parametrize("given", ["", "x", "1e400", "NaN", "inf", "1.0000001", 1.5, True, None, "9223372036855"])
def test_what_is_no_decimal(given: Any) -> None:
    with pytest.raises(ValueError):
        millionths(given)


@given(
    st.decimals(-9_000_000, 9_000_000, places=6), st.decimals(-9_000_000, 9_000_000, places=6), st.integers(-999, 999)
)
def test_decimal_arithmetic_is_that_of_decimal(one: Decimal, other: Decimal, factor: int) -> None:
    context = {"a": str(one), "b": other, "n": factor}
    value = compiled("decimal(a) * n - (decimal(b) + decimal(n))").value(context)
    assert Decimal(value) == one * factor - (other + factor)
    assert compiled("decimal(a) < decimal(b)").holds(context) == (one < other)


@given(st.text(max_size=40))
def test_the_size_of_a_text_is_in_characters(text: str) -> None:
    assert compiled("size(t) == n && [t].all(one, size(one) == n)").holds({"t": text, "n": len(text)})


PIECES = ["case", "now", ".n", ".state", "1", '"a"', "==", "<", "&&", "||", "!", "(", ")", "[", "]", "{", "}", ":", ",",
          "?", "size(", "has(", "decimal(", ".map(x, ", "x", "in", "-", "+", "*", "null", "true", " "]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        Compiled(text).value(CONTEXT)
    except ExpressionError as error:
        assert error.why in texts.catalogue()


@given(st.text(max_size=30))
def test_any_characters_are_an_expression_or_an_error(text: str) -> None:
    try:
        compiled(text)
    except ExpressionError as error:
        assert texts.say(error.why, "zh", error.params)


def leaf() -> st.SearchStrategy[str]:
    return st.sampled_from(["case.n", "now", "1", "7", "case.due"])


@settings(deadline=None)
@given(
    st.recursive(
        leaf(),
        lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]} {t[2]})"),
        max_leaves=10,
    )
)
def test_arithmetic_is_that_of_whole_numbers(text: str) -> None:
    names = {"now": 7, "case": type("Case", (), {"n": 3, "due": 5})}
    assert compiled(text).value(CONTEXT) == eval(text, {}, names)


def test_the_reference_names_every_function_and_limit(page: str) -> None:
    named = {*FUNCTIONS, *MACROS, "has", *RESERVED, str(LONGEST), str(DEEPEST)}
    assert [name for name in sorted(named) if re.search(rf"\b{name}\b", page) is None] == []


@pytest.fixture
def page(request: pytest.FixtureRequest) -> str:
    return (request.config.rootpath / "docs" / "reference" / "expressions.md").read_text(encoding="utf-8")
