"""The lines of business of the fictional district: declared of what the packs declare, drawn by chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from xiuhua.flow import identifiers
from xiuhua.packs.loader import load_library
from xiuhua.packs.pack import Pack
from xiuhua.platform.identity.permissions import roles
from xiuhua.simulate.attention import MANNERS
from xiuhua.simulate.city import words
from xiuhua.simulate.lines import drawing
from xiuhua.simulate.lines.reading import lines
from xiuhua.simulate.lines.shape import Line
from xiuhua.simulate.words import read

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/reference/simulated-lines.md"
NAMES = {"n": 7, "thing": "WC-007", "own": {"hours": "6-22", "unit": None}}


class Here:
    """Something to draw from, without a city."""

    seed, day, zone = 1, date(2026, 3, 2), ZoneInfo("Asia/Shanghai")

    def __init__(self, seed: int = 1) -> None:
        self.chance = Random(seed)

    def key(self, register: str) -> str | None:
        return None if register == "empty" else f"{register}-1"

    def area(self, kind: str) -> str:
        return f"{kind}-1"

    def point(self) -> tuple[float, float]:
        return 105.3, 29.1

    def person(self, role: str) -> str:
        return f"{role}01"

    def photo(self, shows: str) -> str:
        return f"photo of {shows}"

    def named(self) -> str:
        return "Li"


@pytest.fixture(scope="module")
def library() -> Mapping[str, Pack]:
    found, problems = load_library()
    assert problems == []
    return found


def of_kind(library: Mapping[str, Pack], line: Line, kind: str) -> dict[str, Any]:
    return {name: one for pack in line.packs for name, one in getattr(library[pack], kind).items()}


def units_of(value: Any) -> Iterator[str]:
    """Units that a value may come to: plain texts of a value or a choice."""
    for one in value.get("any", ()) if isinstance(value, Mapping) else [value]:
        if isinstance(one, str):
            yield one


@pytest.mark.parametrize("line", lines().values(), ids=lines())
def test_the_packs_of_a_line_come_after_those_they_need(library: Mapping[str, Pack], line: Line) -> None:
    there = {"city-case"}  # of every simulated district
    for name in line.packs:
        assert set(library[name].head.needs) <= there
        there.add(name)


@pytest.mark.parametrize("line", lines().values(), ids=lines())
def test_what_a_line_names_the_packs_of_it_declare(library: Mapping[str, Pack], line: Line) -> None:
    registers, ledgers = of_kind(library, line, "registers"), of_kind(library, line, "ledgers")
    checklists, plans = of_kind(library, line, "checklists"), of_kind(library, line, "plans")
    procedures = of_kind(library, line, "procedures")

    assert {one.of for one in line.things} <= registers.keys()
    assert {one.ledger for one in line.entries} <= ledgers.keys()
    assert {one.of for one in line.entries if one.of} <= registers.keys()
    assert {one.checklist for one in (*line.rounds, *line.checks)} <= checklists.keys()
    assert {one.plan for one in (*line.targets, *line.parts, *line.rosters)} <= plans.keys()
    assert {one.kind for one in line.papers} <= of_kind(library, line, "documents").keys()
    assert line.procedures.keys() <= procedures.keys()
    for told in line.things:
        known = {*registers[told.of].fields, "place", "shape"}
        steps = [one for some in told.life.values() for one in some]
        assert told.fields.keys() <= known and {name for one in steps for name in one.fields} <= known
        assert {*told.life, *(one.to for one in steps)} <= registers[told.of].states.keys()
    for entry in line.entries:
        assert entry.fields.keys() <= ledgers[entry.ledger].fields.keys()
        assert (entry.store is not None) == ledgers[entry.ledger].balance


@pytest.mark.parametrize("line", lines().values(), ids=lines())
def test_what_is_done_with_proceedings_is_declared(library: Mapping[str, Pack], line: Line) -> None:
    procedures = of_kind(library, line, "procedures")
    for name, told in line.procedures.items():
        declared = procedures[name]
        places = {
            f"{track}.{state}" if track != "main" else state
            for track, one in declared.tracks.items()
            for state in one.states
        }
        assert told.does.keys() <= places
        for place, steps in told.does.items():
            for step in steps:
                action = declared.actions[step.action]
                assert place.rpartition(".")[2] in action.from_ and step.fields.keys() <= action.fields.keys()
        for begins in told.begins:
            action = declared.actions[begins.action or next(n for n, one in declared.actions.items() if one.creates)]
            assert begins.fields.keys() <= action.fields.keys()


@pytest.mark.parametrize("line", lines().values(), ids=lines())
def test_units_and_roles_are_those_of_the_district(line: Line) -> None:
    known = {one[0] for one in words()["units"]}
    named = {unit for one in (*line.rounds, *line.rosters, *line.campaigns) for unit in one.units}
    named |= {unit for one in (*line.entries, *line.checks) if one.unit for unit in units_of(one.unit)}
    by = {role for one in (*line.rounds, *line.checks) for role in one.inspectors}
    by |= {one.by for one in (*line.rounds, *line.papers)} | {one.role for one in line.rosters}
    by |= {begins.by for one in line.procedures.values() for begins in one.begins}

    assert named <= known
    assert by <= roles().keys()


def test_the_lines_that_are_wanted_are_there() -> None:
    packs = {pack for line in lines().values() for pack in line.packs}
    wanted = {"city-appearance", "cleaning", "construction-waste", "waste-sorting", "public-toilets", "municipal"}
    wanted |= {"road-upkeep", "greening", "frontage", "emergency", "rectification", "proposals", "supervision"}

    assert wanted | {"duty-rosters", "documents", "inspections"} <= packs


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", {"plain"}),
        ("{year}-{month} {n:03} Q{quarter}", {"2026-3 007 Q1"}),
        ({"any": ["a", {"any": ["b"]}]}, {"a", "b"}),
        ({"weighted": {"a": 1, "b": 0}}, {"a"}),
        ({"between": [2, 3]}, {2, 3}),
        ({"number": "{year}"}, {2026}),
        ({"share": 0}, {False}),
        ({"share": 100}, {True}),
        ({"sometimes": [0, "x"]}, {None}),
        ({"sometimes": [100, "x"]}, {"x"}),
        ({"day": [1, 2]}, {"2026-03-03", "2026-03-04"}),
        ({"until": [0, 0]}, {"2026-03-02T18:00:00+08:00"}),
        ({"key": "toilet"}, {"toilet-1"}),
        ({"key": "empty"}, {None}),
        ({"own": "hours"}, {"6-22"}),
        ({"area": "street"}, {"street-1"}),
        ({"person": "leader"}, {"leader01"}),
        ({"name": "new"}, {"Li"}),
    ],
)
def test_a_value_is_drawn(value: Any, expected: set[Any]) -> None:
    here = Here()

    assert {drawing.drawn(drawing.checked(value), here, NAMES) for _ in range(60)} == expected


def test_numbers_places_and_lists_are_drawn() -> None:
    here = Here()

    assert all(1 <= float(drawing.drawn({"decimal": [1, 2, 2]}, here, NAMES)) <= 2 for _ in range(50))
    assert drawing.drawn({"place": "anywhere"}, here, NAMES) == {"lon": 105.3, "lat": 29.1}
    assert drawing.drawn({"photos": "after"}, here, NAMES) == ["photo of after"]
    assert drawing.drawn({"some": [2, 2, "x"]}, here, NAMES) == ["x"]
    ring = drawing.drawn({"shape": 90}, here, NAMES)["coordinates"][0]
    assert len(ring) == 5 and ring[0] == ring[-1] != ring[2]


def test_a_thing_keeps_its_level_and_others_have_theirs() -> None:
    here, spread = Here(), set[str]()
    told = {"level": [40, 100, 2, 1]}
    of_one = [float(drawing.drawn(told, here, {**NAMES, "thing": "A"})) for _ in range(50)]
    spread |= {str(drawing.drawn(told, here, {**NAMES, "thing": str(n)})) for n in range(20)}

    assert max(of_one) - min(of_one) <= 4
    assert len(spread) > 10


def test_a_credit_code_is_right() -> None:
    codes = {drawing.drawn({"credit": "new"}, Here(seed), NAMES) for seed in range(20)}

    assert len(codes) == 20 and all(identifiers.credit_code(code) for code in codes)


@pytest.mark.parametrize("value", [{"anny": ["a"]}, {"any": ["a"], "share": 3}, {"any": [{"nothing": 1}]}])
def test_a_draw_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is no draw"):
        drawing.checked(value)


def test_a_line_with_unknown_keys_or_draws_is_refused() -> None:
    good = {"title": {"zh": "a", "en": "a"}, "packs": ["municipal"]}
    when = {"every": "day"}

    Line.model_validate(good)
    with pytest.raises(ValidationError):
        Line.model_validate({**good, "entrys": []})
    with pytest.raises(ValidationError, match="is no draw"):
        Line.model_validate({**good, "entries": [{"ledger": "a", "when": when, "quantity": {"nothing": 1}}]})


def test_every_manner_says_how_prone_it_is_and_the_perfect_are_the_least() -> None:
    told = read("lines/manners.yaml")
    ordinary, perfect = told["ordinary"], told["perfect"]

    assert told.keys() == {"ordinary", *MANNERS}
    assert all(one.keys() == ordinary.keys() for one in told.values())
    assert all(perfect[name] < ordinary[name] <= told["shirking"][name] for name in ordinary)
    assert told["late"]["late"] > told["shirking"]["late"]


def test_every_key_and_every_draw_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    schema = Line.model_json_schema()
    keys = {name for one in [schema, *schema["$defs"].values()] for name in one.get("properties", ())}

    assert [name for name in sorted({*keys, *drawing.DRAWS} - {"zh", "en"}) if f"`{name}`" not in page] == []
