"""Structured logs: one JSON object a line on stderr, with the request's id, and nothing personal in it.

No bodies, no query strings, no texts of exceptions that may repeat what a person has typed: of an unforeseen
error the type and the places in the code are logged, and the number that the person was told.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import RLock
from typing import Any, Final, cast

import orjson

from xiuhua.platform.errors import XiuhuaError

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that this task or thread works for."""
_log = logging.getLogger("xiuhua")
_FRAMES: Final = 12
_ours: Final[list[logging.StreamHandler[Any]]] = []
"""Where lines go once this process is configured."""


class JsonFormatter(logging.Formatter):
    """`at`, `level`, `logger`, `message`, `request` and whatever stands in `extra={"fields": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        fields = dict(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"] = described(record.exc_info[1])
        return _line(record.created, record.levelname.lower(), record.name, record.getMessage(), fields)


def _line(at: float, level: str, logger: str, message: str, fields: Mapping[str, Any]) -> str:
    line = {
        "at": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
        "level": level, "logger": logger, "message": message,
    }  # fmt: skip
    if request := request_id.get():
        line["request"] = request
    return orjson.dumps({**line, **fields}, default=str).decode()


def configure(level: str = "info") -> None:
    """Send all logs of this process to stderr as JSON; uvicorn's own access log is replaced by ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = _ours[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], name != "uvicorn.access"
    logging.getLogger("httpx").setLevel(logging.WARNING)


def log_request(method: str, path: str, status: int, duration_ms: float) -> None:
    """One line for a request; `path` is the route's pattern, not what stood in its place."""
    if not _log.isEnabledFor(logging.INFO):
        return
    fields = {"method": method, "path": path, "status": status, "ms": round(duration_ms, 2)}
    if (handlers := logging.getLogger().handlers) == _ours and not _log.handlers:
        # Every request writes one: the way of a record through the library costs more than its line.
        line = _line(time.time(), "info", _log.name, "request", fields)
        with cast("RLock", handlers[0].lock), suppress(OSError, ValueError):
            _ours[0].stream.write(line + "\n")
            _ours[0].stream.flush()
        return
    record = _log.makeRecord(_log.name, logging.INFO, "", 0, "request", (), None, extra={"fields": fields})
    _log.handle(record)


def log_exception(error: BaseException) -> str:
    """Write down an error that nobody foresaw; returns the id by which it is found."""
    id = request_id.get() or secrets.token_hex(8)
    _log.error("unforeseen", extra={"fields": {"id": id, "error": described(error)}})
    return id


def described(error: BaseException) -> dict[str, Any]:
    """Type, places and, of our own errors only, the message; causes behind it likewise."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    found: dict[str, Any] = {"type": type(error).__name__, "at": places}
    if isinstance(error, XiuhuaError):
        found["message"] = str(error)
    if state := getattr(error, "sqlstate", None):
        found["sqlstate"] = state
    cause = error.__cause__ or error.__context__
    return found if cause is None else {**found, "cause": described(cause)}
