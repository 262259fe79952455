"""`xiuhua pack` from a shell: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "xiuhua"


def run(*words: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run([PROGRAM, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    assert run("pack", "new", "demo", "--dir", tmp_path)[0] == 0
    return tmp_path / "demo"


def test_help_names_every_room() -> None:
    code, said, _ = run("--help")
    assert code == 0
    assert "pack " in said and "--data" in said and "--lang" in said


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'cel', 'ruamel', 'pydantic', 'psycopg', 'rich', 'fastapi', 'shapely', 'numpy'}"
    script = f"import sys, xiuhua.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_whole_library_is_checked_without_a_path() -> None:
    code, said, _ = run("pack", "check")
    assert code == 0
    assert said.endswith("0 errors\n")


def test_a_new_pack_passes(demo: Path) -> None:
    assert run("pack", "check", demo)[:2] == (0, "1 packs checked, 0 errors\n")
    code, said, _ = run("pack", "test", demo)
    assert (code, said.splitlines()[-1]) == (0, "9 passed, 0 failed")


def test_every_error_is_told_with_its_place(demo: Path) -> None:
    path = demo / "procedures.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "from: [open]\n      to: assigned", "form: [open]\n      to: assign"
    )
    path.write_text(text, encoding="utf-8")
    code, said, _ = run("pack", "check", demo)
    assert code == 1
    assert (
        "procedures.yaml:59:7  demo_order.actions.assign.form\n    unknown key 'form'\n    → did you mean 'from'?"
        in said
    )
    assert "procedures.yaml:60:11  demo_order.actions.assign.to\n    there is no state 'assign'" in said
    assert said.endswith("1 packs checked, 2 errors in 1 packs\n")
    assert "是不是“from”？" in run("--lang", "zh", "pack", "check", demo)[1]
    assert run("pack", "test", demo)[0] == 1


def test_a_broken_promise_is_told(demo: Path) -> None:
    path = demo / "scenarios" / "main-road.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("state: done", "state: dropped"), encoding="utf-8")
    code, said, _ = run("pack", "test", demo)
    assert code == 1
    assert "failed  demo: From opening to done\n        state is done, expected dropped" in said


def test_what_no_scenario_shows_is_told(demo: Path) -> None:
    (demo / "scenarios" / "things.yaml").unlink()
    code, said, _ = run("pack", "test", demo)
    told = [line for line in said.splitlines() if line.startswith("unshown")]
    assert code == 0
    assert told == [
        f"unshown  demo: no scenario shows the {kind} demo_{name}"
        for kind, name in (
            ("register", "thing"), ("checklist", "round"), ("plan", "weekly_round"), ("rule", "unchecked"),
            ("document", "monthly_note"), ("appraisal", "units"),
        )
    ]  # fmt: skip


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    code, said, _ = run("pack", "check", tmp_path)
    assert code == 1
    assert "has no pack.yaml" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pack", "new", "Not-A-Name"], 1, "error: 'Not-A-Name' is no name of a pack"),
        (["pack", "check", "nowhere"], 2, "Directory 'nowhere' does not exist"),
        (["pack", "chek"], 2, "No such command 'chek'"),
        (["nonsense"], 2, "No such command 'nonsense'"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    ended, _, errors = run(*words, cwd=tmp_path)
    assert ended == code
    assert said in errors
    assert "Traceback" not in errors


def test_schemas_are_written(tmp_path: Path) -> None:
    code, said, _ = run("pack", "schema", "--dir", tmp_path)
    assert (code, said.splitlines()[-1]) == (0, "13 changed")
    assert json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))["$id"] == "urn:xiuhua:pack:rules"
    assert run("pack", "schema", "--dir", tmp_path)[1] == "0 changed\n"


def test_packs_are_listed(demo: Path) -> None:
    code, said, _ = run("pack", "list", demo)
    assert code == 0
    assert "demo" in said and "1 procedures" in said
