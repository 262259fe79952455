"""What is written down about packs is what the grammar says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from xiuhua.loop import calls
from xiuhua.packs import jsonschema, reference, yaml
from xiuhua.packs.known import CALLS, LIMIT_KINDS
from xiuhua.packs.loader import LIBRARY
from xiuhua.packs.pack import KINDS
from xiuhua.packs.validate import CHECKS
from xiuhua.records.ledgers.service import CALL
from xiuhua.simulate import profiles

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "packs.md").read_text(encoding="utf-8")
SCHEMAS = jsonschema.schemas()


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_current_and_valid(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    kept = ROOT / "docs" / "reference" / "schemas" / name
    assert kept.read_text(encoding="utf-8") == jsonschema.written(SCHEMAS[name]), "run: xiuhua pack schema"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in (ROOT / "docs" / "reference" / "schemas").iterdir()} == {
        *SCHEMAS,
        profiles.SCHEMA_FILE,
    }


def files_of_library() -> list[Path]:
    return sorted(path for path in LIBRARY.glob("*/**/*.yaml") if path.name != "calendars.yaml")


@pytest.mark.parametrize("path", files_of_library(), ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_the_library_fits_the_schemas(path: Path) -> None:
    document, _ = yaml.read(path.read_bytes(), path.name)
    assert document is not None
    top = path.relative_to(LIBRARY).parts[1].removesuffix(".yaml")
    Draft202012Validator(SCHEMAS[f"{top}.json"]).validate(json.loads(json.dumps(document.data)))


def test_the_tables_of_the_page_are_current() -> None:
    assert reference.refreshed(PAGE) == PAGE, "run: xiuhua pack schema --page docs/reference/packs.md"


def test_every_model_has_its_table_and_heading() -> None:
    assert reference.tables_in(PAGE) == set(reference.models())
    assert set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == set(reference.models())


def test_every_check_file_and_limit_is_named() -> None:
    names = {check.__module__.rpartition(".")[2] for check in CHECKS} | set(LIMIT_KINDS)
    names |= {f"{kind}.yaml" for kind in KINDS}
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []


def test_every_key_says_what_it_means() -> None:
    bare = [
        f"{name}.{field}"
        for name, model in reference.models().items()
        for field, info in model.model_fields.items()
        if not info.description and field not in ("title",)
    ]
    assert bare == []


def test_the_calls_that_packs_may_name_are_those_of_the_kernel() -> None:
    assert calls.NAMES | {"begin_child", CALL} == CALLS
