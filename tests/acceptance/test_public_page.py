"""The public page without scripts: report, receipt, follow."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from tests.acceptance.citizen import Citizen
from tests.acceptance.installation import Installation


@pytest.fixture
def citizen(town: Installation) -> Iterator[Citizen]:
    with httpx.Client(base_url=town.url, timeout=30) as client:
        yield Citizen(client)


def community_of(town: Installation) -> str:
    return next(one.code for one in town.view().areas.areas("community"))


def test_a_report_without_scripts_is_in_the_loop_and_can_be_followed(town: Installation, citizen: Citizen) -> None:
    sent = citizen.report(text="路边有一堆垃圾没人清理", area=community_of(town), contact="138 0000 1234", name="王")
    receipt = citizen.client.get(sent.headers["location"])
    link = sent.headers["location"].removesuffix("/receipt")
    followed = citizen.client.get(link)

    assert (sent.status_code, receipt.status_code, followed.status_code) == (303, 200, 200)
    assert "<svg" in receipt.text and f"{town.url}{link}" in receipt.text
    assert "我们收到了您的上报" in followed.text
    assert "13800001234" not in receipt.text + followed.text
