"""The console, the field app and the public page as a person in front of them feels them.

In Debian's Chromium on the same cores as the server and the database: what a first visit loads, when something is
painted, how soon a key or a tap is answered, how long a page of a long list takes, and a case in triage. The map is
measured by `map.py`; its tiles and frames are printed with these.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import browser
import harness
import map as maps
import million
from browser import DESK, PHONE, SLOWED, Stage
from harness import Result, result
from million_texts import plain
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor, Post

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES: Final = 2_000
LISTED: Final = maps.CASES
RUNS: Final = 3
PAGES: Final = 20
REPORTS: Final = 50
"""That are accepted and filed in one run."""
CITY: Final = million.CITY
OFFICER: Final = "intake_officer01"
LEADER: Final = "shift_leader01"
OFFICE: Final = {
    "/desk": LEADER, "/triage": OFFICER, "/lists": LEADER, "/dispatch": "dispatcher01", "/approvals": LEADER,
    "/duty": LEADER, "/admin": "leader01", "/leader": "leader01", "/help": LEADER,
}  # fmt: skip
"""Screens before a map, and who opens them."""
WEIGHED: Final[dict[str, tuple[dict[str, str | None], tuple[int, int], int]]] = {
    "console_kb": ({**OFFICE}, DESK, 900), "field_kb": ({"/field": "collector01"}, PHONE, 300),
    "public_kb": ({"/report": None}, PHONE, 300),
}  # fmt: skip
"""Metric → screens, size, and the most that it may be in kB."""


def run(full: bool = False) -> list[Result]:
    """All of it; full: lists and map of a million cases."""
    with browser.stage(million.tidy(harness.data_set(CASES)), CITY) as stage:
        found = [one for measure in MEASURES for one in measure(stage)]
    with browser.stage(million.tidied(million.CASES if full else LISTED), CITY) as stage:
        found += pages(stage)
    return found + maps.run(full)


def weights(stage: Stage) -> list[Result]:
    """Bytes of the files of a first visit on the wire; what it asks of the API is as large as the work that waits."""
    found = []
    for metric, (screens, size, most) in WEIGHED.items():
        sizes = {path: _weight(stage, path, person, size) for path, person in screens.items()}
        path = max(sizes, key=sizes.__getitem__)
        note = f"first visit of {path}, every file on the wire, gzip; the heaviest of {len(sizes)}; at most {most}"
        found.append(result(metric, [sizes[path]], "kB", "lower", note))
    return found


def _weight(stage: Stage, path: str, person: str | None, size: tuple[int, int]) -> float:
    with stage.before(person, size) as page:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        page.context.set_extra_http_headers({"Accept-Encoding": "gzip"})
        files: set[str] = set()
        loaded: list[int] = []

        def named(told: dict[str, Any]) -> None:
            if "/api/" not in told["response"]["url"]:
                files.add(told["requestId"])

        def came(told: dict[str, Any]) -> None:
            if told["requestId"] in files:
                loaded.append(told["encodedDataLength"])

        wire.on("Network.responseReceived", named)
        wire.on("Network.loadingFinished", came)
        stage.opened(page, path)
        page.wait_for_timeout(1_000)
        return sum(loaded) / 1000


def paints(stage: Stage) -> list[Result]:
    """The first paint of each screen on a first visit, with the CPU slowed; the latest of them counts."""
    screens = {**{path: (who, DESK) for path, who in OFFICE.items()}, "/field": ("collector01", PHONE)}
    asked: dict[str, tuple[str | None, tuple[int, int]]] = {**screens, "/report": (None, PHONE), "/": (None, DESK)}
    latest, shown = [], []
    for _ in range(RUNS):
        told = {path: _painted(stage, path, who, size) for path, (who, size) in asked.items()}
        path = max(told, key=lambda one: told[one][0])
        latest.append(told[path][0])
        shown.append(max(whole for _, whole in told.values()))
    where = f"first visit, nothing cached, CPU slowed {SLOWED} times"
    return [
        result("first_paint_ms", latest, "ms", "lower", f"the latest of {len(asked)} screens ({path}); {where}"),
        result("shown_ms", shown, "ms", "lower", f"until the slowest of them shows all it has; {where}"),
    ]


_PAINT: Final = "performance.getEntriesByName('first-contentful-paint')"


def _painted(stage: Stage, path: str, person: str | None, size: tuple[int, int]) -> tuple[float, float]:
    with stage.before(person, size, slow=True) as page:
        stage.opened(page, path)
        shown = page.evaluate("performance.now()")
        page.wait_for_function(f"() => {_PAINT}.length")  # told a little after it happened
        return page.evaluate(f"{_PAINT}[0].startTime"), shown


_ANSWERS: Final = """() => {
  window.__answers = []
  const note = (list) => list.getEntries().forEach((one) => { if (one.interactionId) __answers.push(one.duration) })
  new PerformanceObserver(note).observe({ type: 'event', durationThreshold: 16 })
}"""
_STEPS: Final[tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...]] = (
    ("/desk", LEADER, DESK, ("j", "j", "j", "k", "?", "Escape")),
    ("/lists", LEADER, DESK, ("n", "n", "p", "f")),
    ("/triage", OFFICER, DESK, ("j", "k", "?", "Escape")),
    ("/field", "collector01", PHONE, ("nav a:nth-child(2)", "nav a:nth-child(3)", "nav a:nth-child(1)")),
)
"""Screen, who, size, and what is pressed (a key) or tapped (a selector)."""


def answers(stage: Stage) -> list[Result]:
    """From a key or tap to the next picture, by the browser's own account (Event Timing), with the CPU slowed."""
    slowest, notes = [], dict.fromkeys((path for path, *_ in _STEPS), 0.0)
    for _ in range(RUNS):
        now = {path: _answered(stage, path, person, size, steps) for path, person, size, steps in _STEPS}
        notes = {path: max(most, now[path]) for path, most in notes.items()}
        slowest.append(max(now.values()))
    note = (
        "from key or tap to the next picture, the slowest, from a second after a first visit on;"
        f" CPU slowed {SLOWED} times; " + ", ".join(f"{path} {most:.0f}" for path, most in notes.items())
    )
    return [result("answer_ms", slowest, "ms", "lower", note)]


