"""Figures over HTTP and by command: what indicators say, in parts that add up, opened to their records; scores."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.acceptance.installation import Installation, told
from tests.acceptance.walking import taken_in
from tests.reading import older_ended

from xiuhua.insight import forms, keeping
from xiuhua.insight.figures import periods
from xiuhua.insight.figures.engine import Asked, Engine
from xiuhua.insight.figures.service import Figures

APPRAISER, COLLECTOR = "appraiser01", "collector01"
MOVES = {"dispatched": 2, "handed_back": 1, "closed": 3}
"""State → how many cases end there."""
CASES = sum(MOVES.values())


@pytest.fixture(scope="module")
def kept(town: Installation) -> Iterator[Installation]:
    """The district with some cases, all of them in the facts."""
    town.take_up("evaluation")
    for state, count in MOVES.items():
        for n in range(count):
            taken_in(town, text=f"{state} {n}").to_be(state)
    older_ended(town.database)
    keeping.export_all(town.database, keeping.folder(town.services.settings))
    yield town


@pytest.fixture(scope="module")
def month(kept: Installation) -> str:
    with kept.database.reading() as tx:
        return f"{tx.now:%Y-%m}"


def figures(town: Installation, name: str, **params: Any) -> list[dict[str, Any]]:
    found = town.get(APPRAISER, f"/api/indicators/{name}/figures", **params)
    return list(found["figures"])


def test_indicators_are_told_with_what_they_can_be_told_by(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(APPRAISER, "/api/indicators")}

    assert found["on_time_handling_rate"]["unit"] == "%" and "unit" in found["on_time_handling_rate"]["dimensions"]
    assert found["shirked"]["problem"] and not found["cases_filed"]["problem"]


def test_a_count_and_a_rate_of_what_happened(kept: Installation, month: str) -> None:
    [filed] = figures(kept, "cases_filed", period=month)
    [rate] = figures(kept, "closing_rate", period=f"{month[:4]}-01-01..{int(month[:4]) + 1}-12-31")

    assert (filed["numerator"], filed["denominator"], filed["value"]) == (str(CASES), None, str(CASES))
    assert rate["numerator"] == str(MOVES["closed"]) and rate["shown"] == rate["value"]


def test_parts_add_up_to_the_whole_and_are_named(kept: Installation, month: str) -> None:
    parts = figures(kept, "legs_dispatched", period=month, by="unit")
    days = figures(kept, "legs_dispatched", period=month, split="day")

    assert sum(int(one["numerator"]) for one in parts) == CASES == sum(int(one["numerator"]) for one in days)
    assert all(one["names"]["unit"] for one in parts)


def test_every_figure_opens_to_its_records_and_each_to_itself(kept: Installation, month: str) -> None:
    for one in figures(kept, "cases_filed", period=month, by="category"):
        asked = {"period": one["period"]["name"], "where": one["where"]}
        [behind] = kept.get(APPRAISER, "/api/indicators/cases_filed/records", **asked)
        lines = "".join(f"{each['id']} {each['part']} {each['adds']}\n" for each in behind["records"])

        assert behind["sum"] == one["numerator"] and behind["count"] == len(behind["records"])
        assert behind["digest"] == hashlib.sha256(lines.encode()).hexdigest()
        assert {kept.client(APPRAISER).get(each["path"]).status_code for each in behind["records"]} == {200}


def test_only_the_first_are_told_where_there_are_many(kept: Installation, month: str) -> None:
    [whole] = kept.get(APPRAISER, "/api/indicators/cases_filed/records", period=month)
    [first] = kept.get(APPRAISER, "/api/indicators/cases_filed/records", period=month, limit=1)

    assert len(first["records"]) == 1
    assert (first["count"], first["sum"], first["digest"]) == (CASES, whole["sum"], whole["digest"])


def test_a_figure_stands_beside_that_of_another_period(kept: Installation, month: str) -> None:
    [count] = figures(kept, "cases_filed", period=month, against="before")
    [rate] = figures(kept, "on_time_filing_rate", period=month, against="year_before")

    assert count["against"]["value"] == "0" and count["against"]["difference"] == str(CASES)
    assert count["against"]["change_percent"] is None
    assert rate["against"]["value"] is None and rate["against"]["period"]["name"] < month


def test_as_known_before_anything_happened_there_is_nothing(kept: Installation, month: str) -> None:
    [filed] = figures(kept, "cases_filed", period=month, as_of="2020-01-01")

    assert filed["value"] == "0"


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"period": "2026-13"}, "period"), ({"period": "9999"}, "period"), ({"period": "0001-01-01"}, "period"),
        ({"period": "2026-03", "where": "unit:\x00"}, "where"),
        ({"period": "2026-03", "by": "colour"}, "by"),
        ({"period": "2026-03", "where": "colour:red"}, "where"), ({"period": "2026-03", "where": "unit"}, "where"),
        ({"period": "2026-03", "split": "hour"}, "split"), ({"period": "1990..2026"}, "period"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(kept: Installation, params: dict[str, str], field: str) -> None:
    for path in ("figures", "records"):
        if path == "figures" or not {"by", "split"} & params.keys():
            answer = kept.client(APPRAISER).get(f"/api/indicators/cases_filed/{path}", params=params)
            assert answer.status_code == 422, answer.text
            assert field in {one["field"] for one in answer.json()["errors"]}


def test_what_people_tell_is_not_computed_and_what_is_not_there_not_found(kept: Installation) -> None:
    client = kept.client(APPRAISER)

    assert client.get("/api/indicators/shirked/figures", params={"period": "2026"}).status_code == 422
    assert client.get("/api/indicators/nothing/figures", params={"period": "2026"}).status_code == 404
    assert client.get("/api/appraisals/nothing/scores", params={"period": "2026"}).status_code == 404
    rate = client.get("/api/indicators/closing_rate/records", params={"period": "2026"})
    assert rate.status_code == 422 and rate.json()["errors"][0]["field"] == "side"


def test_whose_posts_do_not_bear_it_reads_no_figures(kept: Installation, month: str) -> None:
    answer = kept.client(COLLECTOR).get("/api/indicators/cases_filed/figures", params={"period": month})

    assert told(answer) == (403, "not_allowed")


def test_units_are_scored_and_every_part_opens(kept: Installation, month: str) -> None:
    assert "unit_appraisal" in {one["name"] for one in kept.get(APPRAISER, "/api/appraisals")}
    found = kept.get(APPRAISER, "/api/appraisals/unit_appraisal/scores", period=month)
    best = found["scores"][0]

    assert best["rank"] == 1 and best["name"] and best["grade"] in {one["name"] for one in found["appraisal"]["grades"]}
    assert (
        sum(int(part["value"]) for one in found["scores"] for part in one["parts"] if part["name"] == "filed") == CASES
    )
    for part in best["parts"]:
        [opened] = figures(kept, part["indicator"], period=month, where=best["where"])
        assert opened["value"] == part["value"]


def command(town: Installation, *words: str) -> str:
    found = town.xiuhua("figures", *words)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_roll_ups_say_the_same_as_the_rows(kept: Installation, month: str) -> None:
    service = kept.services.port(Figures)
    with kept.database.reading() as tx, service.engine(tx, kept.city) as engine:
        rows = Engine(replace(engine.store, rolled={}))
        known = service.definitions(tx, kept.city).values()
        wanted = [one for one in known if not one.problem and "unit" in one.dimensions()]
        for asked in (Asked([periods.parsed(month)]), Asked([periods.parsed(month)], ("unit",))):
            found = [one for one in engine.figures(wanted, asked) if one.numerator or one.denominator]
            assert found == [one for one in rows.figures(wanted, asked) if one.numerator or one.denominator]

        assert engine.store.rolled and len(wanted) > 20


def test_the_commands_tell_the_same(kept: Installation, month: str) -> None:
    shown = command(kept, "show", "cases_filed", "--period", month, "--by", "unit", "--against", "before")
    opened = command(kept, "records", "cases_filed", "--period", month)
    scored = command(kept, "scores", "unit_appraisal", "--period", month)

    assert month in shown and f" {CASES} " in shown
    assert f"{CASES} records, together {CASES}, digest" in opened
    assert "sanitation" in scored
    assert "on_time_handling_rate" in command(kept, "list") and "unit_appraisal" in command(kept, "appraisals")


def test_where_records_are_read_follows_from_their_table() -> None:
    assert forms.path_of("subject.case.leg", "c1") == "/api/cases/c1"
    assert forms.path_of("subject.task", "p1") == "/api/proceedings/p1"
    assert forms.path_of("register.truck", "r1") == "/api/records/r1"
    assert forms.path_of("ledger.carted", "e1") == "/api/entries/e1"
    assert forms.path_of("event.event", "report/r1") == "/api/reports/r1"
    assert forms.path_of("event.event", "account/a1") is None
