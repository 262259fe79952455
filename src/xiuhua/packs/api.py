"""Packs and settings over HTTP: what is in force, whether it agrees, what may be set. Read only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from xiuhua.packs import service
from xiuhua.packs.common import Title
from xiuhua.packs.pack import KINDS, Pack
from xiuhua.packs.problems import Problem
from xiuhua.packs.validate import check
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.settings_told import told
from xiuhua.platform.web import Language, Reading, Router, provided, require

router = Router(tags=["packs"])
Reader = Annotated[Actor, require("pack.read")]
SettingReader = Annotated[Actor, require("setting.read")]
TheSettings = Annotated[Settings, provided(Settings)]
PackName = Annotated[str, Path(max_length=48, examples=["city-case"])]


class Words(BaseModel):
    """A text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, title: Title | None) -> Words | None:
        """As it goes out; None where nothing is said."""
        return cls(zh=title.zh, en=title.en) if title else None


class PackOut(BaseModel):
    """A pack in force."""

    name: str = Field(examples=["city-case"])
    title: Words
    description: Words | None
    version: int
    digest: str = Field(description="of all that runs; running cases keep the one that they began under")
    since: datetime
    needs: list[str]
    declared: dict[str, int] = Field(description="kind of declaration → how many", examples=[{"procedures": 2}])
    problems: int = Field(description="how many errors the check finds now; none when it agrees with the others")


class ProblemOut(BaseModel):
    """One error that a check found."""

    path: str = Field(description="where in the declarations", examples=["city_case.actions.dispatch.to"])
    code: str
    why: str
    hint: str


class DeclaredOut(BaseModel):
    """One declaration."""

    kind: str = Field(examples=["procedures"])
    name: str = Field(examples=["city_case"])
    title: Words | None


class PackDetail(PackOut):
    """A pack in force with what it declares and what a check finds."""

    declarations: list[DeclaredOut]
    found: list[ProblemOut]
    source: str | None = Field(description="where facts in it come from, and how sure they are")


class SettingOut(BaseModel):
    """A setting of the installation: given by its environment, the same for every city."""

    variable: str = Field(examples=["XIUHUA_SESSION_HOURS"])
    help: Words
    allowed: str = Field(description="what may stand there", examples=["1–720"])
    secret: bool
    given: bool = Field(description="whether it was set; otherwise the default stands")
    value: str | None = Field(description="null: none, or a secret")
    default: str | None


class ChosenOut(BaseModel):
    """A setting of a procedure, chosen by the city."""

    procedure: str = Field(examples=["city_case"])
    procedure_title: Words
    name: str
    title: Words
    help: Words | None
    type: str
    of: list[str] | None
    value: Any
    default: Any


class SettingsOut(BaseModel):
    """All that may be set."""

    installation: list[SettingOut]
    procedures: list[ChosenOut]


@router.get("/packs")
def list_packs(actor: Reader, tx: Reading) -> list[PackOut]:
    """The packs in force by name, and whether they agree with one another."""
    packs = service.active_packs(tx, actor.city)
    return [
        PackOut(**_head(one, packs[one.name]), problems=len(_found(packs[one.name], packs)))
        for one in service.installed(tx, actor.city)
    ]


@router.get("/packs/{name}")
def get_pack(name: PackName, actor: Reader, tx: Reading, language: Language) -> PackDetail:
    """One pack in force: what it declares, and everything that a check finds."""
    packs = service.active_packs(tx, actor.city)
    one = next((one for one in service.installed(tx, actor.city) if one.name == name), None)
    if one is None:
        raise NotFound(f"no pack {name} is in force in {actor.city}", name=name)
    pack = packs[name]
    found = [
        ProblemOut(path=each.path, code=each.code, why=each.text(language), hint=each.advice(language))
        for each in _found(pack, packs)
    ]
    declarations = [
        DeclaredOut(kind=kind, name=each, title=Words.of(getattr(declared, "title", None)))
        for kind in KINDS
        for each, declared in getattr(pack, kind).items()
    ]
    return PackDetail(
        **_head(one, pack), problems=len(found), declarations=declarations, found=found, source=pack.head.source
    )  # fmt: skip


@router.get("/settings")
def list_settings(actor: SettingReader, tx: Reading, settings: TheSettings) -> SettingsOut:
    """What the installation and the city have chosen, with help; never a secret."""
    installation = [
        SettingOut(
            variable=one.variable, help=Words(**one.help), allowed=one.allowed, secret=one.secret, given=one.given,
            value=one.value, default=one.default,
        )
        for one in told(settings)
    ]  # fmt: skip
    chosen = [
        ChosenOut(
            procedure=name, procedure_title=Words(zh=procedure.title.zh, en=procedure.title.en), name=each,
            title=Words(zh=setting.title.zh, en=setting.title.en), help=Words.of(setting.help), type=setting.type,
            of=setting.of, value=values.get(each), default=setting.default,
        )
        for name, (_, procedure) in sorted(service.active_procedures(tx, actor.city).items())
        if procedure.settings
        for values in [service.settings_of(tx, actor.city, name, tx.now.date())]
        for each, setting in procedure.settings.items()
    ]  # fmt: skip
    return SettingsOut(installation=installation, procedures=chosen)


def _found(pack: Pack, packs: dict[str, Pack]) -> list[Problem]:
    """What a check finds; scenarios stay with the pack's folder, so that none is here says nothing."""
    return [one for one in check(pack, packs) if one.code != "no_scenario"]


def _head(one: service.Installed, pack: Pack) -> dict[str, Any]:
    head = pack.head
    return {
        "name": one.name, "title": Words(zh=head.title.zh, en=head.title.en),
        "description": Words.of(head.description), "version": one.version, "digest": one.digest, "since": one.since,
        "needs": head.needs, "declared": {kind: len(getattr(pack, kind)) for kind in KINDS if getattr(pack, kind)},
    }  # fmt: skip
