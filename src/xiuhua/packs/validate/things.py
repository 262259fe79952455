"""Registers, ledgers, checklists, plans, rules, indicators, documents: what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from xiuhua.packs import units
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import (
    NUMBER_NAMES,
    NUMBER_PART,
    PRINTED,
    ROOM_EVENTS,
    RULE_ON,
    Checklist,
    Document,
    Ledger,
    Plan,
    Register,
    Rule,
    Stretch,
    Total,
)
from xiuhua.packs.problems import Path, Place, Problem, did_you_mean, hint_for
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.validate.scene import Scene

_CATEGORY: Final = re.compile(r"[^/]+(/[^/]+)?/(part|matter)/[0-9A-Z]{2,12}")
RESERVED: Final = frozenset({
    "place", "scopes", "unit_grid", "shape", "length_m", "area_m2", "merged_into", "merged", "personal", "expiry",
})  # fmt: skip
"""What every record holds besides its fields."""
RESERVED_OF_ENTRIES: Final = frozenset({
    "day", "quantity", "unit", "thing", "thing_key", "place", "scopes", "unit_grid", "of_unit", "photos", "note", "why",
    "personal", "key", "digest", "late", "given", "counted", "balance", "counters", "countered_by", "instead",
    "source", "from",
})  # fmt: skip
"""What every entry of a ledger holds besides its fields."""
MEASURED_BY: Final = {
    "case": ("area", "unit"), "handover": ("area", "person"), "register": ("area", "unit", "record"),
    "ledger": ("area", "unit", "record", "person"), "inspection": ("area", "unit", "record", "person"),
    "proceeding": ("area", "unit", "record", "person"), "document": (),
}  # fmt: skip
"""By what each kind of `done_by` can be told."""
_DONE_BY: Final = {
    "ledger": "ledgers", "case": "procedures", "inspection": "checklists", "document": "documents",
    "proceeding": "procedures", "register": "registers",
}  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """All declarations of the seven kinds that are neither procedures nor notices."""
    pack = scene.pack
    for name, register in pack.registers.items():
        yield from _register(scene, ("registers", name), register)
    for name, ledger in pack.ledgers.items():
        yield from _of(scene, ("ledgers", name), ledger)
        yield from _ledger(scene, ("ledgers", name), ledger)
    for name, checklist in pack.checklists.items():
        yield from _checklist(scene, ("checklists", name), checklist)
        yield from _items(scene, ("checklists", name, "items"), checklist)
    for name, plan in pack.plans.items():
        yield from _plan(scene, ("plans", name), plan)
    for name, rule in pack.rules.items():
        yield from _rule(scene, ("rules", name), rule)
    yield from _documents(scene)


def _register(scene: Scene, path: Path, register: Register) -> Iterator[Problem]:
    if register.key not in register.fields:
        yield scene.unknown((*path, "key"), "field", register.key, register.fields)
    elif register.fields[register.key].required is not True:
        yield scene.problem((*path, "key"), "key_not_required", name=register.key)
    for name in (register.called, register.expires, *register.columns):
        if name is not None and name not in register.fields:
            yield scene.unknown(path, "field", name, register.fields)
    if register.expires in register.fields and register.fields[register.expires].type != "date":
        yield scene.problem((*path, "expires"), "expires_no_date", name=register.expires)
    for key, named in (("key", [register.key]), ("called", [register.called]), ("columns", register.columns)):
        for name in named:
            if name in register.fields and register.fields[name].personal:
                yield scene.problem((*path, key), "personal_shown", name=name)
    for name in RESERVED & set(register.fields):
        yield scene.problem((*path, "fields", name), "field_reserved", at_key=True, name=name)
    yield from _along(scene, path, register)
    for state in register.titles:
        if state not in register.states:
            yield scene.unknown((*path, "titles", state), "state", state, register.states, at_key=True)
    if register.titles and (missing := set(register.states) - set(register.titles)):
        yield scene.problem((*path, "titles"), "titles_missing", at_key=True, missing=", ".join(sorted(missing)))
    for number, state in enumerate(register.valid_in):
        if state not in register.states:
            yield scene.unknown((*path, "valid_in", number), "state", state, register.states)
    for total, spec in register.totals.items():
        yield from _total(scene, (*path, "totals", total), path[1], spec)
    for state, moves in register.states.items():
        for number, target in enumerate(moves):
            if target not in register.states:
                yield scene.unknown((*path, "states", state, number), "state", target, register.states)
    for duty, holder in register.duty.items():
        if holder != "by-area" and holder not in register.fields:
            yield scene.unknown((*path, "duty", duty), "duty_holder", holder, {"by-area", *register.fields})


def _total(scene: Scene, path: Path, register: str | int, total: Total) -> Iterator[Problem]:
    others = scene.named("registers")
    other = others.get(total.of)
    if other is None:
        if total.of not in scene.declared("registers"):
            yield scene.unknown((*path, "of"), "register", total.of, others)
        return
    refs = {name for name, spec in other.fields.items() if spec.type == "ref" and spec.to == register and not spec.many}
    if total.by not in refs:
        yield scene.unknown((*path, "by"), "field", total.by, refs)
    summed = {
        name for name, spec in other.fields.items()
        if spec.type in ("integer", "decimal", "money", "computed") and not spec.many and not spec.personal
    }  # fmt: skip
    if total.sum not in summed:
        yield scene.unknown((*path, "sum"), "field", total.sum, summed)
    for number, state in enumerate(total.states):
        if state not in other.states:
            yield scene.unknown((*path, "states", number), "state", state, other.states)


def _along(scene: Scene, path: Path, register: Register) -> Iterator[Problem]:
    if register.along is None:
        return
    name, where = register.along.line, (*path, "along", "line")
    if name not in register.fields:
        yield scene.unknown(where, "field", name, register.fields)
    elif register.fields[name].type != "ref" or register.fields[name].many:
        yield scene.problem(where, "along_no_ref", name=name)
    yield from _stretch(scene, path, register.along, register.fields)


def _stretch(scene: Scene, path: Path, along: Stretch, fields: Mapping[str, FieldSpec]) -> Iterator[Problem]:
    for part, name in (("from", along.from_), ("to", along.to)):
        where = (*path, "along", part)
        if name not in fields:
            yield scene.unknown(where, "field", name, fields)
        elif fields[name].type not in ("integer", "decimal") or fields[name].unit != "m" or fields[name].many:
            yield scene.problem(where, "along_no_metres", name=name)


def _of(scene: Scene, path: Path, declared: Ledger) -> Iterator[Problem]:
    registers = scene.declared("registers")
    if declared.of is not None and declared.of not in registers:
        yield scene.unknown((*path, "of"), "register", declared.of, registers)


def _checklist(scene: Scene, path: Path, checklist: Checklist) -> Iterator[Problem]:
    inspected = scene.declared("registers") | scene.known.area_kinds | {"unit"}
    if checklist.of is not None and checklist.of not in inspected:
        yield scene.unknown((*path, "of"), "inspected", checklist.of, inspected)
    if checklist.points_back and checklist.rectify_within is None:
        yield scene.problem((*path, "points_back"), "points_back_for_nothing", at_key=True)
    if checklist.red is not None and checklist.black is not None and Decimal(checklist.red) < Decimal(checklist.black):
        yield scene.problem((*path, "red"), "red_below_black", red=checklist.red, black=checklist.black)
    seen: dict[Decimal, str] = {}
    for name, band in checklist.bands.items():
        other = seen.setdefault(Decimal(band.at_least), name)
        if other != name:
            yield scene.problem((*path, "bands", name), "band_twice", at_key=True, other=other)
    for name, party in checklist.parties.items():
        if Decimal(party.weight) == 0:
            yield scene.problem((*path, "parties", name, "weight"), "party_without_weight")
        for number, role in enumerate(party.roles):
            if role not in scene.known.roles:
                yield scene.unknown((*path, "parties", name, "roles", number), "role", role, scene.known.roles)


def _ledger(scene: Scene, path: Path, ledger: Ledger) -> Iterator[Problem]:
    if units.find(ledger.quantity) is None:
        yield scene.unknown((*path, "quantity"), "unit_of_measure", ledger.quantity, units.names())
    for name in RESERVED_OF_ENTRIES & set(ledger.fields):
        yield scene.problem((*path, "fields", name), "entry_field_reserved", at_key=True, name=name)
    for number, name in enumerate(ledger.store):
        if name not in ledger.fields:
            yield scene.unknown((*path, "store", number), "field", name, ledger.fields)
        elif ledger.fields[name].required is not True or ledger.fields[name].many or ledger.fields[name].personal:
            yield scene.problem((*path, "store", number), "store_field_open", name=name)
    if ledger.balance and ledger.of is None and not ledger.store:
        yield scene.problem((*path, "balance"), "balance_without_store", at_key=True)
    yield from _enters_on(scene, path, ledger)
    if ledger.store and not ledger.balance:
        yield scene.problem((*path, "store"), "store_without_balance", at_key=True)
    if ledger.along is not None:
        line = scene.named("registers").get(ledger.of or "")
        if ledger.of is None or (line is not None and line.geometry != "line"):
            yield scene.problem((*path, "along"), "along_no_line", at_key=True)
        yield from _stretch(scene, path, ledger.along, ledger.fields)


def _enters_on(scene: Scene, path: Path, ledger: Ledger) -> Iterator[Problem]:
    """Where entries come from by themselves: the event happens, and everything that an entry needs is told."""
    needed = {name for name, spec in ledger.fields.items() if spec.required is True and spec.default is None}
    for number, one in enumerate(ledger.from_):
        where = (*path, "from", number)
        procedure, _, event = one.on.partition(".")
        yield from _event(scene, (*where, "on"), procedure, event)
        for name in one.fields:
            if name not in ledger.fields:
                yield scene.unknown((*where, "fields", name), "field", name, ledger.fields, at_key=True)
        if missing := needed - set(one.fields):
            yield scene.problem((*where, "fields"), "entry_needs", missing=", ".join(sorted(missing)))


def _items(scene: Scene, path: Path, checklist: Checklist) -> Iterator[Problem]:
    procedures = scene.declared("procedures")
    for name, item in checklist.items.items():
        if item.on_fail is not None and item.on_fail not in procedures:
            yield scene.unknown((*path, name, "on_fail"), "procedure", item.on_fail, procedures)
        if item.most is not None and Decimal(item.most) < Decimal(item.deduct):
            yield scene.problem((*path, name, "most"), "most_below_deduct", most=item.most, deduct=item.deduct)
        pointless = Decimal(item.score) == Decimal(item.deduct) == 0
        if item.choices and not pointless:
            yield scene.problem((*path, name, "choices"), "choices_and_points", at_key=True)
        if pointless and not item.choices and not item.evidence:
            yield scene.problem((*path, name), "item_without_score", at_key=True)


def _plan(scene: Scene, path: Path, plan: Plan) -> Iterator[Problem]:
    if not plan.done_by and not plan.roster and not plan.parts:
        yield scene.problem((*path, "done_by"), "nothing_in_it", at_key=True)
    for key, name in plan.done_by.items():
        kind = _DONE_BY.get(key)
        if kind is not None and name not in scene.declared(kind):
            yield scene.unknown((*path, "done_by", key), kind.removesuffix("s"), name, scene.declared(kind))
    counted = scene.known.area_kinds | scene.declared("registers") | {"unit", "person"}
    if plan.per is not None and plan.per not in counted:
        yield scene.unknown((*path, "per"), "per", plan.per, counted)
    for where, span in (("every", plan.every), ("grace", plan.grace)):
        if span is not None and span.split()[-1] in ("s", "min", "h"):
            yield scene.problem((*path, where), "span_below_a_day", found=span)
    if plan.cases is not None and "case" not in plan.done_by:
        yield scene.problem((*path, "cases"), "cases_not_counted", at_key=True)
    if plan.shifts and not plan.roster:
        yield scene.problem((*path, "shifts"), "shifts_without_roster", at_key=True)
    yield from _measured(scene, path, plan)
    yield from _per_record(scene, path, plan)
    yield from _parts(scene, (*path, "parts"), plan)


def _measured(scene: Scene, path: Path, plan: Plan) -> Iterator[Problem]:
    """What counts as done can be told for each of what the plan is per, and in the plan's unit."""
    per = plan.per
    by = "area" if per in scene.known.area_kinds else "record" if per in scene.declared("registers") else per
    for kind, name in plan.done_by.items():
        is_known = kind not in _DONE_BY or name in scene.declared(_DONE_BY[kind])
        if is_known and by in ("area", "record", "unit", "person") and by not in MEASURED_BY.get(kind, (by,)):
            yield scene.problem((*path, "per"), "per_not_measured", kind=kind, per=per)
    ledger: Ledger | None = scene.named("ledgers").get(plan.done_by.get("ledger", ""))
    checklist: Checklist | None = scene.named("checklists").get(plan.done_by.get("inspection", ""))
    if ledger is not None:
        naming = [one for one in ledger.fields.values() if not one.many and not one.personal]
        named = any((one.to if one.type == "ref" else one.type) == per for one in naming) or ledger.of == per
        if by in ("record", "person") and not named:
            yield scene.problem((*path, "done_by", "ledger"), "not_of_per", name=plan.done_by["ledger"], per=per)
        if plan.unit is not None and plan.target is not None:
            mine, other = units.find(plan.unit), units.find(ledger.quantity)
            if mine is None:
                yield scene.unknown((*path, "unit"), "unit_of_measure", plan.unit, units.names())
            elif other is not None and mine.dimension != other.dimension:
                yield scene.problem((*path, "unit"), "plan_unit_unlike", unit=plan.unit, other=ledger.quantity)
    if by == "record" and checklist is not None and checklist.of != per:
        yield scene.problem((*path, "done_by", "inspection"), "not_of_per", name=plan.done_by["inspection"], per=per)


