"""What comes in and goes out over HTTP about accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from xiuhua.platform.errors import NotAllowed, PasswordMustChange, SecondFactorMustBeSet
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.second_factor import Setup
from xiuhua.platform.identity.service import Listed
from xiuhua.platform.identity.sessions import Session
from xiuhua.platform.identity.tokens import Token

Name = Annotated[str, Field(min_length=1, max_length=64, examples=["dispatcher01"])]
Secret = Annotated[str, Field(min_length=1, max_length=256, examples=["K7m-R2p-Q9x-W4d"])]


Code = Annotated[str, Field(max_length=32, examples=["492039"])]
SessionId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", examples=["9f86d081884c7d659a2feaa0"])]
TokenId = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]


class Form(BaseModel):
    """Base of what comes in: unknown members are errors."""

    model_config = ConfigDict(extra="forbid")


class SessionIn(Form):
    """Name and password."""

    name: Annotated[str, Field(min_length=1, max_length=80, examples=["dispatcher01"])]
    password: Secret
    city: str | None = Field(
        None, pattern=r"^\d{6}$", description="needed only where several cities know the name", examples=["990101"]
    )
    code: Code = Field("", description="of the second factor, or a recovery code", examples=["492039"])


class PasswordChange(Form):
    """The old password and the one chosen."""

    old: Secret
    new: Secret


class PostOut(BaseModel):
    """A role held somewhere."""

    role: str = Field(examples=["dispatcher"])
    unit: str | None = None
    area: str | None = None

    @classmethod
    def of(cls, post: Post) -> PostOut:
        """As it goes out."""
        return cls(role=post.role, unit=post.unit, area=post.area)


class Me(BaseModel):
    """Whoever is signed in."""

    id: str = Field(description="person code", examples=["P0012"])
    city: str = Field(examples=["990101"])
    name: str
    via: str = Field(examples=["session"])
    posts: list[PostOut]
    permissions: list[str] = Field(examples=[["case.read", "case.act"]])
    must_change_password: bool = False
    must_set_second_factor: bool = False
    time_zone: str = Field("Asia/Shanghai", description="in which moments are shown")

    @classmethod
    def of(cls, actor: Actor, must: type[NotAllowed] | None = None, time_zone: str = "Asia/Shanghai") -> Me:
        """As it goes out."""
        posts = [PostOut.of(post) for post in actor.posts]
        return cls(
            id=actor.id, city=actor.city, name=actor.name, via=actor.via, posts=posts,
            permissions=sorted(actor.permissions), must_change_password=must is PasswordMustChange,
            must_set_second_factor=must is SecondFactorMustBeSet, time_zone=time_zone,
        )  # fmt: skip


class WaysOut(BaseModel):
    """How one signs in here."""

    shown: bool = Field(description="whether this request shows a sign-in, in force or not")
    provider: bool = Field(description="through the sign-in of another system as well, at `/api/session/oidc`")
    language: str = Field(examples=["zh-CN"], description="the installation's own")


class SessionOut(BaseModel):
    """A session just opened; the cookie comes with it."""

    city: str = Field(examples=["990101"])
    name: str = Field(examples=["dispatcher01"])
    person: str = Field(examples=["P0012"])
    must_change_password: bool = Field(description="nothing else is open before a password is chosen")
    expires_at: datetime


class AccountIn(Form):
    """An account to be made; a password is generated."""

    name: Name
    person: Annotated[str, Field(min_length=1, max_length=48, examples=["P0012"])]
    title: Annotated[str, Field(max_length=64, description="the person's name as colleagues see it")] = ""
    roles: list[str] = Field(
        default_factory=list, description="held over the whole city; those at a unit or in an area are posts"
    )


class AccountChange(Form):
    """What is not given stays."""

    title: Annotated[str, Field(max_length=64)] | None = None
    roles: list[str] | None = None
    valid: StrictBool | None = Field(None, description="false ends sessions and tokens at once")


class AccountOut(BaseModel):
    """An account."""

    name: str = Field(examples=["dispatcher01"])
    person: str = Field(examples=["P0012"])
    title: str
    roles: list[str]
    valid: bool
    must_change_password: bool
    version: int
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, listed: Listed) -> AccountOut:
        """As it goes out."""
        one = listed.account
        return cls(
            name=one.name, person=one.person, title=one.title, roles=list(one.roles), valid=one.valid,
            must_change_password=one.must_change, version=one.version, created_at=listed.created_at,
            changed_at=listed.changed_at,
        )  # fmt: skip


class PasswordOut(BaseModel):
    """A password for the first sign-in: shown once, kept nowhere."""

    name: str = Field(examples=["dispatcher01"])
    password: str = Field(examples=["K7m-R2p-Q9x-W4d"])


class TokenIn(Form):
    """A personal token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=64, examples=["import script"])]
    scopes: list[str] = Field(min_length=1, examples=[["case.read"]], description="permissions, your own at most")
    days: Annotated[int, Field(ge=1, le=365)] = 90


