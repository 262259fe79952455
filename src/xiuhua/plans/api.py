"""Plans, rosters, campaigns, external results and the work calendar over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import Path, Query

from xiuhua.city.web import City
from xiuhua.flow.model import State
from xiuhua.plans import forms, keeping, model, results
from xiuhua.plans.campaigns import Campaigns
from xiuhua.plans.doing import Span
from xiuhua.plans.duty import Rosters
from xiuhua.plans.forms import (
    CampaignForm,
    CampaignLineOut,
    CampaignOut,
    CampaignPatch,
    CloseForm,
    Code,
    CorrectForm,
    DoneOut,
    DueOut,
    KeyAsked,
    LinkForm,
    PartForm,
    PlanEventOut,
    PlanOut,
    PostForm,
    ProgressOut,
    PutOut,
    ReasonForm,
    ResultForm,
    ResultOut,
    RosterOut,
    SwapForm,
    TargetForm,
    TurnsForm,
    WorkCalendarOut,
)
from xiuhua.plans.keeping import CAMPAIGN, RESULT
from xiuhua.plans.model import Declared
from xiuhua.plans.progress import by
from xiuhua.plans.service import Plans
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import MOST_TOLD
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    Day,
    IfMatch,
    Page,
    Paging,
    Reading,
    Reply,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)

router = Router(tags=["plans"])
ThePlans = Annotated[Plans, provided(Plans)]
TheRosters = Annotated[Rosters, provided(Rosters)]
TheCampaigns = Annotated[Campaigns, provided(Campaigns)]
Reader = Annotated[Actor, require(model.READ)]
Keeper = Annotated[Actor, require(model.KEEP)]
Campaigner = Annotated[Actor, require(model.CAMPAIGN)]
Recorder = Annotated[Actor, require(model.RESULT)]
Name = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["night_check"])]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
From = Annotated[Day | None, Query(alias="from", description="first day")]
To = Annotated[Day | None, Query(description="last day")]
_MOST_DONE = 500
_DECLARED = {
    "plan": "plans", "part": "plans", "record": "registers", "proceeding": "procedures", "round": "checklists",
    "rectification": "checklists", "document": "documents",
}  # fmt: skip
"""Kind of what is due → what declares it."""


# ---- plans


@router.get("/plans")
def list_plans(actor: Reader, tx: Reading, plans: ThePlans) -> list[PlanOut]:
    """The plans in force, and how the running period of each stands."""
    states = plans.states(tx, actor.city)
    shared = _Shared(plans, tx, actor, states)
    return [shared.plan(one) for one in plans.declared(tx, actor.city).values()]


@router.get("/plans/{plan}")
def get_plan(plan: Name, actor: Reader, tx: Reading, plans: ThePlans, reply: Replying) -> PlanOut:
    """One plan with its targets and parts."""
    return _told(tx, plans, actor, plans.plan(tx, actor.city, plan), reply)


@router.get("/plans/{plan}/progress")
def get_plan_progress(
    plan: Name, actor: Reader, tx: Reading, plans: ThePlans, from_: From = None, to: To = None,
    key: Annotated[KeyAsked | None, Query(description="of one key alone; empty: of none")] = None,
) -> ProgressOut:  # fmt: skip
    """Expected against done by period and by key, and what was missed; whole periods.

    Without days: the running year, or four weeks of what comes round daily or weekly.
    """
    declared = plans.plan(tx, actor.city, plan)
    is_hidden = declared.plan.per in plans.hidden(tx, actor)
    found = plans.progress(tx, actor.city, declared, from_, to, None if is_hidden else key)
    if is_hidden:
        return forms.progress(found, by(found.cells, lambda one: one.period.name), {}, is_hidden=True)
    by_period, by_key = by(found.cells, lambda one: one.period.name), by(found.cells, lambda one: one.key.code)
    return forms.progress(found, by_period, by_key)


@router.get("/plans/{plan}/done")
def list_plan_done(
    plan: Name, actor: Reader, tx: Reading, plans: ThePlans, from_: Annotated[Day, Query(alias="from")],
    to: Annotated[Day, Query()],
    key: Annotated[KeyAsked | None, Query(description="of one key alone; empty: of none")] = None,
) -> list[DoneOut]:  # fmt: skip
    """What was done in some days, one by one, the newest first, at most 500."""
    found = plans.items(tx, actor, plans.plan(tx, actor.city, plan), from_, to, key, _MOST_DONE)
    return [
        DoneOut(
            kind=one.kind, id=one.id, title=one.title, day=one.day, key=one.key, quantity=one.quantity, path=one.path
        )
        for one in found
    ]


@router.get("/plans/{plan}/events")
def list_plan_events(plan: Name, actor: Reader, tx: Reading, plans: ThePlans) -> list[PlanEventOut]:
    """Its history: targets set, periods that ended, what was missed."""
    is_hidden = plans.plan(tx, actor.city, plan).plan.per in plans.hidden(tx, actor)
    told = ("missed",) if is_hidden else ()
    return [
        PlanEventOut(
            version=one.version, type=one.type, actor=one.actor, at=one.at,
            payload={name: value for name, value in one.payload.items() if name not in told},
        )
        for one in eventlog.read(tx, actor.city, f"plan/{plan}", last=MOST_TOLD)
    ]  # fmt: skip


@router.post("/plans/{plan}/targets", status_code=201)
def set_plan_target(
    plan: Name, body: TargetForm, actor: Keeper, tx: Transaction, plans: ThePlans, expect: IfMatch, reply: Replying
) -> PlanOut:
    """Another target or frequency from a day on; the pack's own stands where nobody says otherwise."""
    given = {"from": body.since, "target": body.target, "times": body.times, "of": body.of, "why": body.why}
    plans.set_target(tx, actor, plan, given, expect)
    return _told(tx, plans, actor, plans.plan(tx, actor.city, plan), reply)


