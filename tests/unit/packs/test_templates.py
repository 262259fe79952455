"""Templates of documents: what they name can be filled in, and their text goes with the declarations."""

from __future__ import annotations

import shutil
from pathlib import Path

from xiuhua.packs.check import check_path
from xiuhua.packs.loader import from_content, load_pack

GOOD = Path(__file__).parent / "good"
NOTE = "<h1>{title}</h1>\n<p>{number}</p>\n"


def demo(folder: Path, template: str) -> Path:
    """The demo pack with a template."""
    pack = Path(shutil.copytree(GOOD, folder / "packs")) / "demo"
    (pack / "templates").mkdir()
    (pack / "templates" / "note.html").write_text(template, encoding="utf-8")
    path = pack / "documents.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  template: note.html\n", encoding="utf-8")
    return pack


def test_a_template_is_kept_with_the_pack(tmp_path: Path) -> None:
    pack, problems = load_pack(demo(tmp_path, NOTE))
    assert pack is not None and problems == []

    kept = from_content(pack.content)
    assert kept.templates == {"note.html": NOTE} and kept.digest == pack.digest


def test_a_template_names_only_what_there_is(tmp_path: Path) -> None:
    pack = demo(tmp_path, NOTE + "<p>{numbr}</p>\n")
    [problem] = check_path(pack.parent).problems

    assert (problem.file, problem.line, problem.code) == ("demo/templates/note.html", 3, "no_such_placeholder")
    assert problem.params["near"] == "number"