def _per_record(scene: Scene, path: Path, plan: Plan) -> Iterator[Problem]:
    """States and grades are those of the register that the plan is for each record of."""
    register: Register | None = scene.named("registers").get(plan.per or "")
    if register is None:
        if plan.per in scene.declared("registers"):
            return
        for where in ("states", "times_by"):
            if getattr(plan, where):
                yield scene.problem((*path, where), "needs_a_register", at_key=True, name=where)
        return
    for number, state in enumerate(plan.states):
        if state not in register.states:
            yield scene.unknown((*path, "states", number), "state", state, register.states)
    if plan.times_by is not None:
        spec = register.fields.get(plan.times_by.field)
        if spec is None or spec.type != "choice":
            choices = [name for name, one in register.fields.items() if one.type == "choice"]
            yield scene.unknown((*path, "times_by", "field"), "field", plan.times_by.field, choices)
        else:
            for value in plan.times_by.of:
                if value not in (spec.of or ()):
                    yield scene.unknown((*path, "times_by", "of", value), "value", value, spec.of or (), at_key=True)


def _parts(scene: Scene, path: Path, plan: Plan) -> Iterator[Problem]:
    for name, part in plan.parts.items():
        if part.plan is not None and part.plan not in scene.declared("plans"):
            yield scene.unknown((*path, name, "plan"), "plan", part.plan, scene.declared("plans"))
        if part.under is not None and part.under not in plan.parts:
            yield scene.unknown((*path, name, "under"), "part", part.under, plan.parts)
        above, seen = part.under, {name}
        while above is not None and above in plan.parts and above not in seen:
            seen.add(above)
            above = plan.parts[above].under
        if above == name:
            yield scene.problem((*path, name, "under"), "part_under_itself", name=name)
        if part.due is not None and not _is_day(part.due):
            yield scene.problem((*path, name, "due"), "no_month_and_day", found=part.due)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True