@router.post("/plans/{plan}/parts/{part}")
def move_plan_part(
    plan: Name, part: Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")], body: PartForm,
    actor: Keeper, tx: Transaction, plans: ThePlans, expect: IfMatch, reply: Replying,
) -> PlanOut:  # fmt: skip
    """How far a part of a task tree is."""
    plans.move_part(tx, actor, plan, part, body.share, body.note, expect)
    return _told(tx, plans, actor, plans.plan(tx, actor.city, plan), reply)


# ---- rosters


@router.get("/rosters/{plan}")
def get_roster(
    plan: Name, actor: Reader, tx: Reading, plans: ThePlans, rosters: TheRosters, from_: From = None, to: To = None
) -> RosterOut:
    """Turns of some days (this week), who came, where too few are planned, who is planned twice."""
    first, last = _week(plans, tx, actor.city, from_, to)
    found = rosters.board(tx, actor.city, plan, first, last)
    names = _names(plans, tx, actor.city)
    return forms.board(found, first, last, names, keeps=actor.may(model.KEEP))


@router.post("/rosters/{plan}/turns")
def plan_turns(plan: Name, body: TurnsForm, actor: Keeper, tx: Transaction, rosters: TheRosters) -> list[PutOut]:
    """Rows of a table; each with what became of it. The same turn twice is one."""
    found = rosters.put_many(tx, actor, plan, [one.model_dump(mode="json") for one in body.turns])
    return [PutOut(status=one.status, id=one.id, problems=[dict(each) for each in one.problems]) for one in found]


@router.post("/rosters/turns/{id}/swap", status_code=204)
def swap_turn(id: Id, body: SwapForm, actor: Keeper, tx: Transaction, rosters: TheRosters) -> None:
    """Another person takes a turn, or two turns change hands, with a reason."""
    rosters.swap(tx, actor, id, body.person, body.turn, body.reason)


@router.post("/rosters/turns/{id}/cancel", status_code=204)
def cancel_turn(id: Id, body: ReasonForm, actor: Keeper, tx: Transaction, rosters: TheRosters, expect: IfMatch) -> None:
    """A turn falls out, with a reason."""
    rosters.cancel(tx, actor, id, body.reason, expect)


# ---- campaigns


@router.get("/campaigns")
def list_campaigns(
    actor: Reader, tx: Reading, campaigns: TheCampaigns, paging: Paging,
    state: Annotated[tuple[Literal["open", "closed"], ...], Query()] = ("open", "closed"),
) -> Page[CampaignLineOut]:  # fmt: skip
    """Campaigns, the latest first."""
    rows = campaigns.page(tx, actor.city, state, paging.after(datetime, str), paging.limit + 1)
    begins = {found["id"]: begin for found, _, begin in rows}
    lines = [forms.campaign_line(found, version) for found, version, _ in rows]
    return paging.page(lines, lambda one: (begins[one.id], one.id))


@router.post("/campaigns", status_code=201)
def open_campaign(
    body: CampaignForm, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns, reply: Replying
) -> CampaignOut:
    """A new campaign."""
    found = campaigns.open(tx, actor, body.given())
    reply.location(f"/api/campaigns/{found[0]['id']}")
    return _campaign(tx, plans, campaigns, actor, found, reply)


@router.get("/campaigns/{id}")
def get_campaign(
    id: Id, actor: Reader, tx: Reading, plans: ThePlans, campaigns: TheCampaigns, reply: Replying
) -> CampaignOut:
    """One campaign with its figures, before and after compared, and its log."""
    return _campaign(tx, plans, campaigns, actor, keeping.get(tx, actor.city, CAMPAIGN, id), reply)


