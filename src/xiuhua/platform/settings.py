"""Every setting in one table: read from the environment (`XIUHUA_…`), described once, checked on reading."""

from __future__ import annotations

import difflib
import logging
import os
from datetime import time
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from xiuhua.platform import base_maps
from xiuhua.platform.errors import SettingsWrong

PREFIX = "XIUHUA_"
NOT_SETTINGS = ("XIUHUA_SHARED", "XIUHUA_TEST_")
"""Variables of the tests."""
_log = logging.getLogger(__name__)


class Settings(BaseSettings):
    """What an installation may choose; each field's description is its help."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True
    )

    data: Path = Field(
        Path(".data"),
        description="Folder of everything kept: the embedded database, media, keys. Made at the first start.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL of your own (15 or newer), as a URL or as `host=… dbname=…`;"
        " unset, an embedded one is started in the data folder.",
    )
    database_owner_url: SecretStr | None = Field(
        None,
        description="The same database for its owner, used for migrations only; unset, `XIUHUA_DATABASE_URL`"
        " serves for both, and every connection steps down to the role `xiuhua_app`.",
    )
    database_user: str = Field(
        "",
        description="Account that the embedded database runs under when Xiuhua is started as root;"
        " unset, `postgres` if there is one, else `nobody`.",
    )
    database_connections: int = Field(
        8, ge=1, le=90, description="How many connections one process may hold to the database at most."
    )
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(0, ge=0, le=65535, description="Port that the server listens on; 0 takes a free one.")
    processes: int = Field(
        1, ge=1, le=64, description="Server processes that share the port; one of them uses one core."
    )
    time_zone: str = Field("Asia/Shanghai", description="Time zone of days, shifts and printed times (IANA name).")
    language: Literal["zh-CN", "en"] = Field(
        "zh-CN", description="Language of messages where the reader has not asked for one."
    )
    digest: Literal["sha256", "sm3"] = Field(
        "sha256", description="Digest that chains the event log from now on; old events keep theirs."
    )
    seal_minutes: int = Field(
        10, ge=1, le=1440, description="Minutes between two signed seals over the event log of a city."
    )
    learn_minutes: int = Field(
        15, ge=1, le=1440, description="Minutes between two times that suggestions learn from what was decided."
    )
    facts_seconds: int = Field(
        20, ge=0, le=3600, description="Seconds between two exports of facts for indicators; 0: none by itself."
    )
    session_hours: int = Field(12, ge=1, le=720, description="Hours after which a person signs in again.")
    media_max_mib: int = Field(20, ge=1, le=64, description="The largest photo or recording that is taken, in MiB.")
    media_recordings: bool = Field(
        False, description="Whether recordings (MP4, MOV, M4A, WAV) are taken beside photos; kept as they came."
    )
    media_upload_hours: int = Field(
        24, ge=1, le=720, description="Hours after which an upload that was not finished is given up."
    )
    media_url: str = Field(
        "",
        description="Where photos are kept: `s3://bucket/prefix?endpoint=https://…` (also `region=…`, `style=virtual`);"
        " unset, in `media/` of the data folder.",
    )
    media_credentials: SecretStr | None = Field(
        None,
        description="`KEY_ID:SECRET` of `XIUHUA_MEDIA_URL`; unset with no file, those that the machine has.",
    )
    media_credentials_file: Path | None = Field(
        None, description="A file that holds the same, as secrets are handed to containers."
    )
    drain_seconds: int = Field(
        0,
        ge=0,
        le=300,
        description="Seconds that a server told to stop goes on serving while `/ready` answers 503, so"
        " that a proxy before several servers sends nobody new.",
    )
    access_log_years: int = Field(
        5, ge=3, le=50, description="Years for which looks at personal data stay on record; three at least."
    )
    backup: Path | None = Field(
        None,
        description="Folder of backups. Set, the embedded server archives its log there, so that `xiuhua restore` can"
        " go back to any moment since the oldest backup kept; best on another disk.",
    )
    backup_keep: int = Field(
        7, ge=1, le=366, description="How many full backups are kept; older ones go with the next."
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="What a monitor shows as `Authorization: Bearer …` to read `/metrics`; unset, only this machine"
        " may read it, and nobody through a proxy.",
    )
    second_factor_roles: str = Field(
        "", description="Roles whose holders need a second factor to sign in, with commas between them."
    )
    password_history: int = Field(
        3, ge=0, le=24, description="How many passwords before the present one may not be chosen again."
    )
    password_days: int = Field(0, ge=0, le=3650, description="Days after which a password must be changed; 0: never.")
    retention_days: int = Field(
        0, ge=0, le=36500,
        description="Days after a report and its case are closed at which texts, contacts and photos of reporters are"
        " erased; 0: never.",
    )  # fmt: skip
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed,"
        " with commas between them.",
    )
    sign_ins_per_minute: int = Field(
        60, ge=0, le=100_000, description="Tries to sign in that one address has in a minute; 0: no limit."
    )
    strangers_per_minute: int = Field(
        600, ge=0, le=1_000_000,
        description="Requests without a sign-in that one address has in a minute; 0: no limit.",
    )  # fmt: skip
    public_url: str = Field(
        "", description="Address of the installation as browsers see it, e.g. `https://cg.example.gov.cn`."
    )
    oidc_issuer: str = Field(
        "", description="OpenID Connect: the provider's issuer, an `https` address; unset, there is no such sign-in."
    )
    oidc_client_id: str = Field("", description="OpenID Connect: the id under which the provider knows this program.")
    oidc_client_secret: SecretStr | None = Field(
        None, description="OpenID Connect: the secret that goes with it; unset for a public client."
    )
    oidc_claim: str = Field(
        "preferred_username", description="OpenID Connect: the claim that holds the sign-in name of an account."
    )
    oidc_create_roles: str = Field(
        "",
        description="OpenID Connect: roles of accounts made at the first sign-in of someone unknown, with commas"
        " between them; unset, none is made.",
    )
    repeats_at_least: int = Field(
        3, ge=2, le=1000, description="From how many reports on a place, matter or reporter counts as repeated."
    )
    repeats_days: int = Field(30, ge=1, le=366, description="Days within which repeated reports are counted.")
    export_max_rows: int = Field(100_000, ge=1, le=1_000_000, description="The most rows of one export.")
    notices_quiet: str = Field(
        "22:00-07:00",
        description="Hours of the day in which people are told only what is urgent; the rest is held until they end."
        " `off`: none.",
    )
    notices_digest: str = Field("08:00", description="When people get the digest of their day; `off`: never.")
    smtp_host: str = Field("", description="Mail server that notices are sent by; unset, none are sent by mail.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to the mail server is protected."
    )
    smtp_user: str = Field("", description="Name at the mail server; unset, one is not asked for.")
    smtp_password: SecretStr | None = Field(None, description="Password at the mail server.")
    smtp_from: str = Field("xiuhua@localhost", description="Sender of the mails.")
    sms_url: str = Field("", description="Gateway that takes text messages; unset, none are sent.")
    sms_token: SecretStr | None = Field(None, description="Token for that gateway.")
    wechat_url: str = Field("", description="Gateway that takes WeChat messages; unset, none are sent.")
    wechat_token: SecretStr | None = Field(None, description="Token for that gateway.")
    webhook_networks: str = Field(
        "",
        description="Private networks that webhooks may be sent into, such as `10.20.0.0/16 192.168.5.7/32`;"
        " unset, only public addresses are called.",
    )
    base_maps: str = Field(
        "",
        description='Maps below our own layers, as JSON: `[{"title", "url", "datum", "attribution", "max_zoom"}]`,'
        " `url` with `{z}`, `{x}`, `{y}`, `datum` `wgs84`, `cgcs2000`, `gcj02` or `bd09`; unset, nothing is fetched"
        " from anywhere.",
    )
    track_days: int = Field(
        180, ge=1, le=3650, description="Days after which patrol tracks are forgotten, by whole months."
    )
    track_every_seconds: int = Field(
        30, ge=5, le=600, description="How often a phone on duty notes its position, in seconds."
    )
    public_page: bool = Field(
        True,
        description="Whether strangers find the page at `/report` where they report and follow what becomes of it.",
    )
    public_city: str = Field(
        "",
        description="Code of the bureau whose page it is; unset, the only one there is, and none where there are more.",
    )
    public_proof_bits: int = Field(
        16, ge=0, le=20,
        description="How hard the sum is that a browser does before it sends a report: each bit doubles it. It rises"
        " with the load by itself, up to 20; 0: neither a sum nor a question is asked for.",
    )  # fmt: skip
    public_reports_per_hour: int = Field(
        30,
        ge=0,
        le=100_000,
        description="Reports that one address sends in by the public page in an hour, and as many ratings;"
        " 0: no limit.",
    )
    public_total_per_hour: int = Field(
        3000, ge=0, le=1_000_000,
        description="Reports that all together send in by the public page in an hour; 0: no limit.",
    )  # fmt: skip
    public_mails_per_hour: int = Field(
        10,
        ge=0,
        le=10_000,
        description="Requests for mail that one address makes on the public page in an hour; 0: no limit.",
    )
    public_photos: int = Field(3, ge=0, le=9, description="Photos that go with a report from the public page.")
    public_photo_mib: int = Field(10, ge=1, le=64, description="The largest of these photos, in MiB.")
    public_map: bool = Field(
        True,
        description="Whether the public page shows cases: map, list, what is known nearby, feeds. Which categories the"
        " pack's setting `public_categories` tells.",
    )
    public_map_days: int = Field(30, ge=0, le=366, description="Days for which a closed case is still shown there.")
    public_round_m: int = Field(
        100, ge=10, le=5000, description="Metres to which places are rounded before anybody outside sees them."
    )
    public_photos_after: bool = Field(
        False, description="Whether whoever follows a report by its secret link sees the photos taken after the work."
    )
    jobs_at_once: int = Field(4, ge=1, le=32, description="How many jobs one worker does at the same time.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important kind of message that is logged."
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"there is no time zone {value!r}") from None
        return value

    @field_validator("notices_quiet", "notices_digest")
    @classmethod
    def _hours_of_day(cls, value: str) -> str:
        try:
            parts = [] if value == "off" else [time.fromisoformat(part) for part in value.split("-")]
        except ValueError:
            raise ValueError(f"{value!r} is no time of day such as 08:00, and no span such as 22:00-07:00") from None
        if len(parts) > 2 or any(part.tzinfo for part in parts):
            raise ValueError(f"{value!r} is no time of day such as 08:00, and no span such as 22:00-07:00")
        return value

    @field_validator("webhook_networks")
    @classmethod
    def _known_networks(cls, value: str) -> str:
        for part in value.split():
            ip_network(part)
        return value

    @field_validator("base_maps")
    @classmethod
    def _known_maps(cls, value: str) -> str:
        base_maps.parsed(value)
        return value

    @field_validator("data", "backup")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value is not None else None

    @model_validator(mode="after")
    def _owner_of_what(self) -> Self:
        if self.database_owner_url and not self.database_url:
            raise ValueError(f"{PREFIX}DATABASE_OWNER_URL needs {PREFIX}DATABASE_URL as well")
        return self


def load_settings(**chosen: Any) -> Settings:
    """The settings of the environment, `chosen` ones (of a command line) before them.

    Raises `SettingsWrong` that names every wrong setting at once, without any value, since some are secret.
    A variable that looks like a setting and is none is told in the log with the name it may have meant.
    """
    known = {variable(name) for name in Settings.model_fields}
    for name in sorted(os.environ.keys() - known):
        if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS):
            meant = difflib.get_close_matches(name, known, 1)
            _log.warning("%s is not a setting%s", name, f"; did you mean {meant[0]}?" if meant else "")
    try:
        return Settings(**chosen)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        wrong = [
            ": ".join([*map(variable, map(str, each["loc"])), each["msg"].removeprefix("Value error, ")])
            for each in found
        ]
        raise SettingsWrong("; ".join(wrong), errors=wrong) from None


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def settings_table() -> str:
    """The table of `docs/reference/settings.md`: variable, what may stand there, default, help."""
    lines = ["| variable | value | unset | what it does |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, "") else f"`{field.default}`"
        lines.append(f"| `{variable(name)}` | {kind_of(field)} | {default} | {field.description} |")
    return "\n".join(lines)


def kind_of(field: FieldInfo) -> str:
    """What may stand there."""
    if choices := [each for each in get_args(field.annotation) if isinstance(each, str)]:
        return " or ".join(f"`{each}`" for each in choices)
    if field.metadata:
        return "–".join(str(getattr(each, "ge", getattr(each, "le", ""))) for each in field.metadata)
    if field.annotation in (Path, Path | None):
        return "path"
    if field.annotation is bool:
        return "`true` or `false`"
    return "text" if field.annotation is str else "secret"
