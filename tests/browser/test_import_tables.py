"""The import wizard into a register and a ledger: what would change is shown before it does; files out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import DESK, Office, Size, accessible, in_every_sight, shot

from xiuhua.platform.jobs.runner import Runner
from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"import": "批量导入", "bring": "导入", "into": "导入到", "toilets": "公厕", "template": "下载模板",
           "datum": "坐标基准", "wgs84": "WGS 84（GPS）", "try": "核对前 200 行", "start": "开始导入",
           "done": "导入完成",
           "back": "查看台账", "fetch": "下载拒收的 1 行", "wrong": "没有单位“nobody”", "number": "编号",
           "export": "导出", "geojson": "导出 GeoJSON", "xlsx": "导出 Excel"},
    "en": {"import": "Import", "bring": "Import", "into": "Into", "toilets": "Public toilet", "template": "Template",
           "datum": "Datum", "wgs84": "WGS 84 (GPS)", "try": "Check the first 200 rows", "start": "Import",
           "done": "Imported",
           "back": "To the register", "fetch": "The 1 rejected row as a file", "wrong": "there is no unit 'nobody'",
           "number": "Number", "export": "Export", "geojson": "Export GeoJSON", "xlsx": "Export Excel"},
}  # fmt: skip
TITLES: Final = ("编号", "名称", "等级（类）", "开放时间", "管护单位", "经度", "纬度")
KEEPS: Final = "unit_officer"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Things in the registers."""
    things.make(lived_town.services, lived_town.city)
    yield


