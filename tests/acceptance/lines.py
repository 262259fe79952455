"""The packs of registers, ledgers, inspections, tasks, documents, rules and plans; and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from tests.acceptance.installation import Installation
from tests.reading import older_ended

from xiuhua.checks import replay as checks_replay
from xiuhua.documents import replay as documents_replay
from xiuhua.loop import replay as loop_replay
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.plans import replay as plans_replay
from xiuhua.platform.identity.model import system
from xiuhua.platform.services import Services
from xiuhua.proceedings import replay as proceedings_replay
from xiuhua.records import replay as records_replay
from xiuhua.records.ledgers import replay as ledgers_replay
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.records.service import Records
from xiuhua.rules import replay as rules_replay
from xiuhua.rules.service import Rules

PACKS: Final = (
    "municipal", "public-toilets", "construction-waste", "inspections", "supervision", "documents", "duty-rosters",
)  # fmt: skip
SUPERVISOR, KEEPER, COLLECTOR, LEADER = "supervisor01", "officer-sanitation", "collector01", "leader01"
PLACE: Final = {"lon": 105.3123, "lat": 29.1045}
NO_SMELL: Final = {"item": "smell", "choice": "none"}
Form = tuple[str, str, str, dict[str, Any]]
"""Who sends what where: person, method, path behind `/api/`, body."""
_ROOMS: Final = (proceedings_replay, checks_replay, documents_replay, plans_replay, rules_replay)


def install(services: Services, city: str, *more: str) -> None:
    """Put the packs in force."""
    found, problems = load_library()
    assert problems == []
    with services.database.transaction() as tx:
        for name in (*PACKS, *more):
            packs.install(tx, city, found[name], system(city))


def demand_projections(services: Services, city: str | None = None) -> None:
    """The projections of every room are what the log says, as `xiuhua replay --check` asks."""
    with services.database.transaction(snapshot=True) as tx:
        done = loop_replay.check(tx, city)
        rooms: list[Any] = [
            records_replay.check(tx, services.port(Records), city, done.differs),
            ledgers_replay.check(tx, services.port(Ledgers), city, done.differs),
            *(room.check(tx, city, done.differs) for room in _ROOMS),
        ]
    assert done.differences == {}
    assert sum(events for events, _ in rooms) > 0


def furnish(town: Installation) -> dict[str, str]:
    """One of everything, somebody's work half done; its id by the beginning of its path, as `/api/records/{id}`."""
    install(town.services, town.city)
    _look(town)
    now = town.database.clock.now()
    today, due = now.date(), (now + timedelta(days=5)).isoformat()
    for number in (1, 2):
        fields = {"number": f"WC-{number}", "name": f"公厕{number}", "upkeep": "sanitation"}
        record = make(town, SUPERVISOR, "registers/toilet/records", fields=fields, place=PLACE)
    make(town, COLLECTOR, f"records/{record}/change-requests", fields={"men": 7}, why="现场数过")
    entry = make(town, SUPERVISOR, "ledgers/upkeep_store/entries", quantity="20", fields={"yard": "库", "item": "net"})
    found = [NO_SMELL, {"item": "flies", "count": 2}]
    inspection = make(town, COLLECTOR, "inspections", checklist="toilet_check", key="WC-1", findings=found, finish=True)
    round_ = make(town, SUPERVISOR, "rounds", checklist="toilet_check", title="全面检查", due=due)
    document = make(town, KEEPER, "documents", kind="notice", title="通知", text="正文", fields={"to": "各单位"})
    task = make(
        town, SUPERVISOR, "proceedings", procedure="task", fields={"title": "清掏", "unit": "sanitation", "due": due}
    )
    days = {"first": today.isoformat(), "last": (today + timedelta(days=9)).isoformat()}
    campaign = make(town, LEADER, "campaigns", title="占道整治", **days)
    result = make(town, SUPERVISOR, "external-results", title="测评", issuer="省厅", rank=3, of=11, **days)
    turns = [{"person": COLLECTOR, "day": today.isoformat(), "shift": "day"}]
    answer = town.client(SUPERVISOR).post("/api/rosters/duty_round_the_clock/turns", json={"turns": turns})
    for months in (2, 1, 0):
        first = (today.replace(day=15) - timedelta(days=30 * months)).replace(day=1)
        body = {"figure": "haulier_score", "every": "month", "day": first.isoformat(), "by": {"haulier": "H"}}
        assert town.client(SUPERVISOR).post("/api/figures", json={**body, "value": "1"}).status_code == 204
    _look(town)
    [finding] = town.get(SUPERVISOR, "/api/findings", rule="haulier_below_60")["items"]
    return {
        "/api/records/{id}": record, "/api/entries/{id}": entry, "/api/inspections/{id}": inspection,
        "/api/rounds/{id}": round_, "/api/documents/{id}": document, "/api/proceedings/{id}": task,
        "/api/campaigns/{id}": campaign, "/api/external-results/{id}": result,
        "/api/rosters/turns/{id}": answer.json()[0]["id"], "/api/findings/{id}": finding["id"],
    }  # fmt: skip


