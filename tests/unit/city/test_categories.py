"""Catalogues of the packs, keys, mappings and look-ups."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import xiuhua.packs
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.model import Category, CodeMapping, How, Key, Kind, Season, Status, Trust, parse_key
from xiuhua.city.categories.standards_import import StandardPack, mapping_errors, read_pack
from xiuhua.packs import yaml
from xiuhua.packs.common import PackHead
from xiuhua.platform.errors import Invalid, NotFound

LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
NAMES = ("gbt47678-5", "gbt30428-2", "cjt214", "example-case-standards")
NEW, OLD, OLDEST = "GB/T 47678.5", "GB/T 30428.2", "CJ/T 214-2007"


@pytest.fixture(scope="module")
def packs() -> dict[str, StandardPack]:
    return {name: read_pack(LIBRARY / name) for name in NAMES}


@pytest.fixture(scope="module")
def catalogue(packs: dict[str, StandardPack]) -> Catalogue:
    return Catalogue(
        (one for pack in packs.values() for one in pack.categories),
        (one for pack in packs.values() for one in pack.mappings),
    )


def row(code: str, name: str = "a", standard: str = "S", kind: Kind = Kind.PART) -> Category:
    return Category(standard, kind, code, name, code[:2], "class")


def to(old: str, new: str, how: How = How.MOVED) -> CodeMapping:
    return CodeMapping(old, new, how, Trust.INFERRED)


def test_the_standard_of_2026_has_403_rows(packs: dict[str, StandardPack]) -> None:
    rows = packs["gbt47678-5"].categories
    kinds = Counter((one.kind, bool(one.of)) for one in rows)

    assert len(rows) == 403 == len({one.key for one in rows})
    assert kinds == {(Kind.PART, False): 153, (Kind.MATTER, True): 153, (Kind.MATTER, False): 97}


def test_every_part_of_2026_has_one_fault(catalogue: Catalogue) -> None:
    parts = [one for one in catalogue if (one.standard, one.kind) == (NEW, Kind.PART)]
    faults = {one.key: catalogue.fault_of(one.key) for one in parts}

    assert all(fault and fault.code == key[-5:] for key, fault in faults.items())
    assert all(fault and (part := catalogue.part_of(fault.key)) and part.key == key for key, fault in faults.items())
    assert catalogue.part_of(f"{NEW}/matter/06001") is None


@pytest.mark.parametrize("name", NAMES)
def test_heads_of_the_packs(name: str) -> None:
    document, problems = yaml.read((LIBRARY / name / "pack.yaml").read_bytes(), "pack.yaml")

    assert document is not None and problems == []
    head = PackHead.model_validate(document.data)
    assert (head.name, head.version) == (name, 1) and head.source and set(head.needs) <= set(NAMES)


def test_classes_and_their_sizes(catalogue: Catalogue) -> None:
    sizes = {(one.kind, one.code): one.size for one in catalogue.classes() if one.standard == NEW}

    assert [sizes[Kind.PART, f"{n:02}"] for n in range(1, 6)] == [76, 44, 16, 14, 3]
    assert [sizes[Kind.MATTER, f"{n:02}"] for n in range(1, 11)] == [76, 44, 16, 14, 3, 51, 7, 16, 21, 2]


@pytest.mark.parametrize(
    ("name", "parts", "matters"),
    [("gbt30428-2", 109, 76), ("cjt214", 59, 54), ("example-case-standards", 26, 32)],
)
def test_sizes_of_the_other_packs(packs: dict[str, StandardPack], name: str, parts: int, matters: int) -> None:
    rows = packs[name].categories
    kinds = Counter(one.kind for one in rows)

    assert (kinds[Kind.PART], kinds[Kind.MATTER]) == (parts, matters)
    assert len({one.key for one in rows}) == len(rows)


def test_every_row_names_its_source_and_has_both_names(catalogue: Catalogue) -> None:
    assert all(one.source and one.name_en and one.class_name_en and one.kind_word for one in catalogue)
    assert {one.kind_word for one in catalogue if one.standard == OLD} == {"部件", "事件"}
    assert {one.status for one in catalogue if one.standard == NEW} == {Status.IN_FORCE}


def test_local_codes_count_down_and_bear_a_local_standard(packs: dict[str, StandardPack]) -> None:
    rows = packs["example-case-standards"].categories

    assert {one.standard.partition(":")[0] for one in rows} == {"local"}
    assert min(int(one.code[2:]) for one in rows) == 78


def test_a_kind_and_a_standard_are_part_of_the_key(catalogue: Catalogue) -> None:
    names = {
        key: catalogue.category(key).name
        for key in (f"{OLDEST}/part/0114", f"{OLD}/part/0114", f"{OLD}/matter/0114", f"{NEW}/matter/01014")
    }

    assert list(names.values()) == ["不明井盖", "园林井盖", "道路遗撒", "园林井盖异常"]


@pytest.mark.parametrize("text", ["GB/T 47678.5/matter/08014", "CJ/T 214-2007/part/0114", "local:990101/part/0199"])
def test_keys_read_back(text: str) -> None:
    key = parse_key(text)

    assert isinstance(key, Key) and key.text == text


@pytest.mark.parametrize("text", ["", "0114", "GB/T 47678.5/event/08014", "/part/0114", "S/part/11", "S/part/01x4"])
def test_what_is_no_key(text: str) -> None:
    assert parse_key(text) is None


def test_both_ends_of_every_mapping_exist(packs: dict[str, StandardPack], catalogue: Catalogue) -> None:
    mappings = [one for pack in packs.values() for one in pack.mappings]

    assert mapping_errors(mappings, {one.key: one for one in catalogue}) == []
    assert {one.old for one in packs["gbt30428-2"].mappings} == {one.key for one in packs["gbt30428-2"].categories}


def test_54_of_the_56_national_matters_of_the_city_keep_their_position(
    packs: dict[str, StandardPack],
) -> None:
    used = [
        one for one in packs["gbt30428-2"].categories
        if one.kind is Kind.MATTER and one.trust is Trust.CITY_DOCUMENT and one.class_code <= "04"
    ]  # fmt: skip
    went = {one.old: one for one in packs["gbt30428-2"].mappings}
    moved = {"01": "06", "02": "07", "03": "08", "04": "09"}
    kept = [one for one in used if went[one.key].new == f"{NEW}/matter/{moved[one.class_code]}0{one.code[2:]}"]

    assert (len(kept), len(used)) == (54, 56)
    assert {one.code for one in used if went[one.key].how is How.DROPPED} == {"0131", "0205"}


def test_all_61_parts_of_the_city_keep_their_position(packs: dict[str, StandardPack]) -> None:
    used = {one.key for one in packs["gbt30428-2"].categories if one.trust is Trust.CITY_DOCUMENT}
    parts = [one for one in packs["gbt30428-2"].mappings if one.old in used and "/part/" in one.old]
    kept = [one for one in parts if one.new == f"{NEW}/part/{one.old[-4:-2]}0{one.old[-2:]}"]

    assert len([one for one in kept if one.old[-4:-2] < "05"]) == 61
    assert {one.old[-4:]: one.new[-5:] for one in parts if one not in kept} == {
        "0504": "", "0506": "01069", "0507": "01070", "0508": "01071",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "newest"),
    [
        (f"{OLDEST}/part/0114", f"{NEW}/part/01023"),
        (f"{OLDEST}/matter/0511", f"{NEW}/matter/06007"),
        (f"{OLD}/matter/0507", f"{NEW}/matter/10001"),
        (f"{OLD}/part/0506", f"{NEW}/part/01069"),
        (f"{OLD}/matter/0131", f"{OLD}/matter/0131"),
        (f"{OLDEST}/part/0117", f"{OLDEST}/part/0117"),
        ("local:140800/part/0192", f"{NEW}/part/01061"),
        (f"{NEW}/part/01001", f"{NEW}/part/01001"),
    ],
    ids=lambda key: key[-16:],
)
def test_old_codes_lead_to_the_newest(catalogue: Catalogue, old: str, newest: str) -> None:
    assert catalogue.newest(old).key == newest


def test_following_ends_and_stays_in_the_catalogue(catalogue: Catalogue) -> None:
    newest = {one.key: catalogue.newest(one.key).key for one in catalogue}

    assert all(newest[key] == key for key in newest.values())
    assert all(one.key in catalogue.family(one.key) for one in catalogue)
    assert all(key in catalogue for one in catalogue for key in catalogue.family(one.key))


def test_candidates_are_shown_and_not_followed(catalogue: Catalogue) -> None:
    found = catalogue.mappings("local:140800/part/0181")

    assert {one.new[-5:] for one in found} == {"06051", "06052"} and {one.how for one in found} == {How.UNSURE}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("井盖周围", None),
        ("供水井盖", f"{NEW}/part/01001"),
        ("暴露生活垃圾", f"{OLD}/matter/0110"),
        ("  Street   LIGHT ", f"{NEW}/part/01037"),
        ("08014", f"{NEW}/matter/08014"),
        (f"{OLD}/part/0101", f"{OLD}/part/0101"),
        ("游商", f"{NEW}/matter/09001"),
        ("", None),
    ],
)
def test_find(catalogue: Catalogue, text: str, first: str | None) -> None:
    assert next((one.key for one in catalogue.find(text)), None) == first


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        (f"{NEW}/matter/08041", f"{NEW}/matter/08014"),
        (f"{OLD}/part/0158", f"{OLD}/part/0157"),
        (f"{OLD}/part/01023", f"{NEW}/part/01023"),
        ("GB/T 47678.5/event/06001", f"{NEW}/matter/06001"),
        ("06001", f"{NEW}/matter/06001"),
    ],
)
def test_an_unknown_code_names_the_nearest(catalogue: Catalogue, wrong: str, near: str) -> None:
    with pytest.raises(NotFound, match="Nearest") as caught:
        catalogue.category(wrong)

    assert wrong in caught.value.detail and near in caught.value.detail


@pytest.mark.parametrize(
    ("mappings", "why"),
    [
        ([to("S/part/0101", "S/part/0999")], "no catalogue"),
        ([to("S/part/0101", "S/part/0102"), to("S/part/0102", "S/part/0101")], "leads back"),
        ([to("S/part/0101", "S/part/0102"), to("S/part/0101", "S/part/0103")], "two ways"),
    ],
)
def test_mappings_that_make_no_sense(mappings: list[CodeMapping], why: str) -> None:
    known = {one.key: one for one in (row("0101"), row("0102"), row("0103"))}

    assert any(why in str(error["why"]) for error in mapping_errors(mappings, known))


def test_a_pack_names_all_its_errors(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: broken\nversion: 1\n")
    header = (LIBRARY / "gbt47678-5" / "categories.tsv").read_text().splitlines()[0]
    good = "S\tpart\t0101\t\t01\tc\t\ta\t\t\t\tin_force\t\t\tx\tG"
    bad = "S\tevent\t1\t\t01\tc\t\t\t\t\t\told\t2026-02-30\t\tx\tZ"
    (tmp_path / "categories.tsv").write_text("\n".join([header, good, good, bad]))
    (tmp_path / "mappings.tsv").write_text("from\tto\thow\ttrust\tnote\n0101\t\tmoved\tI\t\n")

    with pytest.raises(Invalid) as caught:
        read_pack(tmp_path)

    found = {(error["file"], error["field"]) for error in caught.value.params["errors"]}
    of_rows = {("categories.tsv", name) for name in ("kind", "code", "name", "status", "valid_from", "trust")}
    assert found == of_rows | {("mappings.tsv", "from"), ("mappings.tsv", "to")}


def test_seasons_and_the_plan_of_a_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: own\nversion: 2\n")
    (tmp_path / "filing_conditions.tsv").write_text("")
    (tmp_path / "filing_sets.tsv").write_text(f"set\tstandard\nown-1\t{OLD}\n")
    (tmp_path / "seasons.tsv").write_text("name\tfirst\tlast\n种植季节\t10-15\t03-31\n")
    pack = read_pack(tmp_path)
    (tmp_path / "filing_sets.tsv").write_text("set\tstandard\nOWN 1\t\n")
    (tmp_path / "seasons.tsv").write_text("name\tfirst\tlast\n\t10-35\tspring\n")

    with pytest.raises(Invalid) as caught:
        read_pack(tmp_path)

    assert pack.plan is not None and pack.plan.seasons == {"种植季节": Season("种植季节", (10, 15), (3, 31))}
    fields = [(error["file"], error["field"]) for error in caught.value.params["errors"]]
    assert fields == [("seasons.tsv", name) for name in ("first", "last", "name")] + [
        ("filing_sets.tsv", "set"), ("filing_sets.tsv", "standard"),
    ]  # fmt: skip


@pytest.mark.shared("standards/gb47678_5.tsv")
def test_the_pack_says_what_the_source_says(packs: dict[str, StandardPack], shared: Path) -> None:
    with (shared / "standards" / "gb47678_5.tsv").open(encoding="utf-8", newline="") as file:
        source = [tuple(line.values()) for line in csv.DictReader(file, delimiter="\t")]

    rows = packs["gbt47678-5"].categories
    assert [(one.kind_word, one.code, one.class_name, one.name) for one in rows] == source
    assert {one.valid_from for one in rows} == {date(2026, 7, 1)}
