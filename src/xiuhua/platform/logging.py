"""Structured logs: one JSON object a line on stderr, with the request's id, and nothing personal in it.

No bodies, no query strings, no texts of exceptions that may repeat what a person has typed: of an unforeseen
error the type and the places in the code are logged, and the number that the person was told.
"""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from xiuhua.platform.errors import XiuhuaError

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that this task or thread works for."""
_log = logging.getLogger("xiuhua")
_FRAMES: Final = 12


class JsonFormatter(logging.Formatter):
    """`at`, `level`, `logger`, `message`, `request` and whatever stands in `extra={"fields": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request"] = request
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = described(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def configure(level: str = "info") -> None:
    """Send all logs of this process to stderr as JSON; uvicorn's own access log is replaced by ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
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
    # Made by hand, since looking up where it was called from would be half of its cost.
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