def forms(kept: Installation, ids: Mapping[str, str]) -> list[Form]:
    """Every form of these rooms, filled in as it should be; needs the packs `drainage` and `devices` besides."""
    now = kept.database.clock.now()
    today, due = now.date().isoformat(), (now + timedelta(days=3)).isoformat()
    later = (now.date() + timedelta(days=9)).isoformat()
    record, entry, inspection, round_, document, task, campaign, result, turn, finding = (
        path.replace("{id}", ids[path]).removeprefix("/api/") for path in list(ids)
    )
    place = {**PLACE, "datum": "gcj02"}
    line = [[105.3123, 29.1045], [105.3135, 29.1051]]
    ring = [*line, [105.3140, 29.1040], line[0]]
    items = {"item": "flies", "count": 1, "note": "有", "photos": [], "place": PLACE, "applies": True}
    draft = {"title": "通知", "text": "正文", "fields": {"to": "各单位"}}
    published = make(kept, LEADER, "documents", kind="notice", **draft)
    days = {"first": today, "last": later}
    outside = {"title": "测评", "issuer": "省厅", "rank": 1, "of": 9, "value": "98.5", "level": "province", "note": "x",
               "link": "https://example.org", "about": "990101", "proof": [], **days}  # fmt: skip
    return [
        (SUPERVISOR, "POST", "registers/toilet/records", {
            "fields": {"number": "N", "name": "公厕", "grade": "first", "men": 3, "free_paper": True, "hours": "6-22",
                       "upkeep": "sanitation"}, "place": place}),
        (SUPERVISOR, "POST", "registers/pipe_section/records", {
            "fields": {"code": "N", "kind": "rain", "length": "12.5", "diameter": 300, "surveyed": today},
            "shape": {"type": "LineString", "coordinates": line, "datum": "gcj02"}}),
        (SUPERVISOR, "POST", "registers/surveyed_area/records", {
            "fields": {"code": "N", "name": "区", "kind": "parts", "area": "1.5"},
            "shape": {"type": "Polygon", "coordinates": [ring]}}),
        (SUPERVISOR, "POST", "registers/haulage_permit/records", {
            "fields": {"number": "N", "haulier": "H", "until": later}}),
        (SUPERVISOR, "PATCH", record, {"fields": {"name": "改名", "men": 4, "grade": None}, "place": place}),
        (SUPERVISOR, "POST", f"{record}/move", {"to": "closed", "reason": "停水"}),
        (SUPERVISOR, "POST", f"{record}/merge", {"into": "nothing"}),
        (COLLECTOR, "POST", f"{record}/change-requests", {
            "fields": {"men": 9}, "to": "open", "why": "现场", "place": place}),
        (SUPERVISOR, "POST", f"{record}/change-requests/1/refuse", {"why": "不对"}),
        (SUPERVISOR, "POST", "registers/toilet/move", {
            "to": "closed", "reason": "x", "ids": ["nothing"], "after": "a"}),
        (SUPERVISOR, "POST", "ledgers/upkeep_store/entries", {
            "quantity": "3", "unit": "套", "day": today, "fields": {"yard": "库", "item": "net", "receiver": COLLECTOR},
            "place": place, "of_unit": "sanitation", "photos": [], "note": "入库", "key": "N"}),
        (SUPERVISOR, "POST", "ledgers/part_replaced/entries", {
            "quantity": "1", "thing": "nothing", "fields": {"what": "cover"}}),
        (SUPERVISOR, "POST", "ledgers/upkeep_store/stock", {
            "counted": "3", "unit": "套", "day": today, "fields": {"yard": "库", "item": "net"}, "why": "盘点"}),
        (SUPERVISOR, "POST", f"{entry}/counter", {
            "why": "记错", "instead": {
                "quantity": "2", "unit": "套", "day": today, "fields": {"yard": "库"}, "note": "x"}}),
        (COLLECTOR, "POST", "inspections", {
            "checklist": "toilet_check", "key": "WC-1", "place": place, "unit": "sanitation", "inspectors": [COLLECTOR],
            "at": now.isoformat(), "called": "x", "findings": [NO_SMELL, items], "finish": False}),
        (COLLECTOR, "POST", "inspections", {"checklist": "pump_station_check", "unit": "drainage", "place": place,
                                            "called": "泵站"}),
        (COLLECTOR, "POST", f"{inspection}/findings", items),
        (COLLECTOR, "POST", f"{inspection}/drop", {"why": "点错"}),
        (KEEPER, "POST", f"{inspection}/rectifications/1/rectified", {"photos": [], "note": "已清理"}),
        (COLLECTOR, "POST", f"{inspection}/rectifications/1/recheck", {"passed": False, "photos": [], "note": "仍有"}),
        (SUPERVISOR, "POST", "rounds", {
            "checklist": "toilet_check", "title": "检查", "due": due, "things": [], "area": "990101",
            "field": ["upkeep=sanitation"], "units": {"a": "sanitation"}, "draw": 1,
            "inspectors": [COLLECTOR], "each": 1, "seed": "s"}),
        (SUPERVISOR, "POST", "rounds", {
            "checklist": "toilet_check", "title": "检查", "due": due, "type": "grade", "quota": {"None": 1}}),
        (KEEPER, "POST", "documents", {"kind": "notice", **draft, "attachments": []}),
        (KEEPER, "POST", "documents", {"kind": "bulletin", **draft, "items": [
            {"kind": "case", "id": "1", "title": "一", "unit": "sanitation", "text": "文"}]}),
        (KEEPER, "PATCH", document, {**draft, "attachments": []}),
        (LEADER, "POST", f"{document}/send-back", {"why": "再议"}),
        (LEADER, "POST", f"documents/{published}/publish", {"since": today, "until": later}),
        (LEADER, "POST", f"documents/{published}/discard", {"why": "作废"}),
        (SUPERVISOR, "POST", "proceedings", {
            "procedure": "task", "fields": {"title": "清掏", "unit": "sanitation", "due": due}, "reason": "x",
            "about": {"kind": "record", "id": "nothing"}, "parent": {"kind": "task_plan", "id": "nothing"}}),
        (SUPERVISOR, "POST", "proceedings", {
            "procedure": "task", "fields": {"title": "清掏", "unit": "sanitation", "due": due}}),
        (KEEPER, "POST", "proceedings/batch", {"ids": ["nothing"], "action": "receive", "fields": {}, "reason": "x"}),
        (KEEPER, "POST", f"{task}/actions/receive", {"fields": {}, "reason": "x", "n": 1, "at": now.isoformat()}),
        (SUPERVISOR, "POST", "plans/shift_handed_over/targets", {"from": today, "times": 2, "why": "x"}),
        (SUPERVISOR, "POST", "plans/toilet_opened_daily/targets", {"from": today, "times": 2, "of": {"WC-1": "1"}}),
        (SUPERVISOR, "POST", "rosters/duty_round_the_clock/turns", {
            "turns": [{"person": COLLECTOR, "day": later, "shift": "day", "place": "x"},
                      {"person": COLLECTOR, "day": later, "begins": "06:00", "ends": "05:00"}]}),
        (SUPERVISOR, "POST", f"{turn}/swap", {"person": KEEPER, "reason": "换班"}),
        (SUPERVISOR, "POST", f"{turn}/swap", {"turn": "nothing", "reason": "换班"}),
        (SUPERVISOR, "POST", f"{turn}/cancel", {"reason": "停班"}),
        (LEADER, "POST", "campaigns", {
            "title": "整治", "areas": ["990101"], "units": ["sanitation"], "kinds": ["case"], "categories": ["x"],
            "tags": ["x"], "at": "opened", "goals": [{"title": "一", "kind": "case", "target": 3}], **days}),
        (LEADER, "PATCH", campaign, {
            "title": "改", "areas": [], "goals": [{"title": "一", "kind": "case", "target": 3}], **days}),
        (LEADER, "POST", f"{campaign}/posts", {"text": "开展", "photos": []}),
        (LEADER, "POST", f"{campaign}/links", {"kind": "case", "id": "nothing"}),
        (LEADER, "POST", f"{campaign}/unlink", {"kind": "case", "id": "nothing"}),
        (SUPERVISOR, "POST", "external-results", outside),
        (SUPERVISOR, "POST", f"{result}/correct", {**outside, "why": "更正"}),
        (SUPERVISOR, "POST", "figures", {
            "figure": "haulier_score", "every": "month", "day": today, "by": {"haulier": "H1"},
            "value": "5", "previous": "4"}),
        (SUPERVISOR, "POST", f"{finding}/settle", {"why": "已办"}),
        (SUPERVISOR, "POST", f"{round_}/close", {}),
    ]  # fmt: skip


