"""Citizens at the public page in a real browser: phone and desktop, with and without scripts, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from tests.acceptance.citizen import answer_to
from tests.acceptance.installation import Installation, served
from tests.acceptance.test_documents import AUTHOR, LEADER, SUPERVISOR, does, ready
from tests.acceptance.walking import Walk, taken_in
from tests.browser.conftest import DESK, PHONE, SHOTS, accessible
from tests.integration.loop.acting import brought_on

from xiuhua.flow.model import State
from xiuhua.http.static import script_of
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.public.texts import number_from
from xiuhua.simulate import pictures

NOTICE = "关于禁止占道经营的通告"


@pytest.fixture(scope="module")
def town(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with served(server, tmp_path_factory.mktemp("town"), public_photos_after=True) as found:
        for steps in (1, 3, 5):
            brought_on(found, steps)
        taken_in(found).to_be("closed")
        found.take_up("documents")
        for title, until in ((NOTICE, None), ("关于夜间施工的通告", "2030-06-30")):
            text = "# 一、范围\n城区**主次干道**。\n- 人行道\n- 桥梁和地下通道\n二、本通告自公布之日起施行。"
            pictures = [found.photo(AUTHOR, "before"), found.photo(AUTHOR, "after")]
            fields = {"scope": "城区"}
            id_ = ready(
                found,
                "public_notice",
                (SUPERVISOR, LEADER),
                title=title,
                text=text,
                fields=fields,
                attachments=pictures,
            )
            does(found, LEADER, id_, "publish", until=until)
        yield found


@contextmanager
def visitor(
    chromium: Browser, town: Installation, language: str = "zh-CN", scripts: bool = True, wide: bool = False,
    dark: bool = False,
) -> Iterator[Page]:  # fmt: skip
    """A page; at the end nothing was asked of another server, no policy was broken, no script failed."""
    grid = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    width, height = DESK if wide else PHONE
    context: BrowserContext = chromium.new_context(
        base_url=town.url, locale=language, viewport={"width": width, "height": height}, java_script_enabled=scripts,
        geolocation={"longitude": grid.x, "latitude": grid.y, "accuracy": 18}, permissions=["geolocation"],
        color_scheme="dark" if dark else "light", has_touch=not wide,
    )  # fmt: skip
    page, faults, elsewhere = context.new_page(), [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda said: faults.append(said.text) if said.type == "error" and "422" not in said.text else None
    )

    def asked(request: Request) -> None:
        if not request.url.startswith((town.url, "blob:", "data:")):
            elsewhere.append(request.url)

    page.on("request", asked)
    yield page
    context.close()
    assert (faults, elsewhere) == ([], [])


def shot(page: Page, name: str) -> None:
    """What it looks like, for whoever wants to see."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def photo(folder: Path) -> Path:
    path = folder / "photo.png"
    path.write_bytes(pictures.drawn("before"))
    return path


@pytest.mark.parametrize(("language", "text"), [("zh-CN", "路边有一堆垃圾没人清理"), ("en", "A heap of rubbish")])
@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
def test_a_report_without_scripts(
    chromium: Browser, town: Installation, tmp_path: Path, language: str, text: str, wide: bool
) -> None:
    name = f"plain-{language}-{'desk' if wide else 'phone'}"
    with visitor(chromium, town, language, scripts=False, wide=wide) as page:
        page.goto("/report")
        shot(page, f"{name}-1-form")
        page.click("button[type=submit]")
        expect(page.locator("[role=alert]")).to_be_visible()
        shot(page, f"{name}-2-wrong")
        page.fill("#text", text)
        page.select_option("#area", index=1)
        page.set_input_files("#photos", photo(tmp_path))
        page.fill("#answer", answer_of(page))
        page.click("button[type=submit]")
        expect(page).to_have_url(re.compile("/receipt"))
        shot(page, f"{name}-3-receipt")
        page.click("#link")
        expect(page.locator(".steps li")).to_have_count(1)
        shot(page, f"{name}-4-follow")


def answer_of(page: Page) -> str:
    """The answer to the question as the page asks it, in either language."""
    said = page.inner_text("label[for=answer]")
    if "加" in said:
        return answer_to(said)
    found = re.search(r"What is ([a-z-]+) plus ([a-z-]+)\?", said)
    assert found is not None
    return str(sum(number_from(one) or 0 for one in found.groups()))


