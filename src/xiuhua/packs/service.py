"""Packs in a city: which version is in force, the versions that running cases began under, and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import orjson

from xiuhua.packs import events
from xiuhua.packs.known import Known
from xiuhua.packs.loader import from_content
from xiuhua.packs.pack import GRAMMAR, Pack
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.texts import say
from xiuhua.packs.validate import check
from xiuhua.packs.values import setting_wrong
from xiuhua.platform import revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound, PackInvalid
from xiuhua.platform.eventlog import NewEvent, append, heads
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.sql import queries

REVISION: Final = "packs"
"""Kind under which `revision.Memory` keeps what `active_procedures` gives."""
REGISTERS: Final = "registers"
LEDGERS: Final = "ledgers"
"""The same for what the room of records makes of them."""
DOCUMENTS: Final = "documents"
"""The same for the room of documents."""
RULES: Final = "rules"
"""The same for the room of rules."""
CHECKLISTS: Final = "checklists"
"""The same for the room of checks."""
PLANS: Final = "plans"
"""The same for what the room of plans makes of them."""
SETTINGS: Final = "settings"
"""The same for `settings_of`; a new version of a pack changes defaults, so it bumps both."""
FACTS: Final = "facts"
"""The same for the tables of facts and the indicators over them."""
_MADE_OF_PACKS: Final = (REVISION, SETTINGS, REGISTERS, DOCUMENTS, RULES, CHECKLISTS, PLANS, LEDGERS, FACTS)


@dataclass(frozen=True, slots=True)
class Installed:
    """A version that is in force."""

    name: str
    version: int
    digest: str
    since: datetime


def install(tx: Tx, city: str, pack: Pack, actor: Actor | None = None, known: Known | None = None) -> bool:
    """Put a version in force in a city, new cases from now on; whether anything changed by it.

    An older version may be put in force again. Raises `PackInvalid` when the pack does not agree with the packs
    that are in force there, or when this version's number stands for other content already.
    """
    tx.execute(_sql()["lock"], {"city": city})
    packs = active_packs(tx, city)
    before = packs.get(pack.name)
    if before is not None and before.digest == pack.digest:
        return False
    problems = check(pack, {**packs, pack.name: pack}, known)
    if problems:
        raise PackInvalid(
            f"The pack {pack.name} has {len(problems)} errors.", errors=[one.as_error() for one in problems]
        )
    _keep(tx, pack)
    tx.execute(_sql()["activate"], {"city": city, "name": pack.name, "digest": pack.digest, "now": tx.now})
    who = actor or system(city)
    _changed(tx, city, events.pack_installed(who, city, pack, tx.now), *_MADE_OF_PACKS)
    return True


def _keep(tx: Tx, pack: Pack) -> None:
    values = {"digest": pack.digest, "name": pack.name, "version": pack.head.version, "now": tx.now}
    content = orjson.dumps(pack.content).decode()
    tx.execute(_sql()["keep_version"], {**values, "grammar": GRAMMAR, "content": content})
    row = tx.execute(_sql()["version"], values).fetchone()
    if row is None or row.digest != pack.digest:
        raise PackInvalid(
            f"Version {pack.head.version} of the pack {pack.name} is installed with other content:"
            f" write version: {pack.head.version + 1} in its pack.yaml.",
            name=pack.name,
            version=pack.head.version,
        )


def installed(tx: Tx, city: str, known_at: datetime | None = None) -> list[Installed]:
    """The versions in force by name, now or as known at a moment."""
    rows = tx.execute(_sql()["active"], {"city": city, "known": known_at, "with_content": False})
    return [Installed(row.name, row.version, row.digest, row.recorded_at) for row in rows]


def active_packs(tx: Tx, city: str) -> dict[str, Pack]:
    """The packs in force, by name."""
    rows = tx.execute(_sql()["active"], {"city": city, "known": None, "with_content": True})
    return {row.name: _parsed(row.digest, row.content) for row in rows}


def active_procedures(tx: Tx, city: str) -> dict[str, tuple[str, Procedure]]:
    """The procedures under which new subjects begin: name → digest of the pack, declaration."""
    return {
        name: (pack.digest, procedure)
        for pack in active_packs(tx, city).values()
        for name, procedure in pack.procedures.items()
    }


def subjects_ever(tx: Tx, city: str | None) -> set[str]:
    """The subjects of every procedure that was ever in force, in a city or anywhere."""
    rows = tx.execute(_sql()["ever"], {"city": city})
    return {one.subject for row in rows for one in _parsed(row.digest, row.content).procedures.values()}


def pack_version(tx: Tx, digest: str) -> Pack:
    """Any version that was ever installed; raises `NotFound`."""
    row = tx.execute(_sql()["content"], {"digest": digest}).fetchone()
    if row is None:
        raise NotFound(f"no pack version {digest[:12]} is installed", digest=digest)
    return _parsed(digest, row.content)


def procedure(tx: Tx, digest: str, name: str) -> Procedure:
    """The procedure that a running subject began under; raises `NotFound`."""
    found = pack_version(tx, digest).procedures.get(name)
    if found is None:
        raise NotFound(f"the pack version {digest[:12]} has no procedure {name}", digest=digest, name=name)
    return found


@lru_cache(maxsize=128)
def _parsed(digest: str, content: str) -> Pack:
    """Versions never change, so a process reads each once."""
    pack = from_content(orjson.loads(content))
    if pack.digest != digest:
        raise PackInvalid(f"The kept pack {pack.name} is not what its digest {digest[:12]} says.", digest=digest)
    return pack


def settings_of(
    tx: Tx, city: str, procedure: str, on: date, digest: str | None = None, known_at: datetime | None = None
) -> dict[str, Any]:
    """Every setting of a procedure on a day: what the city set, else the pack's default.

    `digest` asks for the version that a running subject began under (else the one in force), `known_at` for what
    was recorded by then. A value that this version does not allow gives way to its default. A procedure that is
    not in force has no settings.
    """
    if digest is not None:
        declared = pack_version(tx, digest).procedures.get(procedure)
    else:
        declared = active_procedures(tx, city).get(procedure, (None, None))[1]
    if declared is None:
        return {}
    rows = tx.execute(_sql()["settings"], {"city": city, "procedure": procedure, "on": on, "known": known_at})
    given = {row.name: orjson.loads(row.value) for row in rows if row.value is not None}
    return _fitting(declared, given)


def all_settings(tx: Tx, city: str, on: date) -> dict[str, dict[str, Any]]:
    """The settings of every procedure in force on a day, as `settings_of` gives them for one."""
    given: dict[str, dict[str, Any]] = {}
    for row in tx.execute(_sql()["all_settings"], {"city": city, "on": on}):
        if row.value is not None:
            given.setdefault(row.procedure, {})[row.name] = orjson.loads(row.value)
    return {
        name: _fitting(procedure, given.get(name, {})) for name, (_, procedure) in active_procedures(tx, city).items()
    }


def _fitting(declared: Procedure, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: given[name] if name in given and not setting_wrong(setting, given[name]) else setting.default
        for name, setting in declared.settings.items()
    }


def put_settings(
    tx: Tx, actor: Actor, procedure: str, values: Mapping[str, Any], valid_from: date, valid_to: date | None = None
) -> None:
    """Set settings otherwise in the actor's city, from a day to a day (inclusive; None: for good).

    None as a value gives the pack's default back. Raises `NotFound` for a procedure that is not in force and
    `Invalid` with every value that does not fit.
    """
    city = actor.city
    tx.execute(_sql()["lock"], {"city": city})
    pack = next((one for one in active_packs(tx, city).values() if procedure in one.procedures), None)
    if pack is None:
        raise NotFound(f"no pack with the procedure {procedure} is installed in {city}")
    errors = _wrong(pack.procedures[procedure], values)
    if valid_to is not None and valid_to < valid_from:
        errors.append({"field": "valid_to", "why": f"{valid_to} lies before {valid_from}"})
    if errors:
        raise Invalid(f"{len(errors)} settings do not fit.", errors=errors)
    if not values:
        return
    tx.execute(
        _sql()["put_settings"],
        {
            "city": city, "pack": pack.name, "procedure": procedure, "names": list(values), "from": valid_from,
            "values": [None if one is None else orjson.dumps(one).decode() for one in values.values()],
            "to": valid_to, "now": tx.now,
        },
    )  # fmt: skip
    told = events.settings_changed(actor, city, procedure, values, (valid_from, valid_to), tx.now)
    _changed(tx, city, told, SETTINGS)


def _wrong(declared: Procedure, values: Mapping[str, Any]) -> list[dict[str, str]]:
    errors = []
    for name, value in values.items():
        setting = declared.settings.get(name)
        if setting is None:
            errors.append({"field": name, "why": "there is no such setting"})
        elif value is not None and (code := setting_wrong(setting, value)):
            why = say(code, "en", {"found": str(value), "known": ", ".join(setting.of or ())})
            errors.append({"field": name, "why": why})
    return errors


def _changed(tx: Tx, city: str, event: NewEvent, *kinds: str) -> None:
    """Tell the log, and every process that keeps packs or settings in memory."""
    append(tx, city, [event], heads(tx, city, [event.stream]))
    for kind in kinds:
        revision.bump(tx, city, kind)


def _sql() -> Mapping[str, str]:
    return queries("xiuhua.packs")