class TokenOut(BaseModel):
    """A token as listed."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None = Field(description="last use, to within some minutes")

    @classmethod
    def of(cls, token: Token) -> TokenOut:
        """As it goes out."""
        return cls(
            id=token.id, name=token.name, scopes=list(token.scopes), created_at=token.created_at,
            expires_at=token.expires_at, seen_at=token.seen_at,
        )  # fmt: skip


class TokenMade(BaseModel):
    """A token just made: its text is shown once."""

    token: TokenOut
    text: str = Field(examples=["xh_990101_…"], description="for the header `Authorization: Bearer …`")


class RoleOut(BaseModel):
    """A role as declared."""

    name: str = Field(examples=["dispatcher"])
    title: dict[str, str] = Field(examples=[{"zh": "派遣员", "en": "Dispatcher"}])
    permissions: list[str]


class SessionListed(BaseModel):
    """A session that is open."""

    id: str = Field(examples=["9f86d081884c7d659a2feaa0"])
    created_at: datetime
    seen_at: datetime = Field(description="last use, to within some minutes")
    expires_at: datetime
    address: str = Field(examples=["203.0.113.7"])
    device: str = Field(description="as the browser calls itself")
    by_provider: bool = Field(description="opened through the sign-in of another system")
    this: bool = Field(description="the one that asks")

    @classmethod
    def of(cls, one: Session) -> SessionListed:
        """As it goes out."""
        return cls(
            id=one.id, created_at=one.created_at, seen_at=one.seen_at, expires_at=one.expires_at,
            address=one.address, device=one.device, by_provider=one.by_provider, this=one.this,
        )  # fmt: skip


class PasswordProof(Form):
    """The password once more."""

    password: Secret


class CodeIn(Form):
    """A code of the second factor, or a recovery code."""

    code: Annotated[str, Field(min_length=6, max_length=32, examples=["492039"])]


class FactorOut(BaseModel):
    """Whether there is a second factor."""

    since: datetime | None = Field(description="null: there is none")
    recovery_codes: int = Field(description="how many are left")


class FactorSetup(BaseModel):
    """What an authenticator needs: shown once."""

    secret: str = Field(examples=["JBSWY3DPEHPK3PXP"])
    uri: str
    qr: str = Field(description="a picture of the uri, as `data:image/svg+xml…`")

    @classmethod
    def of(cls, setup: Setup) -> FactorSetup:
        """As it goes out."""
        return cls(secret=setup.secret, uri=setup.uri, qr=setup.qr)


class RecoveryCodes(BaseModel):
    """Codes for a lost phone, each for one time: shown once."""

    codes: list[str] = Field(examples=[["h7kq-2m9x-cwpd"]])


class AccessOut(BaseModel):
    """A look at something personal, an erasure, a sign-in or a failed try."""

    at: datetime
    actor: str = Field(description="person code", examples=["P0012"])
    subject: str = Field(examples=["report/0195a1b2-0000-7000-8000-000000000001"])
    what: str = Field(examples=["unmask"])
    why: str = Field(description="the reason given; of a sign-in, address and browser")
