"""The whole API against its own description: whatever is sent, what comes back is what is described.

Two of the parts are not asked here, each for its reason: `GET /api/live` is a stream that does not end, tested in
`test_live.py`; what a file of the right form holds is tested in `test_media_hostile.py`, since a generator of bytes
makes no pictures (that uploads of anything else are refused in form is asked here like the rest).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events
from tests.acceptance import lines
from tests.acceptance.administrator import Administrator
from tests.acceptance.installation import STREET_CLEANING, Installation, served

from xiuhua.platform.postgres.cluster import Cluster

EXAMPLES: Final = int(os.environ.get("XIUHUA_TEST_CONTRACT_EXAMPLES") or 3)
"""Fuzzed requests of each operation, beside those at every limit of every parameter; 200 in `make bench-full`."""
NOT_ASKED: Final = {
    "positive_data_acceptance": "a request of the right form may break a rule of the business: 422, 409",
    "ignored_auth": "asked by the stranger, of every operation that names a sign-in",
}
READER: Final = "intake_officer01"
HOSTILE_BODIES: Final = {
    "invalid UTF-8": b'{"text": "\xff\xfe\xc3\x28"}',
    "lone surrogate": rb'{"text": "\ud800", "source": "\udfff", "external_id": "\ud83d", "name": "\ud800"}',
    "NUL in what is open": rb'{"fields": {"note": "\u0000"}, "why": "a\u0000b", "to": "\u0000"}',
    "lone surrogate in what is open": rb'{"fields": {"note": "\ud800"}, "\ud800": {"\udfff": ["\ud800"]}}',
    "NUL": rb'{"text": "\u0000", "source": "public", "external_id": "a\u0000b", "name": "\u0000"}',
    "huge whole number": b'{"version": ' + b"9" * 4000 + b', "n": 1e400, "limit": -1e999}',
    "no number": b'{"lon": NaN, "lat": Infinity, "n": -Infinity}',
    "deep": b'{"fields":' * 2000 + b"1" + b"}" * 2000,
    "twice": b'{"text": 1, "text": 2, "": {}, "__proto__": {}}',
    "no object": b"[[[]]]",
    "cut off": b'{"text": "',
    "empty": b"",
}
HOSTILE_WORDS: Final = (
    "%00",
    "%FF%FE",
    "%ED%A0%80",
    "a%2Fb",
    "..%2F..",
    "%25s",
    quote("绣花" * 90),
    "'%22%3B--",
    "%0D%0Ax: y",
)
HOSTILE_HEADERS: Final[list[dict[str, bytes]]] = [
    {"If-Match": b'"99999999999999999999999999"'}, {"If-Match": b"\xff"}, {"If-None-Match": b'W/"\xe4"'},
    {"Idempotency-Key": b"\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad"}, {"Idempotency-Key": b"a" * 5000},
    {"Accept-Language": b"\xff;q=nan,zh;q=inf,en;q=-1"}, {"X-Request-Id": b"\xff" * 10}, {"Range": b"bytes=9-1,-0"},
    {"Content-Type": b"application/json; charset=utf-7"}, {"Content-Type": b"multipart/form-data"},
    {"Cookie": b"xiuhua=\xff; ;=;"}, {"Authorization": b"Bearer \xff"}, {"Authorization": b"Basic Og=="},
]  # fmt: skip


@schemathesis.serializer("application/offset+octet-stream")
def part_of_a_file(_: Any, value: Any) -> bytes:
    """A part of an upload (tus): bytes as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@dataclass(slots=True)
