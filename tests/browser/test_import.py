"""The import wizard: columns guessed and confirmed, faults row by row, bad rows kept, progress, cancel."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot

from xiuhua.platform.jobs.runner import Runner

HEADER = ["工单编号", "受理时间", "诉求内容", "来电人", "联系电话", "经度", "纬度"]
WORDS = {
    "zh": {
        "datum": "坐标基准", "wgs84": "WGS 84（GPS）", "try": "核对前 200 行", "start": "开始导入", "done": "导入完成",
        "stop": "停止导入", "stopped": "导入已停止", "fetch": "下载拒收的 1 行", "title": "批量导入",
    },
    "en": {
        "datum": "Datum", "wgs84": "WGS 84 (GPS)", "try": "Check the first 200 rows", "start": "Import",
        "done": "Imported", "stop": "Stop", "stopped": "Stopped", "fetch": "The 1 rejected row as a file",
        "title": "Import",
    },
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two good rows and one without a proper time, below a heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["热线来件明细"])
    sheet.append(HEADER)
    for at in ("2026-03-01 08:00", "前天下午", "2026-03-01 09:30"):
        sheet.append([uuid4().hex, at, "路灯不亮，晚上出行不便", "王丽华", "13812345678", 105.3023, 29.1017])
    content = io.BytesIO()
    book.save(content)
    path = tmp_path / "messages.xlsx"
    path.write_bytes(content.getvalue())
    return path


def mapped(office: Office, workbook: Path, language: str, size: Size) -> Page:
    """The wizard with its file, columns confirmed."""
    words = WORDS[language]
    page = office.signed_in("intake_officer", language, size, "/import")
    expect(page.get_by_role("heading", level=1, name=words["title"])).to_be_visible()
    page.locator("input[type=file]").set_input_files(workbook)
    expect(page.locator(".field-pick").first).to_be_visible()
    page.get_by_label(words["datum"]).click()
    page.get_by_title(words["wgs84"]).click()
    return page


@pytest.mark.parametrize(("language", "size"), [("zh", DESK), ("en", PHONE)], ids=["zh-desk", "en-phone"])
def test_good_rows_come_in_and_a_bad_one_is_kept(office: Office, workbook: Path, language: str, size: Size) -> None:
    words, mark = WORDS[language], f"{language}-{size[0]}"
    page = mapped(office, workbook, language, size)
    shot(page, f"import-columns-{mark}")
    accessible(page)

    page.get_by_role("button", name=words["try"]).click()
    expect(page.locator("tr.bad")).to_have_count(1)
    expect(page.locator("tr.bad .bad-cell")).to_have_text("前天下午")
    shot(page, f"import-check-{mark}")
    accessible(page)
    page.get_by_role("button", name=words["start"], exact=True).click()
    expect(page.get_by_role("button", name=words["stop"])).to_be_visible()
    shot(page, f"import-running-{mark}")
    Runner(office.town.services).run_due()

    expect(page.get_by_text(words["done"], exact=True)).to_be_visible()
    expect(page.locator(".tally dd")).to_have_text(["2", "0", "1", "0"])
    shot(page, f"import-result-{mark}")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=words["fetch"]).click()
    kept = download.value.path().read_text(encoding="utf-8-sig")
    assert len(kept.splitlines()) == 2 and "前天下午" in kept


def test_an_import_that_waits_is_stopped(office: Office, workbook: Path) -> None:
    words = WORDS["zh"]
    page = mapped(office, workbook, "zh", DESK)
    page.get_by_role("button", name=words["try"]).click()
    page.get_by_role("button", name=words["start"], exact=True).click()

    page.get_by_role("button", name=words["stop"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["stop"]).click()

    expect(page.get_by_text(words["stopped"], exact=True)).to_be_visible()
    expect(page.locator(".tally dd").first).to_have_text("0")


def test_a_kept_mapping_fits_the_next_file(office: Office, workbook: Path) -> None:
    title = uuid4().hex[:8]
    page = mapped(office, workbook, "zh", DESK)
    page.get_by_role("button", name="核对前 200 行").click()
    page.get_by_label("保存列对应关系").check()
    page.get_by_label("名称，如“热线月报”").fill(title)
    page.get_by_role("button", name="开始导入", exact=True).click()
    expect(page.get_by_role("button", name="停止导入")).to_be_visible()

    page.goto(f"{office.url}/import")
    page.locator("input[type=file]").set_input_files(workbook)

    expect(page.get_by_text(f"已套用保存的对应关系“{title}”")).to_be_visible()
    expect(page.get_by_role("button", name="核对前 200 行")).to_be_enabled()


def test_what_is_no_table_is_refused_with_its_reason(office: Office, tmp_path: Path) -> None:
    page = office.signed_in("shift_leader", path="/import")
    office.seen(page).expected.append("422")
    wrong = tmp_path / "picture.csv"
    wrong.write_bytes(b"%PDF-1.7 not a table")

    page.locator("input[type=file]").set_input_files(wrong)

    expect(page.get_by_role("alert").get_by_text("没有导入任何内容。")).to_be_visible()
    shot(page, "import-refused")
