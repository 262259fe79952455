"""Jobs that send notices out: one for each notice and way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson

from xiuhua.notices.channels import Channel, Gateway, Letter, Mail, Webhook
from xiuhua.notices.model import WEBHOOK
from xiuhua.notices.outward import Outward, networks
from xiuhua.platform.jobs.model import Job, Kind
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries


def channels_of(settings: Settings) -> dict[str, Channel]:
    """The ways out of an installation: webhooks always, the others where they are set up."""
    outward = Outward(networks(settings.webhook_networks))
    found: dict[str, Channel] = {WEBHOOK: Webhook(outward)}
    if settings.smtp_host:
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
        found["mail"] = Mail(
            settings.smtp_host, settings.smtp_port, settings.smtp_from, settings.smtp_security, settings.smtp_user,
            password,
        )  # fmt: skip
    for way, url, token in (
        ("sms", settings.sms_url, settings.sms_token),
        ("wechat", settings.wechat_url, settings.wechat_token),
    ):
        if url:
            # Named by whoever runs this server, not typed in by somebody: it may be anywhere.
            anywhere = Outward(networks("0.0.0.0/0 ::/0"))
            found[way] = Gateway(url, token.get_secret_value() if token else "", anywhere)
    return found


def kinds_of(channels: Mapping[str, Channel]) -> dict[str, Kind]:
    """The kinds of job that send: `notice.mail`, `notice.webhook` …"""
    return {f"notice.{way}": Kind(partial(_send, way, channel)) for way, channel in channels.items()}


def _send(way: str, channel: Channel, services: Services, job: Job) -> None:
    """Send one notice, as it and its address are now; one that was read, or has no address any more, is let be."""
    sql = queries("xiuhua.notices")
    with services.database.reading() as tx:
        row = tx.execute(sql["notice"], {"city": job.city, "id": job.payload["notice"], "way": way}).fetchone()
        hook = row and row.webhook and tx.execute(sql["webhook"], {"city": job.city, "id": row.webhook}).fetchone()
        now = tx.now
    if row is None or row.read_at is not None:
        return
    head, body = orjson.loads(row.head_text), orjson.loads(row.body_text)
    if way == WEBHOOK:
        if hook and hook.stopped_at is None:
            channel.send(
                Letter(row.id, hook.url, "", "", row.at, now, hook.secret, _content(job.city, row, head, body))
            )
        return
    if row.address is None:
        return
    language = "en" if services.settings.language == "en" else "zh"
    text = body[language]
    if way != "mail":
        text = body.get(f"short_{language}", text)
    channel.send(Letter(row.id, row.address, head[language], text, row.at, now))


def _content(city: str, row: Any, head: Mapping[str, str], body: Mapping[str, str]) -> dict[str, Any]:
    """A notice as other systems get it: the subject by id and number, nothing of a person."""
    return {
        "id": row.id, "city": city, "name": row.name, "kind": row.kind, "subject": row.subject, "number": row.number,
        "urgent": row.urgent, "at": row.at, "head": {key: head[key] for key in ("zh", "en")},
        "text": {key: body[key] for key in ("zh", "en")},
    }  # fmt: skip
