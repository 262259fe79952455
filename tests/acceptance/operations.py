"""Requests made from the API's own description: for each operation one that is well formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

BYTES: Final = "application/offset+octet-stream"
"""A part of a file, as tus sends it."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API as its description tells it."""

    id: str
    method: str
    path: str
    told: dict[str, Any]
    schemas: dict[str, Any]

    @property
    def permission(self) -> str | None:
        """The permission that the description names."""
        return self.told.get("x-permission")

    @property
    def needs_sign_in(self) -> bool:
        """Whether it says so."""
        return bool(self.told.get("security"))

    def call(self, client: httpx.Client, given: Mapping[str, Any]) -> httpx.Response:
        """Ask; `given` are values of parameters, and `body` where the description makes no whole one."""
        values: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
        for one in self.told.get("parameters", ()):
            if one.get("required") or one["name"] in given:
                values[one["in"]][one["name"]] = given.get(one["name"], self._of(one))
        body = self._body(given)
        headers = {name: str(value) for name, value in values["header"].items()} | body.pop("headers", {})
        path = self.path.format_map(values["path"])
        with client.stream(self.method, path, params=values["query"], headers=headers, **body) as answer:
            if not answer.headers.get("content-type", "").startswith("text/event-stream"):  # that has no end
                answer.read()
            return answer

    def _body(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the client is to send, and the headers that go with it."""
        content = self.told.get("requestBody", {}).get("content", {})
        if BYTES in content:
            return {"content": b"nothing", "headers": {"Content-Type": BYTES}}
        if "multipart/form-data" in content:
            return self._form(content["multipart/form-data"]["schema"])
        if not content:
            return {}
        schema = content["application/json"]["schema"]
        return {"json": given["body"] if "body" in given else sample(schema, self.schemas)}

    def _form(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Fields and files of a form; nothing in a file is what it should be."""
        whole = self.schemas[schema["$ref"].rpartition("/")[2]]
        told = {name: whole["properties"][name] for name in whole["required"]}
        files = {name: one for name, one in told.items() if "contentMediaType" in (one.get("items") or one)}
        return {
            "files": [(name, ("x.bin", b"nothing")) for name in files],
            "data": {name: str(sample(one, self.schemas)) for name, one in told.items() if name not in files},
        }

    def _of(self, parameter: dict[str, Any]) -> Any:
        if "example" in parameter:
            return parameter["example"]
        return sample(parameter["schema"], self.schemas)


def operations(description: dict[str, Any]) -> Iterator[Operation]:
    """Every operation below `/api`."""
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            if path.startswith("/api/"):
                yield Operation(told["operationId"], method.upper(), path, told, description["components"]["schemas"])


def sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """A value that fits: an example where there is one, else the least that is demanded."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    if "anyOf" in schema:
        return sample(next(one for one in schema["anyOf"] if one.get("type") != "null"), schemas)
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: sample(schema["properties"][name], schemas) for name in schema.get("required", ())}
    if kind == "array":
        return [sample(schema["items"], schemas)] * schema.get("minItems", 0)
    return {
        "string": _FORMATS.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1))),
        "integer": schema.get("minimum", 1),
        "number": schema.get("minimum", 1),
        "boolean": False,
    }[kind]


_FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00"}