def _rule(scene: Scene, path: Path, rule: Rule) -> Iterator[Problem]:
    raises = rule.raises
    if raises.alarm is None and raises.task is None and raises.change is None and raises.notice is None:
        yield scene.problem((*path, "raises"), "rule_raises_nothing", at_key=True)
    if raises.notice is not None and raises.to is None:
        yield scene.problem((*path, "raises", "notice"), "notice_to_nobody", at_key=True)
    yield from _task_fields(scene, (*path, "raises", "fields"), rule)
    for name in raises.thing:
        if name not in scene.declared("registers"):
            yield scene.unknown((*path, "raises", "thing", name), "register", name, scene.declared("registers"))
    if not rule.on.startswith("event") and (rule.times > 1 or rule.within is not None):
        yield scene.problem((*path, "times" if rule.times > 1 else "within"), "times_of_event", at_key=True)
    if rule.lead is not None and _CATEGORY.fullmatch(rule.lead.category) is None:
        yield scene.problem((*path, "lead", "category"), "category_form", found=rule.lead.category)
    found = re.fullmatch(RULE_ON, rule.on)
    if found is None:
        return
    _, thing, procedure, event, figure, _, register, member, plan = found.groups()
    where = (*path, "on")
    registers = scene.named("registers")
    for name, kind in ((thing, "registers"), (register, "registers"), (figure, "indicators"), (plan, "plans")):
        if name is not None and name not in scene.declared(kind):
            yield scene.unknown(where, kind.removesuffix("s"), name, scene.declared(kind))
    if register in registers and member not in registers[register].fields:
        yield scene.unknown(where, "field", member, registers[register].fields)
    if event is not None:
        yield from _event(scene, where, procedure, event)


