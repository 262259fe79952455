"""The console as a person in front of it feels it, in Debian's Chromium before a server that runs as in a bureau.

`MEASURES` names what is measured; each takes the stage and gives its results.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import harness
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.http import static
from xiuhua.loop.service import Loop
from xiuhua.platform.identity import service as identity
from xiuhua.platform.identity.model import Actor, NewAccount, Post, system
from xiuhua.platform.settings import Settings

CASES = 2_000
RUNS = 3
REPORTS = 50
"""That are accepted and filed in one run."""
CITY = "990101"
OFFICER = "intake_officer01"
PASSWORD = "of a bench on this machine"
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1366, "height": 768}


@dataclass(slots=True)
class Stage:
    """A served city, a browser, and the sizes that are wanted."""

    settings: Settings
    url: str
    browser: Browser
    full: bool

    @contextmanager
    def signed_in(self, name: str, password: str) -> Iterator[BrowserContext]:
        """A fresh browser context of somebody."""
        context = self.browser.new_context(viewport=SIZE, locale="zh-CN", reduced_motion="reduce")  # type: ignore[arg-type]
        try:
            who = {"name": name, "password": password}
            answer = context.request.post(f"{self.url}/api/session", data=who, headers={"X-Requested-With": "bench"})
            if answer.status != 201:
                raise RuntimeError(f"nobody could sign in: {answer.text()}")
            yield context
        finally:
            context.close()


def run(full: bool = False) -> list[Result]:
    """Everything that is measured of the console, one after the other."""
    if not (static.BUILT / "index.html").exists():
        raise RuntimeError("the console is not built: make console")
    settings = harness.data_set(CASES)
    with (
        harness.server(settings) as (host, port, _),
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=Path(CHROMIUM), args=["--no-sandbox"]) as browser,
    ):
        stage = Stage(settings, f"http://{host}:{port}", browser, full)
        return [one for measure in MEASURES for one in measure(stage)]


_READY = """
(before) => new Promise((done) => {
  const ready = () => {
    const shown = document.querySelector('.message .from .quiet')?.textContent
    const button = document.querySelector('.advice .actions button')
    return shown && shown !== before && button && !button.disabled
      && !document.querySelector('.advice .ant-btn-loading')
      && document.querySelector('.guess[aria-checked=true]') && document.querySelector('.conditions input:checked')
  }
  const number = () => document.querySelector('.message .from .quiet').textContent
  const told = () => requestAnimationFrame(() => done([performance.now(), number()]))
  if (ready()) return told()
  const watch = new MutationObserver(() => { if (ready()) { watch.disconnect(); told() } })
  const all = { subtree: true, childList: true, attributes: true, characterData: true }
  watch.observe(document.querySelector('.triage'), all)
})
"""
"""Resolves when another report than `before` is shown with all that is suggested, and may be decided."""


def triage(stage: Stage) -> list[Result]:
    """A scripted officer accepts and files what is suggested, by keyboard, as soon as it may be decided."""
    means, all_ = [], []
    _officer(stage.settings)
    for turn in range(RUNS):
        _reports(stage.settings, REPORTS + 1, turn)
        with stage.signed_in(OFFICER, PASSWORD) as context:
            page = context.new_page()
            page.goto(f"{stage.url}/triage")
            taken = _decide(page, REPORTS)
        means.append(sum(taken) / len(taken))
        all_ += taken
    all_.sort()
    note = (
        f"from the key to the next report with its suggestion, accepted and filed: two events; {len(all_)} cases,"
        f" p95 {all_[int(len(all_) * 0.95)]:.3f} s, slowest {all_[-1]:.3f} s"
    )
    return [result("triage_seconds", means, "s/case", "lower", note)]


def _decide(page: Page, count: int) -> list[float]:
    """Seconds from each press of the key to the next report."""
    page.wait_for_selector(".triage .message .from")
    _, shown = page.evaluate(_READY, "")
    page.evaluate("addEventListener('keydown', () => { window.__pressed = performance.now() }, true)")
    found = []
    for _ in range(count):
        page.keyboard.press("f")
        at, shown = page.evaluate(_READY, shown)
        found.append((at - page.evaluate("window.__pressed")) / 1000)
    done = page.locator(".decided .came-filed").count()
    if done != count:
        raise RuntimeError(f"of {count} reports only {done} were filed")
    return found


def _officer(settings: Settings) -> None:
    """Somebody who takes in and files, as in a small bureau, with an account; made once."""
    with bootstrap.opened(settings) as services, services.database.transaction() as tx:
        tx.execute(_SECOND_POST, {"city": CITY, "person": OFFICER})
        if OFFICER not in {one.account.name for one in identity.list_accounts(tx, CITY, limit=1000)}:
            account = NewAccount(OFFICER, OFFICER, password=PASSWORD, must_change=False)
            identity.create_accounts(tx, system(CITY), [account], services.identity.hasher)


_SECOND_POST = """
insert into post (city, person, role, unit, area, valid_from, recorded_at)
select city, person, 'shift_leader', unit, area, valid_from, recorded_at from post as one
where city = %(city)s and person = %(person)s and role = 'intake_officer'
  and not exists (select from post where city = one.city and person = one.person and role = 'shift_leader')
"""


def _reports(settings: Settings, count: int, turn: int) -> None:
    """So many reports come in."""
    officer = Actor(OFFICER, CITY, "", (Post("intake_officer", CITY),))
    with bootstrap.opened(settings) as services, services.database.transaction() as tx:
        loop = services.port(Loop)
        view = loop.view(tx, CITY)
        prefix = f"console-{turn}-{time.time_ns()}"
        loop.submit(tx, CITY, [harness.report(view, n, prefix) for n in range(count)], officer)


MEASURES: tuple[Callable[[Stage], list[Result]], ...] = (triage,)
