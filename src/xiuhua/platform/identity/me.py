"""Who is signed in, as a console or a phone is told at its start: one answer with all it needs to draw itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

import xiuhua
from xiuhua.platform.base_maps import BaseMap, parsed
from xiuhua.platform.errors import NotAllowed, PasswordMustChange, SecondFactorMustBeSet
from xiuhua.platform.identity.forms import PostOut
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.settings import Settings

Titles = dict[str, str]


class Named(BaseModel):
    """A city or a unit by its code."""

    code: str = Field(examples=["sanitation"])
    name: Titles = Field(examples=[{"zh": "环卫所", "en": "Sanitation office"}])


class RoleHeld(BaseModel):
    """A role that one holds in some post."""

    name: str = Field(examples=["dispatcher"])
    title: Titles = Field(examples=[{"zh": "派遣员", "en": "Dispatcher"}])


class MapSettings(BaseModel):
    """How maps are drawn."""

    datum: Literal["wgs84"] = Field("wgs84", description="of every coordinate that this API gives")
    base_maps: list[BaseMap] = Field(description="below our own layers; none unless the installation names some")


class Server(BaseModel):
    """The server that answers."""

    version: str = Field(examples=["1.0.0"])
    time: datetime = Field(description="now, for telling how far a device's clock is off")
    time_zone: str = Field(examples=["Asia/Shanghai"])
    media_max_bytes: int = Field(description="the largest photo that is taken")
    media_recordings: bool = Field(description="whether recordings are taken beside photos")


class Me(BaseModel):
    """Whoever is signed in."""

    id: str = Field(description="person code", examples=["P0012"])
    city: str = Field(examples=["990101"])
    city_name: Titles = Field(examples=[{"zh": "绣城区", "en": "Xiucheng"}])
    name: str
    language: Literal["zh", "en"] = Field(description="as Accept-Language asks, else the installation's")
    via: str = Field(examples=["session"])
    posts: list[PostOut]
    roles: list[RoleHeld]
    units: list[Named] = Field(description="whose desks the posts are at")
    permissions: list[str] = Field(examples=[["case.read", "case.act"]])
    must_change_password: bool = Field(False, description="nothing but /api/me and signing out is open before")
    must_set_second_factor: bool = Field(False, description="the same")
    map: MapSettings
    server: Server

    @classmethod
    def of(
        cls, actor: Actor, must: type[NotAllowed] | None, names: Mapping[str, Titles], settings: Settings,
        language: Literal["zh", "en"], now: datetime,
    ) -> Me:  # fmt: skip
        """As it goes out; `names` are those of the city and of the posts' units."""
        known = roles()
        units = sorted({post.unit for post in actor.posts if post.unit is not None})
        return cls(
            id=actor.id, city=actor.city, city_name=_name(names, actor.city), name=actor.name, language=language,
            via=actor.via, posts=[PostOut.of(post) for post in actor.posts],
            roles=[RoleHeld(name=name, title=known[name].title) for name in sorted(actor.roles() & known.keys())],
            units=[Named(code=code, name=_name(names, code)) for code in units],
            permissions=sorted(actor.permissions), must_change_password=must is PasswordMustChange,
            must_set_second_factor=must is SecondFactorMustBeSet,
            map=MapSettings(base_maps=list(parsed(settings.base_maps))),
            server=Server(
                version=xiuhua.__version__, time=now, time_zone=settings.time_zone,
                media_max_bytes=settings.media_max_mib << 20, media_recordings=settings.media_recordings,
            ),
        )  # fmt: skip


def _name(names: Mapping[str, Titles], code: str) -> Titles:
    return names.get(code) or {"zh": code, "en": code}