def _task_fields(scene: Scene, path: Path, rule: Rule) -> Iterator[Problem]:
    """What is filled in stands in the form by which the procedure begins."""
    raises = rule.raises
    if raises.fields and raises.task is None:
        yield scene.problem(path, "fields_without_task", at_key=True)
    procedure: Procedure | None = scene.named("procedures").get(raises.task or "")
    begins = [one for one in procedure.actions.values() if one.creates] if procedure is not None else []
    for name in raises.fields:
        if begins and name not in begins[0].fields:
            yield scene.unknown((*path, name), "field", name, begins[0].fields, at_key=True)


def _event(scene: Scene, where: Path, procedure: str | None, event: str) -> Iterator[Problem]:
    if event in ROOM_EVENTS:
        kind, _ = ROOM_EVENTS[event]
        if procedure is not None and procedure not in scene.declared(kind):
            yield scene.unknown(where, kind.removesuffix("s"), procedure, scene.declared(kind))
        return
    procedures = scene.named("procedures")
    if procedure is not None and procedure not in scene.declared("procedures"):
        yield scene.unknown(where, "procedure", procedure, scene.declared("procedures"))
        return
    looked_at = [one for name, one in procedures.items() if procedure in (None, name)]
    events = {action.event for one in looked_at for action in one.actions.values()}
    if looked_at and event not in events:
        yield scene.unknown(where, "event", event, events)