def _answered(stage: Stage, path: str, person: str, size: tuple[int, int], steps: tuple[str, ...]) -> float:
    with stage.before(person, size, slow=True) as page:
        stage.opened(page, path)
        page.wait_for_timeout(1_000)  # nobody reads a screen in less
        page.evaluate(_ANSWERS)
        for step in steps:
            page.locator(step).click() if " " in step else page.keyboard.press(step)
            page.wait_for_timeout(600)
        return max(page.evaluate("window.__answers"), default=16)


_PAGE: Final = """([key, number]) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`no page ${number}`)), 30000)
  const begun = performance.now()
  const there = () => document.querySelector('.foot [role=status]')?.textContent.includes(number)
    && !document.querySelector('.lists [aria-busy=true], .ant-spin-spinning')
  const told = () => done(performance.now() - begun)
  const look = () => requestAnimationFrame(there() ? told : look)
  document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  look()
})"""


def pages(stage: Stage) -> list[Result]:
    """A person pages through a long list as fast as it comes: from the key to the rows on the screen."""
    with stage.services.database.reading() as tx:
        row = tx.execute("select count(*) as n from city_case where city = %(city)s", {"city": CITY}).fetchone()
    took, all_ = [], []
    for _ in range(RUNS):
        with stage.before(LEADER) as page:
            stage.opened(page, "/lists")
            one = [_paged(page, number) for number in range(2, PAGES + 2)]
        took.append(sorted(one)[int(len(one) * 0.95)])
        all_ += one
    note = f"next page of 50 among {row.n if row else 0:,} cases, p95 of {PAGES}; slowest {max(all_):.0f} ms"
    return [result("page_ms", took, "ms", "lower", note)]


def _paged(page: Page, number: int) -> float:
    took: float = page.evaluate(_PAGE, ["n", f"{number}"])
    return took


