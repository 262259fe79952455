"""Profiles: read with the places of all faults, published as a schema, and true to what they say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from xiuhua.packs import yaml
from xiuhua.platform.errors import Invalid
from xiuhua.simulate import profiles
from xiuhua.simulate.attention import Staffing
from xiuhua.simulate.profile import Profile
from xiuhua.simulate.run import changed
from xiuhua.simulate.season import Calendar

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "docs" / "examples" / "profiles").glob("*.yaml"))
ZONE = ZoneInfo("Asia/Shanghai")
HEAD = 'title: {zh: a, en: a}\nfirst_day: "2025-01-01"\ndays: 10\ncases: 100\n'


def made(text: str = "") -> Profile:
    return profiles.parse((HEAD + text).encode(), "mine.yaml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_is_right(path: Path) -> None:
    profile = profiles.load(path)
    document, problems = yaml.read(path.read_bytes(), path.name)

    assert document is not None and not problems
    Draft202012Validator(profiles.schema()).validate(document.data)
    assert str(profile.year) == profile.first_day[:4]


def test_a_year_and_a_hard_month_are_shipped() -> None:
    year, month = (profiles.load(path) for path in reversed(SHIPPED))

    assert (year.days, year.cases) == (365, 20_000)
    assert {one.kind for one in month.adversaries} == {"flooding", "wrong_places", "false_duplicates"}
    assert month.staffing and month.absences and {one.manner for one in month.units} == {"perfect", "late", "shirking"}


def test_the_schema_is_current() -> None:
    kept = (ROOT / "docs" / "reference" / "schemas" / profiles.SCHEMA_FILE).read_text(encoding="utf-8")

    Draft202012Validator.check_schema(json.loads(kept))
    assert kept == profiles.written(), "run: xiuhua pack schema"


def test_every_key_is_on_the_page_and_says_what_it_means() -> None:
    page = (ROOT / "docs" / "reference" / "profiles.md").read_text(encoding="utf-8")
    models = [one for one in [profiles.schema(), *profiles.schema()["$defs"].values()] if one.get("type") == "object"]
    keys = {name: spec for one in models for name, spec in one["properties"].items() if name not in ("zh", "en")}

    assert [name for name in keys if f"`{name}`" not in page] == []
    assert [name for name, spec in keys.items() if not spec.get("description")] == []


FAULTS = [
    ("bursts: [{name: x, percnt: 200}]", 5, "bursts[0].percnt"),
    ('bursts: [{name: x, percent: 200, days: [{first: "2025-02-30", last: "2025-03-01"}]}]', 5,
     "bursts[0].days[0].first"),
    ('bursts: [{name: x, percent: 200, days: [{first: "2025-03-02", last: "2025-03-01"}]}]', 5,
     "bursts[0].days[0].last"),
    ("bursts:\n  - {name: x, percent: 200, sources: {hotlin: 1}}", 6, "bursts[0].sources.hotlin"),
    ("units: [{manner: lazy}]", 5, "units[0].manner"),
    ("units: [{manner: late, units: [lightning]}]", 5, "units[0].units[0]"),
    ('staffing: [{role: judge, shifts: [{first: "08:00", last: "16:00", people: 1}]}]', 5, "staffing[0].role"),
    ('adversaries: [{kind: flooding, per_day: 0, days: {first: "2025-01-01", last: "2025-01-01"}}]', 5,
     "adversaries[0].per_day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "where"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_is_named_with_its_place(text: str, line: int, where: str) -> None:
    with pytest.raises(Invalid) as raised:
        made(text)

    [error] = raised.value.params["errors"]
    assert (error["line"], error["path"]) == (line, where)
    assert error["why"]


def expected(profile: Profile, day: date) -> float:
    calendar = Calendar(profile, ZONE)
    begin = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    hours = [begin + timedelta(hours=n) for n in range(24)]
    return sum(calendar.usual(one) + sum(added for _, added in calendar.bursts(one)) for one in hours)


def test_season_weekdays_and_bursts_come_to_the_cases_told() -> None:
    profile = made('bursts: [{name: x, percent: 300, days: [{first: "2025-01-06", last: "2025-01-06"}]}]')
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(10)]
    plain = {day: expected(made(), day) for day in days}

    assert sum(plain.values()) == pytest.approx(100)
    assert plain[date(2025, 1, 4)] == pytest.approx(plain[date(2025, 1, 3)] * 3 / 4)
    assert expected(profile, date(2025, 1, 6)) == pytest.approx(3 * plain[date(2025, 1, 6)])
    assert expected(profile, date(2025, 1, 7)) == pytest.approx(plain[date(2025, 1, 7)])


def test_fewer_days_have_their_part_of_the_cases() -> None:
    assert changed(made(), {"days": 5, "seed": None}, None).cases == 50
    assert changed(made(), {"days": 5}, 7).cases == 35


def staffing() -> Staffing:
    text = (
        'staffing: [{role: dispatcher, shifts: [{first: "08:00", last: "16:00", people: 2},'
        ' {first: "22:00", last: "06:00", people: 1}]}]\n'
        'absences: [{role: dispatcher, people: 1, days: {first: "2025-01-03", last: "2025-01-03"}}]\n'
    )
    return Staffing(made(text), ZONE)


def local(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC).timestamp())


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        pytest.param(["2025-01-02 09:00"] * 3, ["09:10", "09:10", "09:20"], id="the third waits for one of two"),
        pytest.param(["2025-01-02 18:00"], ["22:10"], id="until the next shift"),
        pytest.param(["2025-01-02 03:00"], ["03:10"], id="in a shift that began the day before"),
        pytest.param(["2025-01-03 09:00"] * 2, ["09:10", "09:20"], id="one of two is missing"),
        pytest.param(["2025-01-03 23:00"], ["08:10"], id="nobody there at night"),
    ],
)
def test_people_take_one_thing_after_another(asked: list[str], done: list[str]) -> None:
    staff = staffing()

    ends = [staff.done_at("dispatcher", None, local(one), 600) for one in asked]

    assert [datetime.fromtimestamp(one, ZONE).strftime("%H:%M") for one in ends] == done