def _documents(scene: Scene) -> Iterator[Problem]:
    indicators = scene.declared("indicators")
    for name, document in scene.pack.documents.items():
        path: Path = ("documents", name)
        for number, figure in enumerate(document.figures):
            if figure not in indicators:
                yield scene.unknown((*path, "figures", number), "indicator", figure, indicators)
        for number, role in enumerate(document.approved_by):
            if role not in scene.known.roles:
                yield scene.unknown((*path, "approved_by", number), "role", role, scene.known.roles)
        yield from _numbered(scene, (*path, "number"), document)
        for field, spec in document.fields.items():
            if field in PRINTED:
                yield scene.problem((*path, "fields", field), "field_reserved", at_key=True, name=field)
            if spec.personal:
                yield scene.problem((*path, "fields", field, "personal"), "personal_in_document", at_key=True)
        templates = {one for one in scene.pack.data if one.startswith("templates/")}
        if document.template is not None and not document.template.endswith(".html"):
            yield scene.problem((*path, "template"), "template_form", found=document.template)
        elif document.template is not None and f"templates/{document.template}" not in templates:
            yield scene.unknown((*path, "template"), "template", document.template, templates)
        elif document.template is not None:
            yield from _template(scene, document, document.template)


def _numbered(scene: Scene, path: Path, document: Document) -> Iterator[Problem]:
    """The pattern counts once, and names nothing else."""
    found = NUMBER_PART.findall(document.number)
    fits = all(map(NUMBER_NAMES.fullmatch, found)) and sum(one.startswith("n") for one in found) == 1
    if not fits or set(NUMBER_PART.sub("", document.number)) & set("{}"):
        yield scene.problem(path, "document_number", found=document.number)
    others = [one for one in scene.named("documents").values() if one.series == document.series is not None]
    if any(one.number != document.number for one in others):
        yield scene.problem(path, "number_of_series", series=document.series)


def _template(scene: Scene, document: Document, name: str) -> Iterator[Problem]:
    """What it names can be filled in."""
    allowed = PRINTED | set(document.fields)
    for number, line in enumerate(scene.pack.templates.get(name, "").splitlines(), start=1):
        for at in NUMBER_PART.finditer(line):
            if at[1] not in allowed:
                near = did_you_mean(at[1], allowed)
                place = Place(f"templates/{name}", number, at.start() + 1)
                yield Problem(place, "no_such_placeholder", {"found": at[1], **near}, hint_for(near))
