"""What every answer has in common, shown with a small room of its own."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

import httpx
import psycopg
import pytest
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from xiuhua.platform import errors
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    CurrentActor,
    IfMatch,
    Language,
    Page,
    Paging,
    Reading,
    Replying,
    Router,
    ShownOnce,
    Transaction,
    provided,
    require,
)

Submitter = Annotated[Actor, require("report.submit")]


class ThingIn(BaseModel):
    name: str = Field(min_length=2, max_length=20, pattern=r"^[\w\x00-]+$")
    value: int = Field(1, ge=1)


class Thing(BaseModel):
    name: str
    value: int
    by: str = ""


@dataclass
class Greeting:
    text: str


def room() -> Router:
    """Things that are counted."""
    router = Router(prefix="/things", tags=["things"])

    @router.post("", status_code=201)
    def add(body: ThingIn, actor: Submitter, tx: Transaction, reply: Replying) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": body.name, "by": body.value}).fetchone()
        reply.version(found.value)
        reply.location(f"/api/things/{body.name}")
        return Thing(name=body.name, value=found.value, by=actor.id)

    @router.post("/secret", status_code=201)
    def secret(actor: Submitter, tx: Transaction, reply: ShownOnce) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": "secret", "by": 1}).fetchone()
        return Thing(name="secret", value=found.value)

    @router.post("/unmasked", status_code=201)
    def unmasked(actor: Annotated[Actor, require("personal.unmask")], tx: Transaction) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": "unmasked", "by": 1}).fetchone()
        return Thing(name="张三", value=found.value)

    @router.get("")
    def some(actor: CurrentActor, tx: Reading, paging: Paging) -> Page[Thing]:
        (after,) = paging.after(str) or ("",)
        rows = tx.execute(LIST, {"city": actor.city, "after": after, "limit": paging.limit + 1}).fetchall()
        return paging.page([Thing(name=row.name, value=row.value) for row in rows], lambda one: (one.name,))

    @router.get("/{name}")
    def one(name: str, actor: CurrentActor, tx: Reading, reply: Replying) -> Thing:
        value = value_of(tx, actor.city, name)
        reply.version(value)
        return Thing(name=name, value=value)

    @router.patch("/{name}")
    def change(name: str, actor: Submitter, tx: Transaction, version: IfMatch) -> Thing:
        if version is not None and version != value_of(tx, actor.city, name):
            raise errors.Conflict
        tx.execute("update counter set value = value + 10 where name = %s", (name,))
        return Thing(name=name, value=value_of(tx, actor.city, name))

    @router.post("/{name}/close", status_code=204)
    def close(name: str, actor: Submitter, tx: Transaction) -> None:
        done = tx.execute("update counter set value = 0 where name = %s and value > 0", (name,))
        if done.rowcount == 0:
            raise errors.NotNow

    @router.post("/{name}/fail")
    def fail(name: str, actor: Submitter, tx: Transaction) -> Thing:
        tx.execute(ADD, {"city": actor.city, "name": "half", "by": 1})
        raise FAILURES[name]

    return router


def other_room() -> Router:
    router = Router(prefix="/other")

    @router.get("/hello")
    def hello(language: Language, greeting: Annotated[Greeting, provided(Greeting)]) -> Greeting:
        return Greeting(f"{greeting.text} {language}")

    @router.get("/plain")
    def plain(actor: CurrentActor) -> PlainTextResponse:
        return PlainTextResponse(actor.id)

    @router.get("/later")
    async def later() -> Greeting:
        return Greeting("later")

    @router.post("/large", max_body_size=4_000_000)
    def large(body: dict[str, str]) -> int:
        return len(body["x"])

    return router


ADD = (
    "insert into counter (city, name, value) values (%(city)s, %(name)s, %(by)s)"
    " on conflict (city, name) do update set value = counter.value + excluded.value"
    " returning value, pg_sleep(0.01)"
)
LIST = "select name, value from counter where city = %(city)s and name > %(after)s order by name limit %(limit)s"
FAILURES: dict[str, Exception] = {
    "not_found": errors.NotFound(),
    "invalid": errors.Invalid(errors=[{"field": "x", "reason": "missing", "why": "is needed"}]),
    "not_allowed": errors.NotAllowed("Only at night.", permission="case.read"),
    "not_now": errors.NotNow(),
    "condition_unmet": errors.ConditionUnmet(),
    "conflict": errors.Conflict(),
    "too_many": errors.TooMany(retry_after_s=7),
    "database_unavailable": errors.DatabaseUnavailable(),
    "pack_invalid": errors.PackInvalid(),
    "race": psycopg.errors.UniqueViolation("Key (name)=(张三) exists"),
    "nul": psycopg.DataError("text fields cannot contain NUL: 张三"),
    "foreseen": psycopg.errors.UndefinedTable("张三"),
    "unforeseen": RuntimeError("张三 13800001234"),
}


def value_of(tx: Tx, city: str, name: str) -> int:
    row = tx.execute("select value from counter where city = %s and name = %s", (city, name)).fetchone()
    if row is None:
        raise errors.NotFound(name=name)
    return int(row.value)


@pytest.fixture
def served(serve: Any) -> Iterator[Any]:
    with serve(room(), other_room()) as found:
        found.services.ports[Greeting] = Greeting("hello")
        yield found


@pytest.fixture
def client(served: Any) -> Iterator[httpx.Client]:
    with served.program("collector") as found:
        yield found


def add(client: httpx.Client, name: str = "lamp", key: str | None = None, **body: Any) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/api/things", json={"name": name, **body}, headers=headers)


def value(client: httpx.Client, name: str = "lamp") -> int | None:
    found = client.get(f"/api/things/{name}")
    return found.json()["value"] if found.is_success else None


def test_a_room_answers(client: httpx.Client) -> None:
    answer = add(client)

    assert (answer.status_code, answer.json()) == (201, {"name": "lamp", "value": 1, "by": "P-program"})
    assert (answer.headers["etag"], answer.headers["location"]) == ('"1"', "/api/things/lamp")


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


@pytest.mark.parametrize("authorization", [None, "Bearer x", "Bearer xh_990101_" + "a" * 43, "Basic eDp5"])
def test_strangers_are_asked_to_sign_in(served: Any, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    with served.client(**headers) as stranger:
        answer = stranger.get("/api/things")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_permission_is_asked_before_anything_happens(served: Any) -> None:
    with served.program("handler") as handler:
        answer = add(handler)

        assert (answer.status_code, answer.json()["permission"]) == (403, "report.submit")
        assert value(handler) is None


def test_a_token_may_only_what_it_was_made_for(served: Any) -> None:
    with served.program("collector", scopes=["case.read"]) as narrow:
        assert add(narrow).status_code == 403
        assert narrow.get("/api/things").status_code == 200


def test_a_change_names_the_version_it_is_based_on(client: httpx.Client) -> None:
    add(client, value=3)

    stale = client.patch("/api/things/lamp", headers={"If-Match": '"2"'})
    foreign = client.patch("/api/things/lamp", headers={"If-Match": "W/x"})
    fresh = client.patch("/api/things/lamp", headers={"If-Match": '"3"'})
    blind = client.patch("/api/things/lamp")

    assert [one.status_code for one in (stale, foreign, fresh, blind)] == [412, 412, 200, 200]
    assert stale.json()["code"] == "conflict"


def test_what_the_reader_has_is_not_sent_again(client: httpx.Client) -> None:
    add(client, value=3)

    known = client.get("/api/things/lamp", headers={"If-None-Match": 'W/"3"'})
    other = client.get("/api/things/lamp", headers={"If-None-Match": '"2"'})

    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", '"3"')
    assert other.status_code == 200


def test_pages_neither_skip_nor_repeat(client: httpx.Client) -> None:
    for name in ("c3", "a1", "d4", "b2", "e5"):
        add(client, name)

    first = client.get("/api/things", params={"limit": 2})
    add(client, "a0")
    second = client.get(first.links["next"]["url"])
    third = client.get("/api/things", params={"limit": 2, "cursor": second.json()["next"]})

    pages = [[one["name"] for one in page.json()["items"]] for page in (first, second, third)]
    assert pages == [["a1", "b2"], ["c3", "d4"], ["e5"]]
    assert third.json()["next"] is None and "next" not in third.links


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=W10", "cursor=WzFd", "limit=0", "limit=201", "cursor=" + "a" * 501]
)
def test_what_is_no_cursor_is_refused(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/api/things?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, query.partition("=")[0])


def test_a_repeated_request_is_answered_as_the_first_was(client: httpx.Client) -> None:
    first, second = add(client, key="key-00000001"), add(client, key="key-00000001")

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json() and value(client) == 1
    assert "idempotent-replayed" not in first.headers and second.headers["idempotent-replayed"] == "true"
    assert [first.headers[name] for name in ("etag", "location")] == [
        second.headers[name] for name in ("etag", "location")
    ]


def test_an_answer_without_a_body_is_repeated_too(client: httpx.Client) -> None:
    add(client)
    headers = {"Idempotency-Key": "key-00000001"}

    answers = [client.post("/api/things/lamp/close", headers=headers) for _ in range(2)]
    without_key = client.post("/api/things/lamp/close")

    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2
    assert without_key.status_code == 409


def test_a_key_used_for_something_else_is_refused(client: httpx.Client) -> None:
    add(client, key="key-00000001")

    answer = add(client, "other", key="key-00000001")

    assert (answer.status_code, answer.json()["code"]) == (422, "already_done")
    assert value(client, "other") is None


def test_a_failed_request_may_be_repeated_with_its_key(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": "key-00000001"}
    refused = client.post("/api/things/lamp/close", headers=headers)
    add(client)

    assert refused.status_code == 409
    assert client.post("/api/things/lamp/close", headers=headers).status_code == 204


def test_keys_of_different_people_are_different(served: Any) -> None:
    with served.program("collector", name="one") as one, served.program("collector", name="two") as two:
        assert [add(who, key="key-00000001").json()["value"] for who in (one, two)] == [1, 2]


@pytest.mark.parametrize("key", ["short", "x" * 201])
def test_a_malformed_key_is_refused(client: httpx.Client, key: str) -> None:
    answer = add(client, key=key)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("path", ["secret", "unmasked"])
def test_what_is_shown_once_is_not_kept_for_repetition(served: Any, path: str) -> None:
    headers = {"Idempotency-Key": "key-00000001"}
    with served.program("intake_officer") as officer:
        answers = [officer.post(f"/api/things/{path}", headers=headers).json()["value"] for _ in range(2)]

    assert answers == [1, 2]
    with served.services.database.reading() as tx:
        assert tx.execute("select count(*) as n from idempotency").fetchone().n == 0


@pytest.mark.parametrize("path", ["", "/lamp/close"])
def test_of_many_at_once_with_one_key_one_has_an_effect(client: httpx.Client, path: str) -> None:
    add(client)
    headers = {"Idempotency-Key": "key-00000002"}

    def send(_: int) -> httpx.Response:
        return client.post(f"/api/things{path}", json={"name": "lamp"}, headers=headers)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert len({(one.status_code, one.content) for one in answers}) == 1 and answers[0].is_success
    assert sum("idempotent-replayed" in one.headers for one in answers) == 7
    assert value(client) == (2 if path == "" else 0)


def test_a_form_of_another_site_changes_nothing(served: Any) -> None:
    with served.browser("collector") as browser:
        del browser.headers["X-Requested-With"]
        sites = {None: 403, "cross-site": 403, "same-site": 403, "same-origin": 201}
        found = {
            site: browser.post("/api/things", json={"name": "lamp"}, headers={"Sec-Fetch-Site": site} if site else {})
            for site in sites
        }

        assert {site: answer.status_code for site, answer in found.items()} == sites
        assert found[None].json()["code"] == "cross_site"
        assert browser.get("/api/things", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_programs_with_tokens_need_no_such_header(client: httpx.Client) -> None:
    del client.headers["X-Requested-With"]

    assert add(client).status_code == 201


def test_other_kinds_of_endpoints_work_as_well(client: httpx.Client) -> None:
    assert client.get("/api/other/hello", headers={"Accept-Language": "en"}).json() == {"text": "hello en"}
    assert client.get("/api/other/plain").text == "P-program"
    assert client.get("/api/other/later").json() == {"text": "later"}


def test_answers_protect_themselves(client: httpx.Client) -> None:
    headers = client.get("/api/things").headers

    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store" and "default-src 'none'" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) == 16


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


def test_the_last_use_is_written_down_now_and_then(client: httpx.Client, served: Any, clock: SimulatedClock) -> None:
    seen = []
    for minutes in (0, 1, 6):
        clock.move_to(clock.now() + timedelta(minutes=minutes))
        client.get("/api/things")
        with served.services.database.reading() as tx:
            seen.append(clock.now() - tx.execute("select seen_at from token").fetchone().seen_at)

    assert seen == [timedelta(0), timedelta(minutes=1), timedelta(0)]


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
