"""What people fill in: read against the declaration, all errors at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec, FieldType, Title
from xiuhua.platform.wording import why

EMPTY = Context({"fields": {}, "case": {"open": True}})


def spec(type_: FieldType = "text", **more: Any) -> FieldSpec:
    return FieldSpec(type=type_, **more)


def look_up(kind: str, code: str) -> dict[str, Any] | None:
    return {"code": code, "kind": kind} if code.startswith("known") else None


def read(specs: dict[str, FieldSpec], **given: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    values, found, errors = fields.read(specs, given, EMPTY, look_up)
    return values, found, {one["field"]: one["why"] for one in errors}


@pytest.mark.parametrize(
    ("one", "value", "kept"),
    [
        (spec(), "路口", "路口"),
        (spec("integer", minimum=1, maximum=9), 9, 9),
        (spec("decimal"), "12.50", "12.50"),
        (spec("money"), 3, "3"),
        (spec("decimal"), "1e3", "1000"),
        (spec("decimal"), "0E-999999999", "0.000000"),
        (spec("decimal"), "1.50000000000", "1.500000"),
        (spec("boolean"), False, False),
        (spec("choice", of=["a", "b"]), "b", "b"),
        (spec("date"), "2026-03-02", "2026-03-02"),
        (spec("datetime"), "2026-03-02T09:00:00+08:00", 1_772_413_200),
        (spec("datetime"), 1_772_413_200, 1_772_413_200),
        (spec("limit"), {"amount": "1.5", "kind": "work_hour"}, {"amount": "1.5", "kind": "work_hour"}),
        (spec("place"), {"lon": 104.06, "lat": 30.67, "by": "map"}, {"lon": 104.06, "lat": 30.67, "by": "map"}),
        (spec("place"), {"words": "门口"}, {"words": "门口"}),
        (spec("photo", many=True), ["p1", "p2"], ["p1", "p2"]),
        (spec("unit"), "known.roads", "known.roads"),
    ],
)
def test_values_that_fit(one: FieldSpec, value: Any, kept: Any) -> None:
    values, _, errors = read({"x": one}, x=value)
    assert errors == {} and values == {"x": kept}


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (spec(), 5),
        (spec(), "x" * 201),
        (spec(), "a\x00b"),
        (spec(), "a\x1fb"),
        (spec("long_text"), "a\x0bb"),
        (spec(), "\ud800"),
        (spec(max_length=3), "abcd"),
        (spec(pattern="[0-9]+"), "12a"),
        (spec("long_text"), "x" * 10_001),
        (spec("integer"), True),
        (spec("integer"), "5"),
        (spec("integer"), 2**60),
        (spec("integer", minimum=1), 0),
        (spec("decimal", maximum=5), "5.9"),
        (spec("decimal", minimum=0), "-0.5"),
        (spec("decimal"), "NaN"),
        (spec("decimal"), "1e999999999"),
        (spec("decimal"), "0.0000001"),
        (spec("boolean"), "yes"),
        (spec("choice", of=["a"]), "c"),
        (spec("choice", of=["a"]), ["a"]),
        (spec("date"), "2026-02-30"),
        (spec("datetime"), "2026-03-02T09:00:00"),
        (spec("datetime"), -1),
        (spec("datetime"), 10**15),
        (spec("datetime"), 253_402_300_799),
        (spec("datetime"), True),
        (spec("limit"), {"amount": "0", "kind": "work_hour"}),
        (spec("limit"), {"amount": "1.0005", "kind": "work_hour"}),
        (spec("limit"), {"amount": "1", "kind": "week"}),
        (spec("limit"), "2 hours"),
        (spec("place"), {"lon": 181, "lat": 0}),
        (spec("place"), {"lon": 104}),
        (spec("place"), {"lon": "104", "lat": "30"}),
        (spec("place"), {"lon": float("nan"), "lat": 30}),
        (spec("place"), {"words": "x" * 501}),
        (spec("place"), {}),
        (spec("unit"), "nobody"),
        (spec("unit"), 7),
        (spec("unit"), "known\x00"),
        (spec("photo", many=True), "p1"),
        (spec("photo", many=True), ["p1", 2]),
        (spec("photo", many=True), ["p"] * 10_001),
        (spec("computed", value="1"), 1),
    ],
)
def test_values_that_do_not(one: FieldSpec, value: Any) -> None:
    values, found, errors = fields.read({"x": one}, {"x": value}, EMPTY, look_up)
    assert [error["field"] for error in errors] == ["x"] and found == {} and values == fields.nothing({"x": one})
    assert why(errors[0], "en") == errors[0]["why"] and not why(errors[0], "zh").isascii()


def test_all_errors_at_once() -> None:
    specs = {"a": spec(required=True), "b": spec("integer"), "c": spec("unit", required=True)}
    assert set(read(specs, b="x", c="nobody", d=1)[2]) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("nothing", [None, "", []])
def test_empty_is_missing(nothing: Any) -> None:
    assert read({"a": spec(required=True)}, a=nothing)[2] == {"a": "is needed"}
    assert read({"a": spec("photo", many=True)}, a=nothing)[0] == {"a": []}


@pytest.mark.parametrize("zero", [0, False])
def test_zero_and_false_are_values(zero: Any) -> None:
    one = spec("boolean" if zero is False else "integer", required=True)
    assert read({"a": one}, a=zero)[0]["a"] is zero


def test_defaults_see_what_was_given() -> None:
    specs = {"a": spec("integer"), "b": spec("integer", default="fields.a == null ? 1 : fields.a + 1")}
    assert read(specs)[0] == {"a": None, "b": 1}
    assert read(specs, a=4)[0] == {"a": 4, "b": 5}
    assert read(specs, a=4, b=9)[0] == {"a": 4, "b": 9}


def test_a_default_is_read_like_a_value() -> None:
    assert read({"u": spec("unit", default='"known.x"')})[1]["u"]["code"] == "known.x"
    assert read({"u": spec("unit", default='"nobody"')})[2] != {}


def test_needed_when_another_says_so() -> None:
    specs = {"why": spec(required='fields.kind == "other"'), "kind": spec("choice", of=["this", "other"])}
    assert read(specs, kind="this")[2] == {}
    assert read(specs, kind="other")[2] == {"why": "is needed"}
    assert read(specs)[2] == {}
    assert set(read(specs, kind="wrong")[2]) == {"kind"}


def test_what_references_found() -> None:
    _, found, _ = read({"u": spec("unit"), "many": spec("person", many=True)}, u="known1", many=["known2", "known3"])
    assert found["u"] == {"code": "known1", "kind": "unit"} and [one["code"] for one in found["many"]] == [
        "known2",
        "known3",
    ]


def test_the_form_as_json_schema() -> None:
    title = Title(zh="数", en="number")
    specs = {
        "n": spec("integer", minimum=1, title=title, required=True),
        "c": spec("choice", of=["a"], titles={"a": title}, default='"a"', help=title),
        "p": spec("photo", many=True, required="case.open"),
        "s": spec(personal=True, suggest="category", pattern="x+"),
    }
    schema = fields.json_schema(specs, EMPTY)
    assert schema["required"] == ["n", "p"] and schema["additionalProperties"] is False
    assert schema["properties"]["n"] == {
        "type": "integer",
        "minimum": 1,
        "x-type": "integer",
        "x-title": title.model_dump(),
    }
    assert (
        schema["properties"]["c"]["x-titles"] == {"a": title.model_dump()}
        and schema["properties"]["c"]["default"] == "a"
    )
    assert schema["properties"]["p"]["minItems"] == 1
    assert schema["properties"]["s"] == {
        "type": "string", "maxLength": 200, "pattern": "x+", "x-type": "text", "x-suggest": "category",
        "x-personal": True,
    }  # fmt: skip


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
types = st.sampled_from(
    [
        "text",
        "long_text",
        "integer",
        "decimal",
        "boolean",
        "choice",
        "date",
        "datetime",
        "limit",
        "unit",
        "place",
        "photo",
    ]
)


@settings(deadline=None)
@given(type_=types, many=st.booleans(), value=anything)
def test_whatever_comes_is_read_or_refused(type_: FieldType, many: bool, value: Any) -> None:
    one = spec(type_, many=many, of=["a"] if type_ == "choice" else None)
    values, _, errors = read({"x": one}, x=value)
    assert bool(errors) <= (values == fields.nothing({"x": one}))
    json.dumps(values, allow_nan=False).encode()
