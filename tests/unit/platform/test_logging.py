import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from xiuhua.platform.errors import NotFound
from xiuhua.platform.logging import JsonFormatter, configure, log_exception, log_request, request_id


@contextmanager
def configured() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure("info")
    yield
    root.handlers[:], root.level = before


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_json_with_the_requests_id(capsys: pytest.CaptureFixture[str]) -> None:
    token = request_id.set("request-0001")
    with configured():
        log_request("GET", "/api/cases/{id}", 200, 1.2345)
    request_id.reset(token)

    [line] = lines(capsys)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "xiuhua", "message": "request", "request": "request-0001",
        "method": "GET", "path": "/api/cases/{id}", "status": 200, "ms": 1.23,
    }  # fmt: skip


def test_an_unforeseen_error_is_told_without_what_a_person_typed(capsys: pytest.CaptureFixture[str]) -> None:
    with configured():
        id = log_exception(caught())

    [line] = lines(capsys)
    assert line["id"] == id and "张三" not in json.dumps(line, ensure_ascii=False)
    assert line["error"]["type"] == "RuntimeError"
    assert line["error"]["at"][-1].endswith(" caught")
    assert line["error"]["cause"]["sqlstate"] == "23505"
    assert line["error"]["cause"]["cause"]["message"] == NotFound.message()


def caught() -> BaseException:
    try:
        try:
            try:
                raise NotFound
            except NotFound as error:
                raise psycopg.errors.UniqueViolation("Key (name)=(张三)") from error
        except psycopg.Error as error:
            raise RuntimeError("张三") from error
    except RuntimeError as error:
        return error


def test_errors_logged_the_ordinary_way_are_told_alike() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), (RuntimeError, RuntimeError("张三"), None))

    line = json.loads(JsonFormatter().format(record))

    assert line["error"] == {"type": "RuntimeError", "at": []}
