"""What tests of the field app do again and again: photos as files, a phone in a grid, what the server has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, Final

from PIL import Image, TiffImagePlugin
from playwright.sync_api import Page, Playwright, Route, expect
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in
from tests.browser.conftest import CHROMIUM, PHONE, Office, Size

from xiuhua.platform import personal

WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "send": "上报", "tasks": "任务", "patrol": "巡查", "on": "上岗", "off": "下岗", "me": "我的",
        "photos": "现场照片", "all": "全部类别", "handling": "处置通", "finish": "处置完毕", "note": "处置情况",
        "before": "处置前照片", "after": "处置后照片", "lacks": "处置前照片",
    },
    "en": {
        "send": "Report it", "tasks": "Tasks", "patrol": "Patrol", "on": "Go on duty", "off": "Go off duty",
        "me": "My page", "photos": "Photos", "all": "All categories", "handling": "Xiuhua Handling",
        "finish": "Report the work done", "note": "What was done", "before": "Photos before", "after": "Photos after",
        "lacks": "Photos before",
    },
}  # fmt: skip
OFFLINE: Final = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load resource", "ERR_ABORTED")
"""What the browser itself says of requests that a test lets fail."""


def photo(seed: int = 0, size: tuple[int, int] = (640, 480), at: tuple[float, float] | None = None) -> dict[str, Any]:
    """A file as a camera makes one; grainy, so that it has some hundred kilobytes; `at` is lon, lat in its EXIF."""
    image = Image.frombytes("RGB", size, Random(seed).randbytes(size[0] * size[1] * 3))
    street = Image.new("RGB", size, (120 + seed % 60, 110, 100))
    exif = Image.Exif()
    if at is not None:
        exif[0x8825] = {1: "N", 2: _degrees(at[1]), 3: "E", 4: _degrees(at[0])}
        exif[0x8769] = {0x9003: "2026:03:02 09:30:00"}
    target = BytesIO()
    Image.blend(street, image, 0.5).save(target, "JPEG", quality=85, exif=exif)
    return {"name": f"photo-{seed}.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def _degrees(value: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    minutes = value % 1 * 60
    parts = (int(value) * 10_000, int(minutes) * 10_000, round(minutes % 1 * 600_000))
    return tuple(TiffImagePlugin.IFDRational(part, 10_000) for part in parts)


def middle(town: Installation, person: str = "collector01") -> tuple[float, float]:
    """A point, lon and lat, in the grid of a collector."""
    [area] = {post.area for post in town.view().directory.posts_of(person) if post.area}
    point = town.view().areas.area(area).geometry.representative_point()
    return point.x, point.y


def phone(
    office: Office, role: str = "collector", language: str = "zh", path: str = "/field", size: Size = PHONE,
    **options: Any,
) -> Page:  # fmt: skip
    """A phone (or a laptop taken along) in the grid of the collector, with its position to be had."""
    lon, lat = middle(office.town)
    place = {"longitude": lon, "latitude": lat, "accuracy": 12}
    given = {"geolocation": place, "permissions": ["geolocation"], "has_touch": True, **options}
    page = office.signed_in(role, language, size, path, **given)
    expect(page.locator(".bar")).to_be_visible()
    return page


def sent(page: Page, acts: int) -> None:
    """Wait until so many acts have been done on this phone, and the server has all of them."""
    until(
        page,
        """(acts) => new Promise((done) => {
          const asked = indexedDB.open('xiuhua-field')
          asked.onsuccess = () => {
            const all = asked.result.transaction('acts').objectStore('acts').getAll()
            all.onsuccess = () => {
              asked.result.close()
              done(all.result.length === acts && all.result.every((act) => act.status === 'settled'))
            }
          }
        })""",
        acts,
    )
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "0")


def carried(page: Page) -> None:
    """Wait until categories, tasks, forms and names are on the phone, and the app itself is kept."""
    until(
        page,
        """async () => (await navigator.serviceWorker.ready).active.state === 'activated' && new Promise((done) => {
          const asked = indexedDB.open('xiuhua-field')
          asked.onsuccess = () => {
            const all = asked.result.transaction('kept').objectStore('kept').getAllKeys()
            all.onsuccess = () => {
              asked.result.close()
              const parts = ['forms', 'names', 'work', 'near'].map((part) => `/${part}`)
              const there = (end) => all.result.some((key) => key.startsWith('carried/') && key.endsWith(end))
              done(all.result.some((key) => key.startsWith('bundle/')) && parts.every(there))
            }
          }
        })""",
    )


def visit(page: Page, path: str) -> None:
    """Go to a place of the app without loading it anew."""
    page.evaluate(
        "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }", path
    )  # fmt: skip


def until(page: Page, told: str, given: Any = None, most_ms: int = 90_000) -> None:
    """Wait until a promise in the page is kept with a yes; `wait_for_function` takes the promise itself for one."""
    for _ in range(most_ms // 200):
        if page.evaluate(told, given):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"never came: {told}")


def walked(page: Page, places: list[tuple[float, float]]) -> None:
    """Positions as the app notes them, a quarter of a minute apart, as sent already."""
    page.evaluate(
        """async (places) => {
          const me = await (await fetch('/api/me')).json()
          const put = (table, rows) => new Promise((done) => {
            const asked = indexedDB.open('xiuhua-field')
            asked.onsuccess = () => {
              const writing = asked.result.transaction(table, 'readwrite')
              rows.forEach((row) => writing.objectStore(table).put(row))
              writing.oncomplete = () => { asked.result.close(); done() }
            }
          })
          await put('fixes', places.map(([lon, lat], at) => (
            { person: me.id, at: Date.now() - (places.length - at) * 15000, lon, lat, accuracy_m: 8, mock: false,
              sent: true })))
        }""",
        places,
    )  # fmt: skip
    page.reload()


def report(page: Page, language: str, seed: int, *, category: int = 0, note: str = "") -> None:
    """Photo, category, send: three taps."""
    words = WORDS[language]
    page.locator(".hero input").set_input_files(photo(seed, size=(1000, 750)))
    page.locator(".chips button:not(.more)").nth(category).click()
    if note:
        page.locator("textarea").fill(note)
    page.get_by_role("button", name=words["send"], exact=True).click()
    expect(page.locator(".hero")).to_be_visible()


def reports(town: Installation, since: datetime) -> list[dict[str, Any]]:
    """Reports of the field app in the order in which the server took them in, with their photos and signature."""
    with town.database.reading() as tx:
        rows = tx.execute(
            """select event.stream, event.payload->'set' as set, event.actor, event.position from event
               where city = %(city)s and type = 'ReportReceived' and recorded_at >= %(since)s
                 and payload->'set'->>'external_id' like 'field-%%' order by position""",
            {"city": town.city, "since": since},
        ).fetchall()
    return [{"actor": row.actor, "id": row.stream.partition("/")[2], **row.set} for row in rows]


def texts(town: Installation, report: str) -> str:
    """What was written in a report."""
    with town.database.reading() as tx:
        found = personal.get(tx, town.city, [f"report/{report}"])[f"report/{report}"]
    return str((found or {})["text"])


ACTS: Final = re.compile(r"/api/(reports|inspections|.*/(entries|change-requests|actions/\w+|rectified|recheck))$")
"""Requests by which something is done."""


@dataclass
class Flaps:
    """A network that comes and goes, and breaks off in the middle of photos."""

    page: Page
    broken: int = 0
    resumed: int = 0
    lost: int = 0
    """Answers to acts that came to the server."""
    _parts: int = 0

    def run(self, language: str = "zh") -> None:
        """Until everything has arrived: some seconds with, some without."""
        self.page.route("**/api/media/uploads/*", self._upload)
        self.page.route(ACTS, self._act)
        for _ in range(4):
            self.page.context.set_offline(False)
            self.page.wait_for_timeout(1500)
            self.page.context.set_offline(True)
            self.page.wait_for_timeout(400)
        self.page.context.set_offline(False)
        self.page.locator("a.chip").click()
        button = self.page.get_by_role("button", name={"zh": "立即发送", "en": "Send now"}[language])
        for _ in range(120):
            if self.page.locator(".chip").get_attribute("data-waiting") == "0":
                return
            button.evaluate_all("all => all.forEach(one => one.click())")  # it comes and goes with the network
            self.page.wait_for_timeout(500)

    def _upload(self, route: Route) -> None:
        request = route.request
        self.resumed += request.method == "HEAD"
        self._parts += request.method == "PATCH"
        if request.method == "PATCH" and self._parts % 7 == 3:
            self.broken += 1
            route.abort("connectionreset")
        elif request.method == "PATCH" and self._parts % 7 == 5:
            self.broken += 1
            route.fetch()  # it has come, and the answer is lost
            route.abort("connectionreset")
        else:
            route.continue_()

    def _act(self, route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        self._parts += 1
        if self._parts % 3 == 0:
            self.broken += 1
            self.lost += 1
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()


@contextmanager
def kept_phone(
    playwright: Playwright, office: Office, folder: Path, offline: bool = False, language: str = "zh"
) -> Iterator[Page]:
    """A phone whose memory outlives the browser; signed in the first time."""
    lon, lat = middle(office.town)
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=["--no-sandbox"], offline=offline,
        locale="zh-CN" if language == "zh" else "en-US",
        viewport={"width": PHONE[0], "height": PHONE[1]}, permissions=["geolocation"],
        geolocation={"longitude": lon, "latitude": lat, "accuracy": 9},
    )  # fmt: skip
    try:
        if not offline:
            name, password = office.people["collector"]
            context.request.post(
                f"{office.url}/api/session", data={"name": name, "password": password},
                headers={"X-Requested-With": "test"},
            )  # fmt: skip
        page = context.pages[0]
        page.goto(f"{office.url}/field")
        expect(page.locator(".bar")).to_be_visible()
        yield page
    finally:
        context.close()


def now() -> datetime:
    """As the server's clock has it."""
    return datetime.now(UTC)


def to_verify(town: Installation, person: str = "collector01") -> Walk:
    """A report in the person's grid that they are to verify."""
    lon, lat = middle(town, person)
    walk = taken_in(town, place={"lon": lon, "lat": lat}, text="路口垃圾桶满溢，味道很大")
    town.does("intake_officer01", "report", walk.report, "verify", {"verifier": person})
    return walk


def to_check(town: Installation, person: str = "collector01") -> Walk:
    """A case in the person's grid that they are to check."""
    lon, lat = middle(town, person)
    photo_ = town.photo("intake_officer01", "before")
    walk = taken_in(town, place={"lon": lon, "lat": lat}, text="人行道上堆放杂物", photos=[photo_]).to_be("handed_back")
    walk.do(walk.person("send_check"), "send_check", {"checker": person})
    return walk
