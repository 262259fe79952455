"""The floors of docs/architecture.md: a room imports only from floors below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "xiuhua"
FLOORS = (
    ("platform",),
    ("packs",),
    ("city",),
    ("flow",),
    ("loop", "records", "proceedings"),
    ("sensing", "checks", "notices", "shifts", "public"),
    ("plans", "documents"),
    ("exchange", "insight", "operations", "rules"),
    ("http", "simulate", "cli", "gateways"),
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
JOINTS = {"bootstrap", "worker", "__init__"}
"""Files beside the rooms: the bootstrap joins all floors, the worker runs above them."""
# `http` serves what the bootstrap mounts; `simulate` and `cli` stand above it and may start a server.
ALLOWED_AMONG_TOP = {("simulate", "http"), ("cli", "http"), ("cli", "simulate")}


def imports_of(path: Path) -> set[str]:
    """The rooms that a file imports from, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "xiuhua":
            names = [f"xiuhua.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("xiuhua.")}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


FILES = sorted(path for path in SOURCE.rglob("*.py") if room_of(path) not in JOINTS)


def test_every_room_stands_on_a_floor() -> None:
    assert {room_of(path) for path in FILES} <= set(LEVEL)


@pytest.mark.parametrize("room", sorted({room_of(path) for path in FILES}))
def test_a_room_imports_only_from_floors_below(room: str) -> None:
    wrong = {
        f"{path.relative_to(SOURCE)} imports {other}"
        for path in FILES
        if room_of(path) == room
        for other in imports_of(path) - {room, "__version__"}
        if other in LEVEL and LEVEL[other] >= LEVEL[room] and (room, other) not in ALLOWED_AMONG_TOP
    }

    assert not wrong


def test_only_the_top_floor_knows_the_bootstrap() -> None:
    top = set(FLOORS[-1])
    below = {str(path.relative_to(SOURCE)) for path in FILES if room_of(path) not in top and imports_of(path) & JOINTS}

    assert not below


def test_models_do_no_input_or_output() -> None:
    forbidden = {"psycopg", "httpx", "fastapi", "uvicorn", "socket", "subprocess"}
    wrong = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in FILES
        if path.name == "model.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        if name.split(".")[0] in forbidden
    }

    assert not wrong