@router.get("/campaigns/{id}/items")
def list_campaign_items(
    id: Id, actor: Reader, tx: Reading, campaigns: TheCampaigns,
    kind: Annotated[Code, Query(examples=["case"])],
) -> list[DoneOut]:  # fmt: skip
    """What falls under it of a kind, one by one, the newest first, at most 500."""
    state, _ = keeping.get(tx, actor.city, CAMPAIGN, id)
    return [
        DoneOut(
            kind=one.kind, id=one.id, title=one.title, day=one.day, key=one.key, quantity=one.quantity, path=one.path
        )
        for one in campaigns.items(tx, actor, state, kind, _MOST_DONE)
    ]


@router.patch("/campaigns/{id}")
def change_campaign(
    id: Id, body: CampaignPatch, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns,
    expect: IfMatch, reply: Replying,
) -> CampaignOut:  # fmt: skip
    """What it is about, otherwise."""
    return _campaign(tx, plans, campaigns, actor, campaigns.change(tx, actor, id, body.given(), expect), reply)


@router.post("/campaigns/{id}/posts", status_code=201)
def post_to_campaign(
    id: Id, body: PostForm, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns,
    reply: Replying,
) -> CampaignOut:  # fmt: skip
    """A line of its log."""
    found = campaigns.post(tx, actor, id, body.text, body.photos)
    return _campaign(tx, plans, campaigns, actor, found, reply)


@router.post("/campaigns/{id}/links")
def link_to_campaign(
    id: Id, body: LinkForm, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns,
    reply: Replying,
) -> CampaignOut:  # fmt: skip
    """Something belongs to it whatever its rule says."""
    return _campaign(tx, plans, campaigns, actor, campaigns.link(tx, actor, id, body.kind, body.id), reply)


@router.post("/campaigns/{id}/unlink")
def unlink_from_campaign(
    id: Id, body: LinkForm, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns,
    reply: Replying,
) -> CampaignOut:  # fmt: skip
    """It does not."""
    return _campaign(tx, plans, campaigns, actor, campaigns.unlink(tx, actor, id, body.kind, body.id), reply)


@router.post("/campaigns/{id}/close")
def close_campaign(
    id: Id, body: CloseForm, actor: Campaigner, tx: Transaction, plans: ThePlans, campaigns: TheCampaigns,
    expect: IfMatch, reply: Replying,
) -> CampaignOut:  # fmt: skip
    """Its end with a summary; the figures of this day are kept with it."""
    return _campaign(tx, plans, campaigns, actor, campaigns.close(tx, actor, id, body.summary, expect), reply)


# ---- results


@router.get("/external-results")
def list_external_results(
    actor: Reader, tx: Reading, plans: ThePlans, paging: Paging,
    state: Annotated[tuple[Literal["kept", "withdrawn"], ...], Query()] = ("kept",),
) -> Page[ResultOut]:  # fmt: skip
    """Ranks and scores that others decided, the latest first."""
    names = _names(plans, tx, actor.city)
    rows = results.page(tx, actor.city, state, paging.after(datetime, str), paging.limit + 1)
    begins = {found["id"]: begin for found, _, begin in rows}
    lines = [forms.result(found, version, names) for found, version, _ in rows]
    return paging.page(lines, lambda one: (begins[one.id], one.id))


@router.post("/external-results", status_code=201)
def keep_external_result(
    body: ResultForm, actor: Recorder, tx: Transaction, plans: ThePlans, reply: Replying
) -> ResultOut:
    """A new one; 409 when it is kept already, so that none counts twice."""
    state, version = results.keep(tx, actor, results.checked(plans, tx, actor.city, body.given()))
    reply.location(f"/api/external-results/{state['id']}")
    reply.version(version)
    return forms.result(state, version, _names(plans, tx, actor.city))


@router.get("/external-results/{id}")
def get_external_result(id: Id, actor: Reader, tx: Reading, plans: ThePlans, reply: Replying) -> ResultOut:
    """One of them."""
    state, version = keeping.get(tx, actor.city, RESULT, id)
    reply.version(version)
    return forms.result(state, version, _names(plans, tx, actor.city))


@router.get("/external-results/{id}/events")
def list_external_result_events(id: Id, actor: Reader, tx: Reading) -> list[PlanEventOut]:
    """Its versions: what it said, and why it was corrected."""
    keeping.get(tx, actor.city, RESULT, id)
    return [
        PlanEventOut(version=one.version, type=one.type, actor=one.actor, at=one.at, payload=one.payload)
        for one in eventlog.read(tx, actor.city, f"result/{id}", last=MOST_TOLD)
    ]


@router.post("/external-results/{id}/correct")
def correct_external_result(
    id: Id, body: CorrectForm, actor: Recorder, tx: Transaction, plans: ThePlans, expect: IfMatch, reply: Replying
) -> ResultOut:
    """A new version of it, with a reason."""
    given = results.checked(plans, tx, actor.city, body.given())
    state, version = results.correct(tx, actor, id, given, body.why, expect)
    reply.version(version)
    return forms.result(state, version, _names(plans, tx, actor.city))


