"""What benches in a browser share: Chromium before a server that runs as in a bureau, and people in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import harness
from xiuhua import bootstrap
from xiuhua.http import static
from xiuhua.platform.identity import service as identity
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

CHROMIUM: Final = Path("/usr/bin/chromium")
DESK: Final = (1366, 768)
PHONE: Final = (360, 740)
PASSWORD: Final = "of a bench on this machine"
SLOWED: Final = 4
"""The CPU of a slow laptop: so many times slower than this one."""
_PAGES: Final = ("--no-sandbox", "--disable-gpu")
"""As Chromium paints pages by itself where there is no graphics card."""
_MAPS: Final = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""WebGL by software, which it does not offer by itself."""
_BUSY: Final = ".waiting, .lists [aria-busy=true], .ant-spin-spinning, .ant-skeleton-active"
_SETTLED: Final = f"() => document.querySelector('h1, main') && !document.querySelector('{_BUSY}')"


@dataclass(slots=True)
class Stage:
    """A served city and a browser."""

    settings: Settings
    services: Services
    city: str
    url: str
    browser: Browser

    @contextmanager
    def before(self, person: str | None, size: tuple[int, int] = DESK, *, slow: bool = False) -> Iterator[Page]:
        """A page of somebody, nothing cached; `slow` takes the CPU down."""
        context = self._context(size)
        try:
            if person is not None:
                self._sign_in(context, person)
            page = context.new_page()
            if slow:
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            yield page
        finally:
            context.close()

    def opened(self, page: Page, path: str) -> None:
        """Go somewhere and wait until what is there is shown."""
        page.goto(self.url + path)
        page.wait_for_function(_SETTLED)

    def _context(self, size: tuple[int, int]) -> BrowserContext:
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        made = self.browser.new_context(viewport=viewport, locale="zh-CN", reduced_motion="reduce")
        made.set_default_timeout(60_000)
        return made

    def _sign_in(self, context: BrowserContext, person: str) -> None:
        account(self.services, self.city, person)
        who = {"name": person, "password": PASSWORD}
        answer = context.request.post(f"{self.url}/api/session", data=who, headers={"X-Requested-With": "bench"})
        if answer.status != 201:
            raise RuntimeError(f"{person} could not sign in: {answer.text()}")


@contextmanager
def stage(settings: Settings, city: str, *, maps: bool = False) -> Iterator[Stage]:
    """Serve the city, open the browser; `maps`: it draws them too."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - who runs other benches needs none

    if not (static.BUILT / "index.html").exists():
        raise RuntimeError("the console is not built: make console")
    with (
        harness.server(settings) as (host, port, _),
        bootstrap.opened(settings) as services,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=CHROMIUM, args=list(_MAPS if maps else _PAGES)) as browser,
    ):
        yield Stage(settings, services, city, f"http://{host}:{port}", browser)


def account(services: Services, city: str, person: str) -> None:
    """Somebody of the district may sign in with the password of benches, whatever an earlier one did."""
    with services.database.transaction() as tx:
        if person not in {one.account.name for one in identity.list_accounts(tx, city, limit=1000)}:
            made = NewAccount(person, person, password=PASSWORD, must_change=False)
            identity.create_accounts(tx, system(city), [made], services.identity.hasher)
        values = {"city": city, "name": person, "hash": services.identity.hasher.hash(PASSWORD)}
        tx.execute(_SET, values)


_SET: Final = """
update account set password_hash = %(hash)s, must_change = false where city = %(city)s and name = %(name)s
"""