def book(path: Path, *rows: tuple[Any, ...]) -> Path:
    """A table of toilets below a heading."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [("公厕普查表",), TITLES, *rows]:
        sheet.append(row)
    made.save(path)
    return path


def toilet(number: str, hours: str, upkeep: str = "sanitation") -> tuple[Any, ...]:
    return number, f"公厕{number}", "一类", hours, upkeep, 105.3123, 29.1045


def sent(page: Page, path: Path, words: dict[str, str]) -> None:
    """A file in the wizard, its columns confirmed."""
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator(".field-pick").first).to_be_visible()
    page.get_by_label(words["datum"]).click()
    page.get_by_title(words["wgs84"]).click()


@in_every_sight
def test_what_would_change_is_shown_before_it_does(
    office: Office, tmp_path: Path, language: str, size: Size, look: Any
) -> None:
    words, mark = WORDS[language], f"{language}-{size[0]}"
    new, known = f"N-{mark}", f"K-{mark}"
    keeper = office.town.client("officer-sanitation")
    place = {"lon": 105.3123, "lat": 29.1045}
    fields = {"number": known, "name": f"公厕{known}", "grade": "first", "upkeep": "sanitation", "hours": "6:00-22:00"}
    assert keeper.post("/api/registers/toilet/records", json={"fields": fields, "place": place}).status_code == 201
    path = book(tmp_path / "公厕.xlsx", toilet(new, "全天"), toilet(known, "7:00-21:00"), toilet("X", "全天", "nobody"))

    page = office.signed_in(KEEPS, language, size, "/registers/toilet", color_scheme=look)
    page.get_by_role("button", name=words["bring"]).click()
    expect(page.get_by_role("heading", level=1, name=words["import"])).to_be_visible()
    expect(page.locator(".into")).to_contain_text(words["toilets"])
    with page.expect_download() as download:
        page.get_by_role("link", name=words["template"]).click()
    titles = [
        cell.value for cell in openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0][1]
    ]
    assert titles[0] == words["number"]
    shot(page, f"import-into-{mark}")
    accessible(page)

    sent(page, path, words)
    shot(page, f"import-register-columns-{mark}")
    accessible(page)
    page.get_by_role("button", name=words["try"]).click()
    expect(page.locator("ins")).to_have_text(["7:00-21:00"])
    expect(page.locator("del")).to_have_text(["6:00-22:00"])
    expect(page.locator("tr.bad")).to_contain_text(words["wrong"])
    shot(page, f"import-register-check-{mark}")
    accessible(page)
    assert keeper.get(f"/api/registers/toilet/keys/{new}").status_code == 404

    page.get_by_role("button", name=words["start"], exact=True).click()
    expect(page.locator(".progress")).to_be_visible()
    Runner(office.town.services).run_due()
    expect(page.get_by_text(words["done"], exact=True)).to_be_visible()
    expect(page.locator(".tally dd")).to_have_text(["1", "1", "0", "1", "0"])
    shot(page, f"import-register-result-{mark}")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=words["fetch"]).click()
    assert "nobody" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("link", name=words["back"]).click()
    expect(page).to_have_url(re.compile("/registers/toilet"))
    assert keeper.get(f"/api/registers/toilet/keys/{known}").json()["fields"]["hours"] == "7:00-21:00"


def test_all_rows_of_a_long_table_are_looked_at_by_a_job(office: Office, tmp_path: Path) -> None:
    words = WORDS["zh"]
    rows = [toilet(f"L{n:04}", "全天", "nobody" if n % 100 == 99 else "sanitation") for n in range(450)]
    page = office.signed_in(KEEPS, path="/import?of=register:toilet")
    sent(page, book(tmp_path / "长表.xlsx", *rows), words)
    page.get_by_role("button", name=words["try"]).click()
    expect(page.get_by_text("这是前 200 行，尚未导入。")).to_be_visible()
    expect(page.get_by_role("button", name="停止核对")).to_be_visible()
    shot(page, "import-checking")

    page.get_by_role("button", name="停止核对").click()
    page.get_by_role("button", name="核对全部行").click()
    expect(page.get_by_role("button", name="停止核对")).to_be_visible()
    Runner(office.town.services).run_due()
    expect(page.get_by_text("450 行：新增 446，修改 0，已有 0，拒收 4")).to_be_visible()
    shot(page, "import-checked")
    accessible(page)
    page.reload()
    expect(page.get_by_text("450 行：新增 446，修改 0，已有 0，拒收 4")).to_be_visible()
    page.locator(".fates").get_by_text("拒收 4").click()
    expect(page.locator("tr.bad")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载将被拒收的 4 行").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 5

    page.get_by_role("button", name=words["start"], exact=True).click()
    expect(page.locator(".progress")).to_be_visible()
    Runner(office.town.services).run_due()
    expect(page.locator(".tally dd")).to_have_text(["446", "0", "0", "4", "0"])


def test_a_table_of_work_goes_into_its_ledger_and_out_again(office: Office, tmp_path: Path) -> None:
    words = WORDS["en"]
    path = tmp_path / "work.csv"
    path.write_text("日期,数量,管道类别\n2026-01-05,1.2km,污水\n2026-01-06,5吨,污水\n", encoding="utf-8")
    page = office.signed_in("supervisor", "en", DESK, "/ledgers/drain_dredged")
    page.get_by_role("button", name=words["bring"]).click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name=words["try"]).click()
    expect(page.locator("tr.bad")).to_contain_text("is not measured in m")
    shot(page, "import-ledger-check-en")
    page.get_by_role("button", name=words["start"], exact=True).click()
    expect(page.locator(".progress")).to_be_visible()
    Runner(office.town.services).run_due()
    expect(page.locator(".tally dd")).to_have_text(["1", "0", "1", "0"])
    page.get_by_role("link", name="To the ledger").click()
    expect(page).to_have_url(re.compile("/ledgers/drain_dredged"))
    shot(page, "ledger-buttons-en")

    page.get_by_role("button", name=words["export"]).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=words["xlsx"]).click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert ("2026-01-05", 1200) in [row[:2] for row in sheet.iter_rows(values_only=True)]


def test_a_register_is_taken_out_as_it_is_narrowed_down(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(KEEPS, path="/registers/toilet?q=WC-003")
    expect(page.locator("tbody a.number")).to_have_text(["WC-003"])
    for name, read in ((words["geojson"], lambda text: len(re.findall('"Feature"', text))),
                       ("导出 CSV", lambda text: len(list(csv.reader(io.StringIO(text)))) - 1)):  # fmt: skip
        page.get_by_role("button", name=words["export"]).click()
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert read(download.value.path().read_text(encoding="utf-8-sig")) == 1
    shot(page, "register-buttons-zh")


def test_who_keeps_nothing_is_offered_no_import(office: Office) -> None:
    page = office.signed_in("leader", path="/registers/toilet")
    expect(page.get_by_role("button", name="导出")).to_be_visible()
    expect(page.get_by_role("button", name="批量导入")).to_have_count(0)
