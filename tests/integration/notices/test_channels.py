"""One contract for every way out; and what each has of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from tests.integration.notices.fakes import SECRET, SIDES, Side, free_port, gateway, mail_server, signed_by, webhook

from xiuhua.notices.channels import Gateway, Letter, Mail, Webhook
from xiuhua.notices.outward import Outward, networks, url_fault
from xiuhua.platform.jobs.model import JobFailed, JobHopeless

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def letter(side: Side, id_: str = "n1", text: str = "案件已派遣，请及时签收。") -> Letter:
    content = {"id": id_, "text": {"zh": text, "en": "x"}}
    return Letter(id_, side.to, "待签收：990101-1", text, NOW, NOW, SECRET, content)


@pytest.fixture(params=sorted(SIDES))
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    with SIDES[request.param]() as found:
        yield found


def test_a_letter_is_handed_over_with_its_id(side: Side) -> None:
    side.channel.send(letter(side))

    assert side.taken == [("n1", "案件已派遣，请及时签收。")]


def test_a_letter_sent_twice_has_one_id(side: Side) -> None:
    side.channel.send(letter(side))
    side.channel.send(letter(side))

    assert [id_ for id_, _ in side.taken] == ["n1", "n1"]


def test_what_may_heal_is_tried_again(side: Side) -> None:
    side.answer = 451
    with pytest.raises(JobFailed) as failed:
        side.channel.send(letter(side))

    assert not isinstance(failed.value, JobHopeless) and side.taken == []


@pytest.mark.parametrize("kind", sorted(SIDES))
def test_what_will_not_heal_is_hopeless_and_names_no_address(kind: str) -> None:
    with SIDES[kind]() as side:
        side.answer = 550 if kind == "mail" else 410
        with pytest.raises(JobHopeless) as failed:
            side.channel.send(letter(side))

        assert side.to not in str(failed.value)


@pytest.mark.parametrize(
    "channel",
    [
        Mail("127.0.0.1", free_port(), "a@b.example", "none"),
        Gateway(f"http://127.0.0.1:{free_port()}/", "t", Outward(networks("127.0.0.0/8"))),
    ],
)
def test_who_cannot_be_reached_is_tried_again(channel: Mail | Gateway) -> None:
    with pytest.raises(JobFailed, match="cannot be reached") as failed:
        channel.send(Letter("n1", "a@c.example", "x", "y", NOW, NOW))

    assert not isinstance(failed.value, JobHopeless)


def test_a_mail_has_its_head_and_no_line_of_it_breaks_out() -> None:
    with mail_server() as side:
        side.channel.send(replace(letter(side), head="待签收\nBcc: all@unit.example"))

        assert side.seen == [{"to": ["wang@unit.example"], "head": "待签收 Bcc: all@unit.example"}]


def test_a_webhook_is_signed_over_time_and_body() -> None:
    with webhook() as side:
        side.channel.send(letter(side))
        [seen] = side.seen

    assert signed_by(seen) and not signed_by(seen, "another secret")
    assert not signed_by({**seen, "body": seen["body"] + b" "})
    assert (
        seen["headers"]["X-Xiuhua-Id"] == "n1" and f"t={int(NOW.timestamp())}," in seen["headers"]["X-Xiuhua-Signature"]
    )
    assert seen["path"] == "/in?x=1" and seen["headers"]["Host"].startswith("127.0.0.1:")


def test_a_gateway_gets_recipient_text_and_token() -> None:
    with gateway() as side:
        side.channel.send(letter(side))
        [seen] = side.seen

    assert seen["content"] == {
        "id": "n1", "to": "13800000000", "head": "待签收：990101-1", "text": "案件已派遣，请及时签收。",
    }  # fmt: skip
    assert (seen["headers"]["Authorization"], seen["headers"]["Idempotency-Key"]) == ("Bearer token", "n1")


def test_a_redirection_is_not_followed() -> None:
    with webhook() as side:
        side.answer = 307
        with pytest.raises(JobFailed, match="answered 307"):
            side.channel.send(letter(side))

    assert len(side.seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "255.255.255.255",
    ],
)  # fmt: skip
def test_private_addresses_are_not_called(address: str) -> None:
    outward = Outward(resolve=lambda *_: [address])

    with pytest.raises(JobHopeless, match="private network"):
        outward.post("https://inside.example/", b"", {})


def test_one_private_address_among_public_ones_is_enough() -> None:
    outward = Outward(resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])

    with pytest.raises(JobHopeless):
        outward.post("https://both.example/", b"", {})


def test_a_name_is_asked_for_once_and_the_call_goes_there() -> None:
    """A name that means something else at the second look gains nothing."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with webhook() as side:
        port = side.to.split(":")[2].partition("/")[0]
        channel = Webhook(Outward(networks("127.0.0.1/32"), resolve))
        channel.send(replace(letter(side), to=f"http://system.example:{port}/in?x=1"))

    assert asked == ["system.example"]
    assert side.seen[0]["headers"]["Host"] == f"system.example:{port}"


def test_a_network_that_is_allowed_is_called_and_no_other() -> None:
    outward = Outward(networks("10.20.0.0/16 fd00:1::/32"))
    known = {
        one: outward.may(ip_address(one)) for one in ("10.20.3.4", "10.21.0.1", "fd00:1::5", "fd00:2::5", "8.8.8.8")
    }
    assert known == {"10.20.3.4": True, "10.21.0.1": False, "fd00:1::5": True, "fd00:2::5": False, "8.8.8.8": True}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example/#x", "https://a.example:0/",
        "https://a.example:99999/", "javascript:alert(1)", "https://a b.example/", "https://例.example/",
        "https://a.example/" + "x" * 500,
    ],
)  # fmt: skip
def test_what_is_no_url_of_a_webhook(url: str) -> None:
    assert url_fault(url)
    with pytest.raises(JobHopeless):
        Outward(resolve=lambda *_: ["93.184.216.34"]).post(url, b"", {})