_READY: Final = """
([before, patience]) => new Promise((done) => {
  const number = () => document.querySelector('.message .from .quiet')?.textContent
  const ready = () => {
    const buttons = [...document.querySelectorAll('.advice .actions button')]
    return number() && number() !== before && buttons.length > 1 && buttons.every((one) => !one.disabled)
      && !document.querySelector('.advice .ant-btn-loading')
      && document.querySelector('.guess[aria-checked=true]') && document.querySelector('.conditions input:checked')
  }
  const told = () => requestAnimationFrame(() => done([performance.now(), number()]))
  if (ready()) return told()
  const late = setTimeout(() => { watch.disconnect(); done([null, number()]) }, patience)
  const watch = new MutationObserver(() => { if (ready()) { watch.disconnect(); clearTimeout(late); told() } })
  const all = { subtree: true, childList: true, attributes: true, characterData: true }
  watch.observe(document.querySelector('.triage'), all)
})
"""
"""Tells when another report than `before` is shown with all that is suggested, and may be decided; null: it may not."""
_PATIENCE_MS: Final = 5_000


def triage(stage: Stage) -> list[Result]:
    """A scripted officer accepts and files what is suggested, by keyboard, as soon as it may be decided.

    One that has no suggestion, or a category without filing conditions, is left for a person.
    """
    means, all_, left = [], [], 0
    with stage.services.database.transaction() as tx:
        tx.execute(_SECOND_POST, {"city": CITY, "person": OFFICER})
    for turn in range(RUNS):
        _reports(stage, REPORTS * 2, turn)
        with stage.before(OFFICER) as page:
            page.goto(f"{stage.url}/triage")
            taken, undecided = _decide(page, REPORTS)
        means.append(sum(taken) / len(taken))
        all_ += taken
        left += undecided
    all_.sort()
    note = (
        f"from the key to the next report with its suggestion, accepted and filed: two events; {len(all_)} cases of"
        f" their words alone ({left} left for a person), p95 {all_[int(len(all_) * 0.95)]:.3f} s,"
        f" slowest {all_[-1]:.3f} s"
    )
    return [result("triage_seconds", means, "s/case", "lower", note)]


def _decide(page: Page, count: int) -> tuple[list[float], int]:
    """Seconds from each press of the key to the next report; how many were left."""
    page.wait_for_selector(".triage .message .from")
    page.evaluate("addEventListener('keydown', () => { window.__pressed = performance.now() }, true)")
    at, shown = page.evaluate(_READY, ["", _PATIENCE_MS])
    found: list[float] = []
    left = 0
    while len(found) < count:
        decided = at is not None
        page.keyboard.press("f" if decided else "j")
        before = shown
        at, shown = page.evaluate(_READY, [before, _PATIENCE_MS])
        if shown == before:
            raise RuntimeError(f"nothing came after {before}")
        if decided and at is not None:
            found.append((at - page.evaluate("window.__pressed")) / 1000)
        left += not decided
    page.wait_for_function(f"() => document.querySelectorAll('.decided .came-filed').length >= {count}", polling="raf")
    found[-1] += (
        page.evaluate("performance.now()") - at
    ) / 1000  # the second event of the last may come after the next
    return found, left


_SECOND_POST: Final = """
insert into post (city, person, role, unit, area, valid_from, recorded_at)
select city, person, 'shift_leader', unit, area, valid_from, recorded_at from post as one
where city = %(city)s and person = %(person)s and role = 'intake_officer'
  and not exists (select from post where city = one.city and person = one.person and role = 'shift_leader')
"""
"""Somebody who takes in and files, as in a small bureau."""


def _reports(stage: Stage, count: int, turn: int) -> None:
    """So many reports come in by the hotline, placed; what they are about stands in their words only."""
    officer, chance = Actor(OFFICER, CITY, "", (Post("intake_officer", CITY),)), random.Random(turn)
    with stage.services.database.transaction() as tx:
        loop: Any = stage.services.port(Loop)
        view = loop.view(tx, CITY)
        prefix = f"console-{turn}-{time.time_ns()}"
        told = zip((harness.report(view, n, prefix) for n in range(count)), chance.sample(plain(), count), strict=True)
        calls = [replace(one, source="hotline_12345", category=None, text=text) for one, text in told]
        came = loop.submit(tx, CITY, calls, officer)
    if refused := [one for one in came if one.problems]:
        raise RuntimeError(f"refused: {refused[0]}")


MEASURES: Final[tuple[Callable[[Stage], list[Result]], ...]] = (weights, paints, answers, triage)
