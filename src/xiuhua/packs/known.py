"""Names that packs use but do not declare: they are made elsewhere, and handed to the validator.

The defaults are what this program brings; a room above may hand in more (`dataclasses.replace`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ROLES: Final = frozenset(
    [
        "collector",
        "intake_officer",
        "shift_leader",
        "dispatcher",
        "unit_officer",
        "handler",
        "supervisor",
        "leader",
        "appraiser",
        "administrator",
        "system",
        "public",
    ]
)
CALLS: Final = frozenset(
    [
        "open_case",
        "open_parts",
        "add_duty",
        "join_case",
        "answer_reports",
        "rejoin_reports",
        "move_reports",
        "note_call_back",
        "tell_parent",
        "tell_parent_reopened",
        "leave_case",
        "take_back_reports",
        "begin_child",
        "enter_ledger",
    ]
)
OF_ENTRIES: Final = frozenset(
    ["ledger", "quantity", "unit", "day", "thing", "of_unit", "note", "photos", "key"]
)  # fmt: skip
"""What the call `enter_ledger` takes besides the ledger's own fields."""
LOOKED_UP: Final = frozenset({"unit", "person", "category", "filing_condition", "area", "case", "report"})
"""Types of fields that stand for something known; an expression sees it as `found.name`."""

LIMIT_KINDS: Final = (
    "urgent_minute", "urgent_hour", "urgent_day", "work_minute", "work_hour", "work_day", "calendar_day",
)  # fmt: skip
AREA_KINDS: Final = frozenset(["city", "district", "street", "community", "unit_grid", "duty_grid", "road_segment"])
SUGGESTIONS: Final = frozenset(
    [
        "duty.regulate",
        "duty.handle",
        "duty.enforce",
        "duty.maintain",
        "collector.of_grid",
        "unit.squads",
        "case.duplicates",
        "category",
        "filing_condition",
        "place",
    ]
)
MECHANISMS: Final = 486
"""The mechanisms of the annual reports are numbered S001 to S486."""

RESERVED_SUBJECTS: Final = frozenset(
    [
        "case", "report", "record", "entry", "inspection", "plan", "document", "alarm", "lead", "areas", "units",
        "categories", "duties", "calendars", "packs", "account", "turn", "handover", "personal", "round", "roster",
        "campaign", "result", "finding", "told",
    ]
)  # fmt: skip
"""Streams that rooms keep themselves; `case` and `report` are the loop's, no other procedure may bear these names."""

SUBJECT_MEMBERS: Final = frozenset({"id", "number", "state", "since", "opened", "tracks"})
PROCEEDING_MEMBERS: Final = frozenset({"about", "parent", "begun_by"})
"""What every proceeding holds besides: what it is about, what it is a child of, who began it."""
ITEM_MEMBERS: Final = frozenset({"n", "state", "since"})
ACTOR_MEMBERS: Final = frozenset({"id", "role", "unit", "area", "organisation", "on_behalf_of"})
CLOCK_MEMBERS: Final = frozenset(
    ["due", "started", "state", "kind", "stopped_at", "overdue", "percent", "provisional", "round", "stages"]
)
EVENT_MEMBERS: Final = frozenset(
    ["subject", "thing", "type", "action", "actor", "role", "at", "recorded", "clock", "late"]
)
"""What indicators see of everything that happened."""
DATA_FILES: Final = frozenset({"calendars.yaml"})
"""YAML of a pack that is data for a room above, not one of the ten kinds."""


@dataclass(frozen=True, slots=True)
class Known:
    """What exists outside of the packs."""

    roles: frozenset[str] = ROLES
    calls: frozenset[str] = CALLS
    suggestions: frozenset[str] = SUGGESTIONS
    area_kinds: frozenset[str] = AREA_KINDS
    records: Mapping[str, frozenset[str]] = field(default_factory=lambda: {"event": EVENT_MEMBERS})
    """Further things that can be counted or looked at (positions, alarms …), with their members."""