@router.post("/external-results/{id}/withdraw", status_code=204)
def withdraw_external_result(id: Id, body: ReasonForm, actor: Recorder, tx: Transaction, expect: IfMatch) -> None:
    """It was kept by mistake."""
    results.withdraw(tx, actor, id, body.reason, expect)


# ---- the calendar


@router.get("/calendar")
def get_work_calendar(
    actor: Reader, tx: Reading, plans: ThePlans, city: City, from_: From = None, to: To = None,
    unit: Annotated[Code | None, Query()] = None, area: Annotated[Code | None, Query()] = None,
) -> WorkCalendarOut:  # fmt: skip
    """What is due where: periods of plans that are not done, records that expire, ends of clocks. This week."""
    first, last = _week(plans, tx, actor.city, from_, to)
    names, place = _names(plans, tx, actor.city), plans.city(tx, actor.city)
    hidden = plans.hidden(tx, actor)
    found = [
        replace(one, title="", path=f"/registers/{one.of}") if one.kind == "record" and one.of in hidden else one
        for one in plans.due(tx, actor.city, Span(first, last, str(place.zone), unit, area))
    ]
    titles = plans.titles(tx, actor.city)
    return WorkCalendarOut(
        first=first, last=last,
        items=[
            DueOut(
                kind=one.kind, day=one.day, title=one.title,
                count=one.count, late=one.late, unit=one.unit, area=one.area, person=one.person, of=one.of, at=one.at,
                unit_title=names(one.unit) if one.unit else None, path=one.path,
                titles=_part_title(plans, tx, actor.city, one.of, one.title) if one.kind == "part" else None,
                of_title=titles.get(_DECLARED[one.kind], {}).get(one.of or "") if one.kind in _DECLARED else None,
            )
            for one in found
        ],
    )  # fmt: skip


def _part_title(plans: Plans, tx: Tx, city: str, plan: str | None, part: str) -> dict[str, str] | None:
    declared = plans.declared(tx, city).get(plan or "")
    return declared.plan.parts[part].title.model_dump() if declared else None


# ---- how


class _Shared:
    """Plans told together: each worked out once, though parts of several name it."""

    def __init__(
        self, plans: Plans, tx: Tx, actor: Actor, states: dict[str, tuple[State, int]]
    ) -> None:  # fmt: skip
        self._plans, self._tx, self._actor, self._states = plans, tx, actor, states
        self._known: dict[str, Any] = {}

    def plan(self, declared: Declared) -> PlanOut:
        """A plan as it goes out."""
        state, version = self._states.get(declared.name, (None, 0))
        running = self._running(declared)
        today = self._plans.city(self._tx, self._actor.city).today
        period = declared.every.at(today).name if declared.every else None
        said = (state or {"data": {}})["data"].get("parts", {})
        unmeasured = list(self._plans.unmeasured(self._tx, self._actor.city, declared))
        shares = model.part_shares(declared, said, self._share)
        may = self._actor.may(model.KEEP)
        return forms.plan(declared, state, version, running, unmeasured, shares, period, keeps=may)

    def _running(self, declared: Declared) -> Any:
        if declared.name not in self._known:
            today = self._plans.city(self._tx, self._actor.city).today
            state = self._states.get(declared.name, (None, 0))[0]
            data = state["data"] if state else {}
            self._known[declared.name] = self._plans.progress(
                self._tx, self._actor.city, declared, today, today, data=data
            )
        return self._known[declared.name]

    def _share(self, name: str) -> Any:
        declared = self._plans.declared(self._tx, self._actor.city).get(name)
        return None if declared is None else self._running(declared).total.share


def _told(tx: Tx, plans: Plans, actor: Actor, declared: Declared, reply: Reply) -> PlanOut:
    found = _Shared(plans, tx, actor, plans.states(tx, actor.city)).plan(declared)
    reply.version(found.version)
    return found


def _campaign(
    tx: Tx, plans: Plans, campaigns: Campaigns, actor: Actor, found: tuple[State, int], reply: Reply
) -> CampaignOut:
    state, version = found
    reply.version(version)
    figures = state["data"].get("figures") or campaigns.figures(tx, actor.city, state)
    names = _names(plans, tx, actor.city)
    return forms.campaign(state, version, figures, names, keeps=actor.may(model.CAMPAIGN))


def _names(plans: Plans, tx: Tx, city: str) -> forms.Names:
    return plans.city(tx, city).name_of


def _week(plans: Plans, tx: Tx, city: str, first: date | None, last: date | None) -> tuple[date, date]:
    today = plans.city(tx, city).today
    begin = first or today - timedelta(days=today.weekday())
    return begin, last or begin + timedelta(days=6)
