"""What every answer has in common: errors, languages, limits, headers, the log, the description."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.acceptance.things import Greeting, add, other_room, room, value


@pytest.fixture
def served(serve: Any) -> Iterator[Any]:
    with serve(room(), other_room()) as found:
        found.services.ports[Greeting] = Greeting("hello")
        yield found


@pytest.fixture
def client(served: Any) -> Iterator[httpx.Client]:
    with served.program("collector") as found:
        yield found


def test_a_room_answers(client: httpx.Client) -> None:
    answer = add(client)

    assert (answer.status_code, answer.json()) == (201, {"name": "lamp", "value": 1, "by": "P-program"})
    assert (answer.headers["etag"], answer.headers["location"]) == ('"1"', "/api/things/lamp")


def test_a_long_answer_is_compressed_for_who_takes_it_so(client: httpx.Client) -> None:
    packed = client.get("/api/openapi.json", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/openapi.json", headers={"Accept-Encoding": "identity"})
    short = client.get("/api/me", headers={"Accept-Encoding": "gzip"})

    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in plain.headers and "content-encoding" not in short.headers
    assert packed.content == plain.content and packed.num_bytes_downloaded * 5 < plain.num_bytes_downloaded


EXPECTED = {
    "not_found": (404, "没有找到，或者不在您的权限范围内。", "There is no such thing, or it is not yours to see."),
    "invalid": (422, "填写有误，请按列出的各项改正。", "The input does not fit. Correct what is listed."),
    "not_allowed": (403, "您的岗位在此处没有这项权限。", "Your posts do not allow this here."),
    "not_now": (
        409,
        "当前状态下不能进行此操作，请刷新后再看。",
        "The action is not open in the present state. Look again.",
    ),
    "condition_unmet": (409, "尚不满足办理条件。", "A condition of the procedure is not met."),
    "conflict": (409, "他人已先行修改，请刷新后重新决定。", "Someone else was first. Look again and decide anew."),
    "too_many": (429, "请求过多，请稍后再试。", "Too many at once. Try again later."),
    "database_unavailable": (
        503,
        "数据库暂时没有响应，请稍后再试。",
        "The database does not answer. Try again in a moment.",
    ),
    "pack_invalid": (
        422,
        "业务包有误，请按列出的文件、行和路径改正。",
        "The pack has errors. Correct them by the file, line and path listed.",
    ),
}


@pytest.mark.parametrize("code", EXPECTED)
@pytest.mark.parametrize(("accept", "at"), [("zh-CN,zh;q=0.9", 1), ("en-GB", 2), ("", 1), ("fr", 1)])
def test_every_failure_has_one_shape_in_both_languages(served: Any, code: str, accept: str, at: int) -> None:
    with served.program("collector") as client:
        answer = client.post(f"/api/things/{code}/fail", headers={"Accept-Language": accept})

    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == ("zh-CN" if at == 1 else "en")
    assert (answer.status_code, problem["status"]) == (EXPECTED[code][0],) * 2
    assert (problem["code"], problem["type"]) == (code, f"urn:xiuhua:error:{code}")
    assert problem["title"] == EXPECTED[code][at]
    assert {"detail", "errors"} <= problem.keys()


def test_what_an_error_carries_is_told(client: httpx.Client) -> None:
    refused = client.post("/api/things/not_allowed/fail").json()
    wrong = client.post("/api/things/invalid/fail").json()
    busy = client.post("/api/things/too_many/fail")

    assert (refused["detail"], refused["permission"]) == ("Only at night.", "case.read")
    assert wrong["errors"] == [{"field": "x", "reason": "missing", "why": "必填"}]
    assert busy.headers["retry-after"] == "7"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("race", 409, "conflict"),
        ("nul", 422, "invalid"),
        ("foreseen", 500, "internal"),
        ("unforeseen", 500, "internal"),
    ],
)
def test_errors_of_others_show_nothing_of_their_insides(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, name: str, status: int, code: str
) -> None:
    with caplog.at_level(logging.INFO):
        answer = client.post(f"/api/things/{name}/fail", headers={"X-Request-Id": "request-0001"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "张三" not in answer.text + caplog.text
    assert code != "internal" or answer.json()["id"] == answer.headers["x-request-id"] == "request-0001"


@pytest.mark.parametrize("name", ["conflict", "unforeseen"])
def test_a_failed_request_leaves_nothing(client: httpx.Client, name: str) -> None:
    client.post(f"/api/things/{name}/fail")

    assert value(client, "half") is None


@pytest.mark.parametrize(
    ("body", "errors_zh"),
    [
        ({}, [("name", "missing", "必填")]),
        (
            {"name": "a", "value": 0},
            [("name", "string_too_short", "至少 2 个字符"), ("value", "greater_than_equal", "不应小于 1")],
        ),
        (
            {"name": "x" * 21, "value": "a"},
            [("name", "string_too_long", "最多 20 个字符"), ("value", "int_parsing", "应为整数")],
        ),
        ([], [("body", "model_attributes_type", "应为 JSON 对象")]),
    ],
)
def test_every_wrong_field_is_named_in_the_readers_language(client: httpx.Client, body: Any, errors_zh: Any) -> None:
    answer = client.post("/api/things", json=body)

    assert answer.status_code == 422
    assert [(one["field"], one["reason"], one["why"]) for one in answer.json()["errors"]] == errors_zh


@pytest.mark.parametrize(
    ("content", "kind"), [(b"{", "application/json"), (b"\xff\xfe", "application/json"), (b"name=lamp", "text/plain")]
)
def test_what_is_no_json_is_refused(client: httpx.Client, content: bytes, kind: str) -> None:
    answer = client.post("/api/things", content=content, headers={"Content-Type": kind})

    assert answer.status_code in (400, 422) and answer.json()["code"] == "invalid"


def test_a_nul_in_a_text_is_refused(client: httpx.Client) -> None:
    assert add(client, "a\x00b").status_code == 422
    assert client.get("/api/things/a%00b").status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/api/nothing", 404, "not_found"), ("PUT", "/api/things", 405, "method_not_allowed")],
)
def test_unknown_addresses_have_the_same_shape(
    client: httpx.Client, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_large_bodies_are_refused_unless_the_route_takes_them(client: httpx.Client) -> None:
    body = {"name": "x" * 1_500_000, "x": "x" * 1_500_000}

    refused = client.post("/api/things", json=body)
    pieces = client.post(
        "/api/things", content=iter([json.dumps(body).encode()]), headers={"Content-Type": "application/json"}
    )
    taken = client.post("/api/other/large", json=body)

    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert pieces.status_code == 413
    assert (taken.status_code, taken.json()) == (200, 1_500_000)


def test_answers_protect_themselves(client: httpx.Client) -> None:
    headers = client.get("/api/things").headers

    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store" and "default-src 'none'" in headers["content-security-policy"]
    assert (
        "frame-ancestors 'none'" in headers["content-security-policy"] and "camera=()" in headers["permissions-policy"]
    )
    assert (headers["cross-origin-opener-policy"], headers["referrer-policy"]) == ("same-origin", "same-origin")
    assert len(headers["x-request-id"]) == 16 and "strict-transport-security" not in headers


def test_a_browser_that_came_encrypted_comes_encrypted_again(client: httpx.Client) -> None:
    behind_tls = client.get("/api/things", headers={"X-Forwarded-Proto": "https"})

    assert behind_tls.headers["strict-transport-security"] == "max-age=31536000"


def logged(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """The lines of requests; one is written after its answer has gone out."""
    deadline = time.monotonic() + 10
    found: list[logging.LogRecord] = []
    while not found and time.monotonic() < deadline:
        found = [one for one in caplog.records if one.getMessage() == "request"]
        time.sleep(0.01)
    return found


def test_a_line_in_the_log_tells_pattern_and_time_but_not_the_thing(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "xiuhua"):
        client.get("/api/things/zhangsan?phone=13800001234")
        client.close()
        [record] = logged(caplog)
    fields: dict[str, Any] = record.fields  # type: ignore[attr-defined]
    assert (fields["method"], fields["path"], fields["status"]) == ("GET", "/api/things/{name}", 404)
    assert fields["ms"] > 0


def test_health_needs_nobody(served: Any) -> None:
    with served.client() as stranger:
        assert stranger.get("/health").json()["status"] == "ok"
        assert stranger.get("/ready").status_code == 200
        served.services.database.close()
        gone = stranger.get("/ready")

    assert (gone.status_code, gone.json()["code"]) == (503, "database_unavailable")


def test_the_description_is_complete(served: Any) -> None:
    with served.client() as stranger:
        described = stranger.get("/api/openapi.json").json()

    operations = {f"{method} {path}": one for path, of in described["paths"].items() for method, one in of.items()}
    adding = operations["post /api/things"]
    assert adding["x-permission"] == "report.submit" and adding["security"] == [{"session": []}, {"token": []}]
    assert [one["name"] for one in adding["parameters"]] == ["Idempotency-Key"]
    assert all("parameters" not in operations[f"post /api/things/{one}"] for one in ("secret", "unmasked"))
    assert all("application/problem+json" in one["responses"]["default"]["content"] for one in operations.values())
    assert "HTTPValidationError" not in json.dumps(described)
    assert len({one["operationId"] for one in operations.values()}) == len(operations)


def test_other_kinds_of_endpoints_work_as_well(client: httpx.Client) -> None:
    assert client.get("/api/other/hello", headers={"Accept-Language": "en"}).json() == {"text": "hello en"}
    assert client.get("/api/other/plain").text == "P-program"
    assert client.get("/api/other/later").json() == {"text": "later"}