class Told:
    """What a run has shown."""

    answers: Counter[int] = field(default_factory=Counter)
    succeeded: set[str] = field(default_factory=set)
    operations: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def place(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The district, with some reports and a case; who asks a thousand times a minute is not stopped."""
    with served(
        server, tmp_path_factory.mktemp("town"), strangers_per_minute=0, sign_ins_per_minute=0
    ) as town:  # fmt: skip
        view = town.view()
        middle = view.areas.area(view.areas.grid_codes[0]).geometry.representative_point()
        there = {"lon": middle.x, "lat": middle.y}
        reports = [town.report(READER, place=there) for _ in range(3)]
        town.does(READER, "report", reports[0], "accept", {"category": STREET_CLEANING})
        town.photo(READER)
        yield town


@pytest.fixture(scope="module")
def ids(place: Installation) -> dict[str, str]:
    """Something real of every kind, by the beginning of its path."""
    signed = {"Authorization": f"Bearer {Administrator(place).token}"}
    cases = {
        f"/api/{kind}/{{id}}": httpx.get(f"{place.url}/api/{kind}", headers=signed).json()["items"][-1]["id"]
        for kind in ("reports", "cases")
    }
    return cases | lines.furnish(place)


def asked(town: Installation, ids: Mapping[str, str], who: Administrator | None) -> Told:
    """Every operation, many times."""
    schema = schemathesis.openapi.from_url(f"{town.url}/api/openapi.json", config=_config(town, ids, who is not None))
    told = Told()

    @schemathesis.hook
    def before_call(_: Any, case: Any, __: Any) -> None:
        if who is not None:
            case.headers["Authorization"] = f"Bearer {who.token}"

    @schemathesis.hook
    def after_call(_: Any, case: Any, response: Any) -> None:
        label, status = case.operation.label, response.status_code
        told.answers[status] += 1
        told.operations.add(label)
        if status < 400:
            told.succeeded.add(label)
        if who is None and status < 400 and "security" in case.operation.definition.raw:
            told.faults.append(f"{label}: {status} for a stranger")
        if who is not None and (status == 401 or (status < 300 and label.startswith("DELETE /api/me/"))):
            who.appear()

    try:
        for event in engine.from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                told.faults += _faults(event)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                told.faults.append(repr(event))
    finally:
        for hook in (before_call, after_call):
            schemathesis.hooks.unregister(hook)
    return told


def _config(town: Installation, ids: Mapping[str, str], thorough: bool) -> SchemathesisConfig:
    real = {
        f"^{re.escape(begin)}(/|$)": (begin[begin.index("{") + 1 : begin.index("}")], value)
        for begin, value in {**lines.NAMES, **ids}.items()
    }
    return SchemathesisConfig.from_dict(
        {
            "seed": 1, "base-url": town.url, "headers": {"Accept-Language": "en"}, "request-timeout": 60,
            "continue-on-failure": True, "suppress-health-check": ["all"],
            "generation": {
                "max-examples": EXAMPLES, "database": "none", "no-shrink": True, "deterministic": True,
                "with-security-parameters": False,
            },
            # The worth of following links between operations is had by the tests of the loop.
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": thorough}},
            "checks": {
                **{name: {"enabled": False} for name in NOT_ASKED},
                # 412 is how tus refuses another version of itself, 413 what is too long.
                "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 409, 412, 413, 415, 422]},
            },
            "operations": [
                {"include-path": "/api/live", "enabled": False},
                # Made-up ids would show of these nothing but 404; hostile ones are sent below.
                *(
                    {"include-path-regex": path, "parameters": {f"path.{name}": value}}
                    for path, (name, value) in real.items()
                ),
            ],
        }
    )  # fmt: skip


def _faults(event: Any) -> list[str]:
    return [
        f"{event.recorder.label} {check.name}: {check.failure_info.failure.title} "
        f"{check.failure_info.failure.message}\n{check.failure_info.code_sample[:600]}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.status is Status.FAILURE
    ]


@pytest.mark.timeout(1500)
def test_an_administrator_meets_what_is_described(place: Installation, ids: dict[str, str]) -> None:
    told = asked(place, ids, Administrator(place))

    print(dict(told.answers), sorted(told.operations - told.succeeded))
    for f in told.faults:
        print("FAULT", f)
    assert told.faults == []


@pytest.mark.timeout(1500)
def test_a_stranger_meets_what_is_described_and_no_more(place: Installation, ids: dict[str, str]) -> None:
    told = asked(place, ids, None)

    assert told.faults == []
    assert told.answers[401] > len(told.operations)


@pytest.mark.timeout(1500)
def test_what_no_generator_sends_ends_in_no_error_of_ours(place: Installation, ids: dict[str, str]) -> None:
    who = Administrator(place)
    with httpx.Client(base_url=place.url, timeout=60) as client:
        found = [answer for answer in _hostile(client, who, ids) if answer.status_code >= 500]
        alive = client.get("/ready")

    assert [(one.request.method, str(one.request.url)[:200], one.status_code) for one in found] == []
    assert alive.status_code == 200


def _hostile(client: httpx.Client, who: Administrator, ids: Mapping[str, str]) -> Iterator[httpx.Response]:
    paths = client.get("/api/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for method in set(operations) - {"options"}:
            if path != "/api/live":
                yield from _sent(client, who, method.upper(), path, operations[method], lines.filled(path, ids))


def _sent(
    client: httpx.Client, who: Administrator, method: str, path: str, operation: dict[str, Any], real: str
) -> Iterator[httpx.Response]:
    signed = {"Authorization": f"Bearer {who.token}"}
    plain = real.replace("{", "").replace("}", "")
    json = {"Content-Type": "application/json"}
    if "requestBody" in operation:
        for body in HOSTILE_BODIES.values():
            yield client.request(method, plain, headers=signed | json, content=body)
    if "{" in path or method == "GET":
        for word in HOSTILE_WORDS:
            filled = "/".join(word if part.startswith("{") else part for part in path.split("/"))
            told = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
            yield client.request(method, f"{filled}?{'&'.join(f'{name}={word}' for name in told)}", headers=signed)
            for name in told if method == "GET" else ():
                yield client.get(f"{plain}?{name}={word}", headers=signed)
    for odd in HOSTILE_HEADERS:
        headers = {name: value.encode() for name, value in (signed | json).items()} | odd
        raw = [(name.encode(), value) for name, value in headers.items()]
        yield client.request(method, plain, headers=raw, content=b"{}" if method != "GET" else b"")
    if method == "DELETE" and "/me/" in path:
        who.appear()
