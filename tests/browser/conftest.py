"""The console in a real browser, before a small city that has lived some days and is served by this process.

`office.signed_in(role, language="zh", size=DESK)` gives a page. Whatever it shows, at the end there was no error in the
browser's console, no request to elsewhere, and nothing that the page's policy refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright
from tests.acceptance.installation import Installation
from tests.conftest import ROOT, clone
from tests.reading import caught_up

from xiuhua import bootstrap
from xiuhua.http import static
from xiuhua.http.server import running
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.settings import Settings
from xiuhua.simulate import run as simulation
from xiuhua.simulate.demo import accounts_of_the_demo

CHROMIUM: Final = Path("/usr/bin/chromium")
AXE: Final = ROOT / "console/node_modules/axe-core/axe.min.js"
SHOTS: Final = os.environ.get("XIUHUA_TEST_SHOTS")
"""A folder for screenshots of what the tests show, to be looked at."""
DESK: Final = (1366, 768)
PHONE: Final = (360, 740)
Size = tuple[int, int]
in_every_sight: Final = pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", DESK, "dark"), ("en", DESK, "light"), ("zh", PHONE, "light"), ("en", PHONE, "dark")],
    ids=["zh-desk", "en-desk", "zh-phone", "en-phone"],
)
"""The main path of a persona is gone in both languages, at a desk and on a phone."""
_FLAGS: Final = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing", "--disable-gpu-rasterization",
]  # fmt: skip
"""Maps are drawn by SwiftShader; all else by the processor straight away, not as a graphics card that is played."""
_SERIOUS: Final = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => [one.id, one.impact, one.nodes.slice(0, 4).map((node) => node.target)])
}"""
_NOTING: Final = """
window.__refused = [];
addEventListener('securitypolicyviolation', (event) =>
  __refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.debian)


@dataclass(slots=True)
class Seen:
    """What one page met on its way."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of errors that a test brings about."""

    def watch(self) -> None:
        """Note everything from now on."""
        self.page.on("console", lambda told: told.type == "error" and self.errors.append(told.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", f"blob:{self.origin}")):
            self.foreign.append(url)

    def demand_clean(self) -> None:
        """No error but those expected, no request to elsewhere, nothing refused by the policy."""
        refused = [] if self.page.is_closed() else self.page.evaluate("window.__refused ?? []")
        errors = [one for one in self.errors if not any(part in one for part in self.expected)]
        foreign, self.errors, self.foreign = self.foreign, [], []  # each fault is told once
        assert (errors, foreign, refused) == ([], [], [])


@dataclass(slots=True)
class Office:
    """A city behind a server, a browser, and how its people sit down in front of it."""

    town: Installation
    browser: Browser
    people: dict[str, tuple[str, str]]
    """Role → name and password."""
    _opened: list[tuple[BrowserContext, Seen]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the console is."""
        return self.town.url

    def stranger(self, language: str = "zh", size: Size = DESK, path: str = "/", **options: Any) -> Page:
        """A page of nobody; `options` are those of a browser context (`color_scheme`, `offline`, `geolocation`)."""
        context = self._context(language, size, options)
        return self._page(context, path)

    def signed_in(
        self, role: str, language: str = "zh", size: Size = DESK, path: str = "/", **options: Any
    ) -> Page:  # fmt: skip
        """A page of somebody with that role (those of `xiuhua demo`), at a path."""
        context = self._context(language, size, options)
        name, password = self.people[role]
        answer = context.request.post(
            f"{self.url}/api/session", data={"name": name, "password": password}, headers={"X-Requested-With": "test"}
        )
        assert answer.status == 201, answer.text()
        return self._page(context, path)

    def seen(self, page: Page) -> Seen:
        """What a page met; a test that brings an error about adds it to `expected`."""
        return next(seen for _, seen in self._opened if seen.page is page)

    def close(self, *, clean: bool) -> None:
        """Close all pages; when the test went well, they must have been clean."""
        opened, self._opened = self._opened, []
        try:
            for _, seen in opened if clean else ():
                seen.demand_clean()
        finally:
            for context, seen in opened:
                if not seen.page.is_closed():
                    seen.page.unroute_all(behavior="ignoreErrors")  # one that still waits would fail the next test
                context.close()

    def _context(self, language: str, size: Size, options: dict[str, Any]) -> BrowserContext:
        locale = "zh-CN" if language == "zh" else "en-US"
        viewport = ViewportSize(width=size[0], height=size[1])
        made = self.browser.new_context(viewport=viewport, locale=locale, reduced_motion="reduce", **options)
        made.add_init_script(_NOTING)
        made.set_default_timeout(15_000)
        return made

    def _page(self, context: BrowserContext, path: str) -> Page:
        seen = Seen(context.new_page(), "{0.scheme}://{0.netloc}".format(urlsplit(self.url)))
        self._opened.append((context, seen))
        seen.watch()
        seen.page.goto(self.url + path)
        return seen.page


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers; not for longer than a module, since its event loop is then that of the whole thread."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, drawing maps by software."""
    if not CHROMIUM.exists():
        pytest.skip("the package chromium is not installed")
    if not (static.BUILT / "index.html").exists():
        pytest.skip("the console is not built: make console")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
    yield browser
    browser.close()


@contextmanager
def lived(
    server: Cluster, folder: Path, days: int = 2, cases_per_day: int = 25, lines: bool = False
) -> Iterator[Installation]:
    """The fictional district after some days that ended just now, served at `url`."""
    with clone(server) as name:
        conninfo = server.conninfo(database=name)
        # Tests sign people in faster than people do.
        settings = Settings(data=folder, database_url=conninfo, database_owner_url=server.conninfo(OWNER, name),
                            sign_ins_per_minute=0)  # fmt: skip
        first = simulation.ending_today(settings, days)
        profile = simulation.plain(days, 1, cases_per_day, first, over_http=False, lines=lines)
        clock = SimulatedClock(simulation.start_of(profile, settings), profile.seed)
        with Database(conninfo, size=6, clock=clock).open() as past:
            city, _ = simulation.simulate(past, settings, profile, clock)
        with Database(conninfo, size=8).open() as present:
            found = Installation(bootstrap.services_of(present, settings), city)
            caught_up(found.services)
            with running(bootstrap.app_of(found.services)) as found.url:
                try:
                    yield found
                finally:
                    found.hang_up()


@pytest.fixture(scope="session")
def lived_town(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One city for all tests in the browser; what a test needs of its own it reports."""
    with lived(server, tmp_path_factory.mktemp("lived")) as found:
        yield found


@pytest.fixture(scope="session")
def people(lived_town: Installation) -> dict[str, tuple[str, str]]:
    """Role → name and password of somebody who holds it."""
    return {
        role: (name, password) for role, name, password in accounts_of_the_demo(lived_town.services, lived_town.city)
    }


@pytest.fixture
def office(
    request: pytest.FixtureRequest, chromium: Browser, lived_town: Installation, people: dict[str, tuple[str, str]]
) -> Iterator[Office]:
    """The city, the browser and its people; at the end every page was clean."""
    made, failed = Office(lived_town, chromium, people), request.session.testsfailed
    yield made
    made.close(clean=request.session.testsfailed == failed)


def accessible(page: Page) -> None:
    """No serious finding of axe (WCAG 2.2 A and AA) on the page as it stands."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make console")
    page.wait_for_function("() => !document.querySelector('.ant-btn-loading')")  # pale while they wait
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_SERIOUS) == []


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody wants to look at them."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png")