@pytest.mark.skipif(not script_of("public"), reason="the console is not built")
@pytest.mark.parametrize(("language", "text"), [("zh-CN", "路灯不亮"), ("en", "The lamp is broken")])
@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
def test_a_report_with_scripts(
    chromium: Browser, town: Installation, tmp_path: Path, language: str, text: str, wide: bool
) -> None:
    name = f"script-{language}-{'desk' if wide else 'phone'}"
    with visitor(chromium, town, language, wide=wide) as page:
        page.goto("/report")
        expect(page.locator("[data-question]")).to_be_hidden()
        page.set_input_files("#photos", photo(tmp_path))
        expect(page.locator("#previews img")).to_have_count(1)
        page.fill("#text", text)
        page.click("#position button")
        expect(page.locator("#position canvas")).to_be_visible()
        expect(page.locator("#nearby li").first).to_be_visible()
        assert fits(page)
        accessible(page)
        shot(page, f"{name}-1-form")
        page.click("button[type=submit]")
        expect(page).to_have_url(re.compile("/receipt"))
        assert fits(page)
        accessible(page)
        shot(page, f"{name}-2-receipt")
    report = newest(town)
    assert report["data"]["place"]["by"] == "point" and len(report["data"]["photos"]) == 1


def newest(town: Installation) -> State:
    with town.database.reading() as tx:
        row = tx.execute("select report from public_report order by created_at desc limit 1").fetchone()
    return town.state("report", row.report)


@pytest.mark.skipif(not script_of("public"), reason="the console is not built")
def test_me_too_from_what_is_nearby(chromium: Browser, town: Installation) -> None:
    with visitor(chromium, town) as page:
        page.goto("/report")
        page.click("#position button")
        page.locator("#nearby li button").first.click()
        shot(page, "me-too-1-form")
        page.click("button[type=submit]")
        page.click("#link")
        expect(page.locator(".steps li").nth(1)).to_be_visible()
        shot(page, "me-too-2-follow")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
def test_the_map(chromium: Browser, town: Installation, language: str, wide: bool) -> None:
    with visitor(chromium, town, language, wide=wide, dark=wide) as page:
        page.goto("/report/map")
        expect(page.locator(".cases li").first).to_be_visible()
        if script_of("public"):
            expect(page.locator("#map canvas")).to_be_visible()
        assert fits(page)
        accessible(page)
        shot(page, f"map-{language}-{'desk-dark' if wide else 'phone'}")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_follow_rate_and_contest(chromium: Browser, town: Installation, tmp_path: Path, language: str) -> None:
    with visitor(chromium, town, language) as page:
        page.goto("/report")
        page.fill("#text", "垃圾没人清理")
        page.select_option("#area", index=1)
        page.click("button[type=submit]")
        expect(page).to_have_url(re.compile("/receipt"))
        closed(town)
        page.click("#link")
        expect(page.locator(".state.over")).to_be_visible()
        assert fits(page)
        accessible(page)
        shot(page, f"closed-{language}-1")
        page.check("input[name=stars][value='2']")
        page.click("form[action*=rate] button")
        page.fill("form[action*=contest] textarea", "还在那里")
        page.click("form[action*=contest] button")
        expect(page.locator(".good a")).to_be_visible()
        shot(page, f"closed-{language}-2-contested")


def closed(town: Installation) -> None:
    Walk(town, str(newest(town)["id"])).to_be("closed")


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
@pytest.mark.parametrize(("language", "link"), [("zh-CN", "公告"), ("en", "Notices")])
def test_what_is_published_is_read_without_an_account(
    chromium: Browser, town: Installation, language: str, link: str, wide: bool
) -> None:
    named = f"{language}-{'desk' if wide else 'phone'}"
    with visitor(chromium, town, language, wide=wide, dark=wide) as page:
        page.goto("/report")
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_role("link", name=NOTICE)).to_be_visible()
        assert fits(page)
        accessible(page)
        shot(page, f"papers-{named}")
        page.get_by_role("link", name=NOTICE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NOTICE)
        expect(page.get_by_text("主次干道", exact=True)).to_have_css("font-weight", "700")
        assert fits(page)
        accessible(page)
        shot(page, f"paper-{named}")
        picture = page.request.get(page.locator(".photos a").first.get_attribute("href") or "")
        assert picture.headers["content-type"] == "image/jpeg"
