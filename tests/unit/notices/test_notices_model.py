"""Quiet hours, texts and rungs, without a database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from xiuhua.notices.model import Quiet, filled, rules_of
from xiuhua.packs.common import Title
from xiuhua.packs.loader import load_library
from xiuhua.platform.errors import Invalid

ZONE = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hours", "now", "over"),
    [
        ("22:00-07:00", "03-02 21:59", None),
        ("22:00-07:00", "03-02 22:00", "03-03 07:00"),
        ("22:00-07:00", "03-03 00:00", "03-03 07:00"),
        ("22:00-07:00", "03-03 06:59", "03-03 07:00"),
        ("22:00-07:00", "03-03 07:00", None),
        ("22:00-07:00", "03-31 23:00", "04-01 07:00"),
        ("12:00-14:00", "03-02 12:30", "03-02 14:00"),
        ("12:00-14:00", "03-02 14:00", None),
    ],
)
def test_quiet_hours(hours: str, now: str, over: str | None) -> None:
    quiet = Quiet.parsed(hours)

    assert quiet is not None and quiet.over(local(now)) == (local(over) if over else None)


def test_no_quiet_hours() -> None:
    assert Quiet.parsed("off") is None and Quiet.parsed("07:00-07:00") is None
    with pytest.raises(Invalid):
        Quiet.parsed("22:00")


def test_texts_are_filled_in_and_nothing_is_reached_through_them() -> None:
    words = {"number": ("1", "1"), "unit": ("环卫", "{number}")}
    title = Title(zh="{number}：{unit}，{due}", en="{number}: {unit}, {number.__class__}, {due}")

    assert filled(title, words) == {"zh": "1：环卫，–", "en": "1: {number}, –, –"}


def test_rules_are_found_by_event_and_clock() -> None:
    packs, problems = load_library()
    rules = rules_of(packs.values())

    assert problems == []
    assert rules.by_event["city_case", "Dispatched"] == ["to_receive"]
    assert rules.of_clock("city_case", "handling.1") == ["late"] and rules.of_clock("report", "accept") == [
        "late_report"
    ]
    assert rules.digests == ["day"]
