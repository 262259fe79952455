"""Registers, ledgers, checklists, plans, rules, indicators, documents: what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xiuhua.packs.kinds import RULE_ON, Checklist, Counted, Indicator, Ledger, Plan, Register, Rule
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.validate.scene import Scene

_CATEGORY: Final = re.compile(r"[^/]+(/[^/]+)?/(part|matter)/[0-9A-Z]{2,12}")
RESERVED: Final = frozenset({
    "place", "scopes", "unit_grid", "shape", "length_m", "area_m2", "merged_into", "expired",
})  # fmt: skip
"""What every record holds besides its fields."""
_DONE_BY: Final = {
    "ledger": "ledgers", "case": "procedures", "inspection": "checklists", "document": "documents",
}  # fmt: skip


def check(scene: Scene) -> Iterator[Problem]:
    """All declarations of the seven kinds that are neither procedures nor notices."""
    pack = scene.pack
    for name, register in pack.registers.items():
        yield from _register(scene, ("registers", name), register)
    for name, ledger in pack.ledgers.items():
        yield from _of(scene, ("ledgers", name), ledger)
    for name, checklist in pack.checklists.items():
        yield from _of(scene, ("checklists", name), checklist)
        yield from _items(scene, ("checklists", name, "items"), checklist)
    for name, plan in pack.plans.items():
        yield from _plan(scene, ("plans", name), plan)
    for name, rule in pack.rules.items():
        yield from _rule(scene, ("rules", name), rule)
    for name, indicator in pack.indicators.items():
        yield from _indicator(scene, ("indicators", name), indicator)
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
    for name in RESERVED & set(register.fields):
        yield scene.problem((*path, "fields", name), "field_reserved", at_key=True, name=name)
    yield from _along(scene, path, register)
    for state in register.titles:
        if state not in register.states:
            yield scene.unknown((*path, "titles", state), "state", state, register.states, at_key=True)
    if register.titles and (missing := set(register.states) - set(register.titles)):
        yield scene.problem((*path, "titles"), "titles_missing", at_key=True, missing=", ".join(sorted(missing)))
    for state, moves in register.states.items():
        for number, target in enumerate(moves):
            if target not in register.states:
                yield scene.unknown((*path, "states", state, number), "state", target, register.states)
    for duty, holder in register.duty.items():
        if holder != "by-area" and holder not in register.fields:
            yield scene.unknown((*path, "duty", duty), "duty_holder", holder, {"by-area", *register.fields})


def _along(scene: Scene, path: Path, register: Register) -> Iterator[Problem]:
    if register.along is None:
        return
    told = {"line": register.along.line, "from": register.along.from_, "to": register.along.to}
    for part, name in told.items():
        where = (*path, "along", part)
        if name not in register.fields:
            yield scene.unknown(where, "field", name, register.fields)
            continue
        spec = register.fields[name]
        if part == "line" and (spec.type != "ref" or spec.many):
            yield scene.problem(where, "along_no_ref", name=name)
        elif part != "line" and (spec.type not in ("integer", "decimal") or spec.unit != "m" or spec.many):
            yield scene.problem(where, "along_no_metres", name=name)


def _of(scene: Scene, path: Path, declared: Ledger | Checklist) -> Iterator[Problem]:
    registers = scene.declared("registers")
    if declared.of is not None and declared.of not in registers:
        yield scene.unknown((*path, "of"), "register", declared.of, registers)


def _items(scene: Scene, path: Path, checklist: Checklist) -> Iterator[Problem]:
    procedures = scene.declared("procedures")
    for name, item in checklist.items.items():
        if item.on_fail is not None and item.on_fail not in procedures:
            yield scene.unknown((*path, name, "on_fail"), "procedure", item.on_fail, procedures)
        if item.most is not None and Decimal(item.most) < Decimal(item.deduct):
            yield scene.problem((*path, name, "most"), "most_below_deduct", most=item.most, deduct=item.deduct)
        if Decimal(item.score) == Decimal(item.deduct) == 0:
            yield scene.problem((*path, name), "item_without_score", at_key=True)


def _plan(scene: Scene, path: Path, plan: Plan) -> Iterator[Problem]:
    if not plan.done_by:
        yield scene.problem((*path, "done_by"), "nothing_in_it", at_key=True)
    for key, name in plan.done_by.items():
        kind = _DONE_BY.get(key)
        if kind is not None and name not in scene.declared(kind):
            yield scene.unknown((*path, "done_by", key), kind.removesuffix("s"), name, scene.declared(kind))
    counted = scene.known.area_kinds | scene.declared("registers") | {"unit", "person"}
    if plan.per is not None and plan.per not in counted:
        yield scene.unknown((*path, "per"), "per", plan.per, counted)


def _rule(scene: Scene, path: Path, rule: Rule) -> Iterator[Problem]:
    raises = rule.raises
    if raises.alarm is None and raises.task is None and raises.change is None:
        yield scene.problem((*path, "raises"), "rule_raises_nothing", at_key=True)
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


def _event(scene: Scene, where: Path, procedure: str | None, event: str) -> Iterator[Problem]:
    procedures = scene.named("procedures")
    if procedure is not None and procedure not in scene.declared("procedures"):
        yield scene.unknown(where, "procedure", procedure, scene.declared("procedures"))
        return
    looked_at = [one for name, one in procedures.items() if procedure in (None, name)]
    events = {action.event for one in looked_at for action in one.actions.values()}
    if looked_at and event not in events:
        yield scene.unknown(where, "event", event, events)


def _indicator(scene: Scene, path: Path, indicator: Indicator) -> Iterator[Problem]:
    rate = indicator.numerator is not None and indicator.denominator is not None
    half = indicator.numerator is not None or indicator.denominator is not None
    if (indicator.count is not None) == half or half != rate:
        yield scene.problem(path, "count_or_rate", at_key=True)
    for key in ("count", "numerator", "denominator"):
        counted: Counted | None = getattr(indicator, key)
        if counted is None:
            continue
        if counted.sum is not None and counted.distinct is not None:
            yield scene.problem((*path, key, "distinct"), "sum_and_distinct", at_key=True)
        countable = scene.countable()
        if counted.of not in countable:
            yield scene.unknown((*path, key, "of"), "countable", counted.of, countable)


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
        templates = {one for one in scene.pack.data if one.startswith("templates/")}
        if document.template is not None and f"templates/{document.template}" not in templates:
            yield scene.unknown((*path, "template"), "template", document.template, templates)
