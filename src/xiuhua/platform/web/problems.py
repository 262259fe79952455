"""One shape for everything that goes wrong: problem+json (RFC 9457), in the reader's language.

The one table from error class to status stands here; the domain knows none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from xiuhua.platform import errors
from xiuhua.platform.logging import log_exception, request_id
from xiuhua.platform.web.language import negotiate
from xiuhua.platform.wording import Code, say, why

MEDIA_TYPE: Final = "application/problem+json"
STATUS: Final[dict[type[errors.XiuhuaError], int]] = {
    errors.NotFound: 404,
    errors.Invalid: 422,
    errors.NotAllowed: 403,
    errors.NotSignedIn: 401,
    errors.NotNow: 409,
    errors.ConditionUnmet: 409,
    errors.Conflict: 409,
    errors.AlreadyDone: 422,
    errors.TooMany: 429,
    errors.TooLarge: 413,
    errors.MethodNotAllowed: 405,
    errors.PackInvalid: 422,
    errors.DatabaseUnavailable: 503,
    errors.MediaUnavailable: 503,
    errors.SettingsWrong: 500,
    errors.DataFolderUnusable: 500,
    errors.LogBroken: 500,
    errors.Internal: 500,
}
"""A class not listed has the status of its nearest base; `Conflict` under `If-Match` is 412."""
_FROM_STATUS: Final[dict[int, type[errors.XiuhuaError]]] = {
    400: errors.Invalid,
    401: errors.NotSignedIn,
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.TooLarge,
}
_RACES: Final = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
)


def install(app: FastAPI, default: Code) -> None:
    """Give an app the one shape for every error; `default` is the language of readers who ask for none."""

    async def on_error(request: Request, error: Exception) -> Response:
        return answer(request, translate(error), default)

    async def on_unforeseen(request: Request, _: Exception) -> Response:
        # Written down by the edge, which it goes on to.
        return answer(request, errors.Internal(id=request_id.get()), default)

    app.add_exception_handler(Exception, on_unforeseen)
    for kind in (errors.XiuhuaError, RequestValidationError, HTTPException, psycopg.Error):
        app.add_exception_handler(kind, on_error)


def translate(error: Exception) -> errors.XiuhuaError:
    """Any error as one of ours; those that nobody foresaw become `Internal`, and are written down."""
    if isinstance(error, errors.XiuhuaError):
        return error
    if isinstance(error, RequestValidationError):
        return errors.Invalid(errors=[_field_error(fault) for fault in error.errors()])
    if isinstance(error, HTTPException) and isinstance(error.detail, errors.XiuhuaError):
        return error.detail
    if isinstance(error, HTTPException):
        kind = _FROM_STATUS.get(error.status_code, errors.Invalid if error.status_code < 500 else errors.Internal)
        return kind(headers=dict(error.headers or {}), status=error.status_code)
    if isinstance(error, _RACES):
        return errors.Conflict()
    if isinstance(error, psycopg.DataError):
        # Texts with NUL, numbers beyond the column: nothing that validation could not have said.
        return errors.Invalid("A value cannot be kept in the database.")
    if isinstance(error, psycopg.OperationalError):
        log_exception(error)
        return errors.DatabaseUnavailable()
    return errors.Internal(id=log_exception(error))


def answer(request: Request, error: errors.XiuhuaError, default: Code = "zh") -> Response:
    """The problem of one error as a response."""
    language = negotiate(request.headers.get("accept-language", ""), default)
    params = dict(error.params)
    headers: dict[str, str] = dict(params.pop("headers", {}))
    status = params.pop("status", None) or status_of(type(error))
    if isinstance(error, errors.Conflict) and "if-match" in request.headers:
        status = 412
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after_s" in params or status == 503:
        headers["Retry-After"] = str(params.get("retry_after_s", 2))
    headers["Content-Language"] = "zh-CN" if language == "zh" else "en"
    body = problem(error, status, params, language)
    if number := request_id.get():
        body["request"] = number
    return Response(orjson.dumps(body, default=str), status, headers, MEDIA_TYPE)


def problem(error: errors.XiuhuaError, status: int, params: Mapping[str, Any], language: Code) -> dict[str, Any]:
    """The members of a problem: those of RFC 9457, then `code`, `errors` and what the error carries."""
    code = error.code()
    title = say("errors", code, language) or error.message()
    detail = title if error.detail == error.message() else error.detail
    found = [_told(fault, language) for fault in params.get("errors", ())]
    others = {name: value for name, value in params.items() if name != "errors"}
    standard = {"type": f"urn:xiuhua:error:{code}", "title": title, "status": status, "detail": detail}
    return {**others, **standard, "code": code, "errors": found}


def status_of(kind: type[errors.XiuhuaError]) -> int:
    """The status of an error class."""
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def _field_error(fault: Mapping[str, Any]) -> dict[str, Any]:
    """A fault that Pydantic found; what was put in is not repeated, it may be personal."""
    place = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    context = {name: value for name, value in fault.get("ctx", {}).items() if isinstance(value, int | float | str)}
    error = {"field": place, "in": str(fault["loc"][0]), "reason": fault["type"], "why": fault["msg"]}
    return {**error, "limits": context} if context else error


def _told(fault: Any, language: Code) -> Any:
    """A fault with its reason in the reader's language, where there is a text for the reason."""
    return {**fault, "why": why(fault, language)} if isinstance(fault, dict) and "why" in fault else fault