NAMES: Final = {
    "/api/registers/{register}": "toilet", "/api/ledgers/{ledger}": "upkeep_store",
    "/api/rules/{name}": "permit_runs_out",
    "/api/plans/{plan}": "shift_handed_over", "/api/rosters/{plan}": "duty_round_the_clock",
    "/api/proceedings/rounds/{procedure}": "daily_report",
}  # fmt: skip
"""Beginnings of paths → what a pack declares there."""
PARTS: Final = {
    "{n}": "1",
    "{key}": "WC-1",
    "{action}": "receive",
    "{part}": "any",
    "{z}": "14",
    "{x}": "12985",
    "{y}": "6800",
}


def filled(path: str, ids: Mapping[str, str]) -> str:
    """A path of the API with something real in every place, as far as `furnish` has made it."""
    for begin, value in {**NAMES, **ids}.items():
        if path == begin or path.startswith(f"{begin}/"):
            name = begin[begin.index("{") : begin.index("}") + 1]
            path = begin.replace(name, value) + path.removeprefix(begin)
    for name, value in PARTS.items():
        path = path.replace(name, value)
    return path


def make(town: Installation, person: str, path: str, **body: Any) -> str:
    """Somebody makes something; its id."""
    answer = town.client(person).post(f"/api/{path}", json=body)
    assert answer.status_code == 201, (path, answer.text)
    return str(answer.json()["id"])


def _look(town: Installation) -> None:
    """The worker's part of rules, until nothing is new."""
    older_ended(town.database)
    while town.services.port(Rules).turn(town.database):
        pass
