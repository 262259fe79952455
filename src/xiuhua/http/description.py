"""What OpenAPI says of every operation alike: how one signs in, and the shape of every problem."""

from __future__ import annotations

from typing import Any, Final

PROBLEM: Final = {
    "title": "Problem",
    "description": "Every error, in the reader's language (RFC 9457). Codes: docs/reference/errors.md.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    },
    "example": {
        "type": "urn:xiuhua:error:invalid",
        "title": "填写有误，请按列出的各项改正。",
        "status": 422,
        "detail": "填写有误，请按列出的各项改正。",
        "code": "invalid",
        "errors": [{"field": "name", "in": "body", "reason": "missing", "why": "必填"}],
    },
}
SCHEMES: Final = {
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-xiuhua"},
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "xh_<city>_<secret>"},
}
_ANSWER: Final = {
    "description": "Problem",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """Complete a description in place; FastAPI's own shape for validation errors goes, ours comes."""
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    components["securitySchemes"] = SCHEMES
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = _ANSWER
    return schema
