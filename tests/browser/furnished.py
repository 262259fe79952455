"""What a day alone does not bring, so that no screen of the tour is empty: work that waits at every desk."""

from __future__ import annotations

import csv
import io
from itertools import count
from typing import Any, Final

from tests.acceptance.installation import STREET_CLEANING, Installation
from tests.acceptance.walking import Walk, taken_in
from tests.reading import caught_up

from xiuhua.platform.jobs.runner import Runner
from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings

MESSAGES: Final = (
    ("public", "春燕社区东门的果皮箱倒在人行道上，垃圾散了一地，已经两天没人收"),
    ("hotline_12345", "织锦路与绣球大道路口的井盖松动，车辆经过有响声，担心夜里出事"),
    ("collector", "人行道地砖破损约两平方米，雨后积水，老人行走不便"),
    ("public", "菜市场门口有流动摊贩占道卖水果，早高峰堵车"),
    ("hotline_12345", "小区围墙外建筑垃圾堆放多日，刮风时扬尘很大"),
    ("collector", "路灯杆倾斜，电线裸露"),
    ("public", "共享单车倒了一大片，堵住盲道"),
    ("letter", "河道边有人倾倒生活垃圾，希望加装围挡"),
    ("hotline_12345", "夜间工地施工扰民，凌晨两点还有渣土车进出"),
    ("collector", "行道树枝叶遮挡交通信号灯"),
    ("public", "店铺把桌椅摆到人行道上，行人只能走机动车道"),
    ("video", "非法小广告贴满公交站牌"),
)
"""Source and text, made up."""
OFFICER: Final = "intake_officer01"
UNIT_OFFICER: Final = "officer-sanitation"
LEFT_AT: Final = {"accepted": 4, "filed": 9, "dispatched": 3, "assigned": 2, "handed_back": 2, "checked": 5}
"""State → cases that are left there."""


def furnish(town: Installation) -> None:
    """Reports, cases in every state, applications, people on duty, a draft of the matrix, bad rows, what today asks."""
    _on_duty(town)
    _draft(town)
    _today(town)
    told = _messages(town)
    for state, many in LEFT_AT.items():
        for _ in range(many):
            if state in ("accepted", "filed"):
                _left_early(town, next(told), state)
            else:
                next(told).to_be(state)
    for fields in ({"amount": 4, "kind": "work_hour"}, {"amount": 1, "kind": "work_day"}):
        walk = next(told).to_be("received_by_unit")
        town.does(UNIT_OFFICER, "case", walk.case, "ask_extension", fields, reason="路面尚未干透，须待天晴")
    walk = next(told).to_be("dispatched")
    town.does(UNIT_OFFICER, "case", walk.case, "ask_return", reason="该处属园林绿化所养护范围")
    for _ in MESSAGES:
        next(told)
    _file(town)
    caught_up(town.services)


def _today(town: Installation) -> None:
    """What the worker does at six and at eight, and an inspection that is not finished."""
    rounds.turn(town.database, town.services.port(Proceedings))
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    body = {"checklist": "pump_station_check", "unit": "drainage", "place": {"lon": middle.x, "lat": middle.y}}
    answer = town.client("supervisor01").post("/api/inspections", json=body)
    assert answer.is_success, answer.text


def _messages(town: Installation) -> Any:
    """Reports all over the district, one after the other."""
    view, photo = town.view(), town.photo(OFFICER, "before")
    for number in count():
        source, text = MESSAGES[number % len(MESSAGES)]
        grid = view.areas.area(view.areas.grid_codes[number * 29 % len(view.areas.grid_codes)])
        point = grid.geometry.representative_point()
        photos = [photo] if source in ("public", "collector", "video") else []
        reporter = {"name": "王丽华", "contact": "13812345678"} if source in ("public", "hotline_12345") else None
        told: dict[str, Any] = {"reporter": reporter} if reporter else {}
        yield _sent(town, source, text, {"lon": point.x, "lat": point.y}, photos, told)


def _sent(town: Installation, source: str, text: str, place: Any, photos: list[str], told: dict[str, Any]) -> Walk:
    return taken_in(town, OFFICER, source=source, text=text, place=place, photos=photos, **told)


def _left_early(town: Installation, walk: Walk, state: str) -> None:
    """Accepted as is suggested, and filed."""
    view = town.view()
    guesses = town.get(OFFICER, f"/api/reports/{walk.report}/suggestion")["categories"]
    fitting = (
        one["category"]
        for one in guesses
        if any(each.milestones_on(view.day) for each in view.catalogue.conditions(one["category"], view.day))
    )
    walk.do(OFFICER, "accept", {"category": next(fitting, STREET_CLEANING)})
    if state == "filed":
        walk.do("shift_leader01", "file")


def _on_duty(town: Installation) -> None:
    view = town.view()
    for person in ("collector01", "collector02", "collector05", "shift_leader02"):
        areas = [post.area for post in view.directory.posts_of(person) if post.area]
        place = view.areas.area([*areas, view.areas.grid_codes[0]][0]).geometry.representative_point()
        town.client(person).post("/api/shifts/start", json={"lon": place.x, "lat": place.y})
    note = {"note": "东街塌陷点已围挡，夜间须复看；早高峰菜市场门口加派一组"}
    town.client("shift_leader02").post("/api/shifts/handover", json=note)


def _draft(town: Installation) -> None:
    """A draft of the duty matrix with gaps."""
    boss = town.client("administrator01")
    rows = list(csv.DictReader(io.StringIO(boss.get("/api/duties/export").text.lstrip("\ufeff"))))
    kept = [
        row for number, row in enumerate(rows) if row["kind"] != "handle" or (number % 5 and row["category"] != "*")
    ]
    boss.post("/api/duties/import", data={"draft": "2027"}, files={"file": ("duties.csv", _csv(kept))})


def _file(town: Installation) -> None:
    """A file of reports, some rows of which are bad."""
    officer = town.client(OFFICER)
    lines = [{"工单编号": f"HX-{n:05}", "受理时间": "2026-03-01 08:00" if n % 3 else "前天下午",
              "诉求内容": "路灯不亮，晚上出行不便", "来电人": "王丽华"} for n in range(1, 10)]  # fmt: skip
    sent = officer.post("/api/imports", files={"file": ("热线来件.csv", _csv(lines))}).json()
    columns = {"external_id": "工单编号", "at": "受理时间", "text": "诉求内容", "reporter.name": "来电人"}
    mapping = {"columns": columns, "constants": {"source": "hotline_12345"}}
    officer.post(f"/api/imports/{sent['id']}/start", json={"mapping": mapping})
    Runner(town.services).run_due()


def _csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
