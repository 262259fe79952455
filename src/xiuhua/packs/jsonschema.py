"""JSON Schema (2020-12) of every file of a pack, for editors that complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from xiuhua.packs.common import Name, PackHead
from xiuhua.packs.pack import KINDS
from xiuhua.packs.scenario import Scenario

_DIALECT: Final = GenerateJsonSchema.schema_dialect


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema: `pack.json`, one for each of the ten kinds, `scenarios.json`."""
    adapters: dict[str, TypeAdapter[Any]] = {"pack": TypeAdapter(PackHead)}
    for kind, model in KINDS.items():
        adapters[kind] = TypeAdapter(dict[Name, model])  # type: ignore[valid-type]
    adapters["scenarios"] = TypeAdapter(Scenario | list[Scenario])
    return {f"{name}.json": _schema(name, adapter) for name, adapter in adapters.items()}


def _schema(name: str, adapter: TypeAdapter[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = _closed(adapter.json_schema(by_alias=True))
    head = {"$schema": _DIALECT, "$id": f"urn:xiuhua:pack:{name}", "title": f"{name}.yaml of a Xiuhua pack"}
    return {**head, **{key: value for key, value in schema.items() if key != "title"}}


def _closed(schema: Any) -> Any:
    """The same, with names that do not fit their pattern refused instead of ignored."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {**closed, "additionalProperties": False} if "patternProperties" in closed else closed


def written(schema: dict[str, Any]) -> str:
    """The text of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas into a folder; gives those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in schemas().items():
        path, text = folder / name, written(schema)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
