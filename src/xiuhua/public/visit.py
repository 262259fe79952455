"""One visit to the page: what was asked, in which language, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urlencode

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from xiuhua.platform.services import Services
from xiuhua.platform.web import problems
from xiuhua.platform.web.language import negotiate
from xiuhua.public.model import Language
from xiuhua.public.page import PublicPage
from xiuhua.public.views import render

PREFIX: Final = "/report"
_LANGUAGES: Final[Mapping[str, Language]] = {"zh": "zh", "en": "en"}
_FIELDS: Final = 40
_FIELD_BYTES: Final = 64 * 1024
_FIELDS_BYTES: Final = 1024 * 1024
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
SECRET: Final = {**HEADERS, "X-Robots-Tag": "noindex, nofollow, noarchive"}
"""Of pages behind a secret link."""


@dataclass(slots=True)
class Visit:
    """A request, read."""

    request: Request
    services: Services
    page: PublicPage
    language: Language
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, bytes]] = ()

    @property
    def chosen(self) -> bool:
        """Whether the visitor chose the language: then links keep it."""
        return self.request.query_params.get("lang") in ("zh", "en") or self.fields.get("lang") in ("zh", "en")

    @property
    def address(self) -> str:
        """The visitor's, as uvicorn takes it from proxies that are trusted."""
        return self.request.client.host if self.request.client else ""

    @property
    def base(self) -> str:
        """What whole links begin with."""
        url = self.request.url
        return self.page.settings.public_url.rstrip("/") or f"{url.scheme}://{url.netloc}"

    def link(self, path: str, **params: str | None) -> str:
        """A path of ours that keeps the language."""
        given = {name: value for name, value in params.items() if value}
        if self.chosen and "lang" not in given:
            given["lang"] = self.language
        return f"{path}?{urlencode(given)}" if given else path

    def other_language(self) -> str:
        """This page in the other language; the start where this one answered a form."""
        here = self.request.url.path if self.request.method == "GET" else PREFIX
        kept = {name: value for name, value in self.request.query_params.items() if name in ("area", "me_too")}
        return f"{here}?{urlencode({**kept, 'lang': 'en' if self.language == 'zh' else 'zh'})}"

    def html(self, template: str, status: int = 200, headers: Mapping[str, str] = HEADERS, **values: Any) -> Response:
        """A page."""
        bureau = values.get("bureau")
        name = (bureau.name_en or bureau.name if self.language == "en" else bureau.name) if bureau else ""
        papers = bureau is not None and self.page.shelf.filled(bureau.city)
        common = {
            "visit": self, "page": self.page, "bureau_name": name, "here": "", "script": self.page.script,
            "papers": papers,
        }  # fmt: skip
        text = render(template, self.language, **common, **values)
        tag = {"Content-Language": "zh-CN" if self.language == "zh" else "en", "Vary": "Accept-Language"}
        return Response(text, status, {**headers, **tag}, "text/html")

    def json(self, content: Any, seconds: int = 0) -> Response:
        """Data for the page's script; `seconds`: how long anybody may keep it."""
        headers = {"Cache-Control": f"public, max-age={seconds}"} if seconds else {}
        return Response(orjson.dumps(content), headers=headers, media_type="application/json")

    def see(self, path: str, **params: str | None) -> Response:
        """Look there now: what was sent is not sent again by a reload."""
        return RedirectResponse(self.link(path, **params), 303, {"Referrer-Policy": "no-referrer"})

    def error(self, status: int, headers: Mapping[str, str] | None = None) -> Response:
        """A page that says what went wrong."""
        known = status if status in (404, 413, 422, 429, 503) else 422 if status < 500 else 500
        return self.html("error.html", status, {**SECRET, **(headers or {})}, bureau=None, key=f"error_{known}")


Work = Callable[[Visit], Response]


class Page(Route):
    """A route of the page: read here, done in one thread, errors told as a page. The log has its pattern only."""

    def __init__(
        self, path: str, work: Work, methods: Sequence[Literal["GET", "POST"]] = ("GET",), most_bytes: int = 0
    ) -> None:
        """`most_bytes`: how large a form with files may be; 0: it carries none."""
        self._work, self._photos = work, bool(most_bytes)
        super().__init__(path, self._answer, methods=list(methods), name=work.__name__)
        # A little too much is read and refused in words; beyond that the connection is all that is answered.
        self.app = RequestBodyLimitMiddleware(self.app, 2 * most_bytes + _FIELDS_BYTES)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As every route, and known to the edge, which logs the pattern: a secret may stand in the path."""
        match, child = super().matches(scope)
        if match is not Match.NONE:
            child["route"] = self
        return match, child

    async def _answer(self, request: Request) -> Response:
        services: Services = request.app.state.services
        default: Language = "en" if services.settings.language == "en" else "zh"
        visit = Visit(request, services, services.port(PublicPage), default)
        visit.language = _language(request.query_params.get("lang"), request, default)
        try:
            if request.method == "POST":
                await _read(visit, self._photos)
                visit.language = _language(visit.fields.get("lang"), request, visit.language)
            return await run_in_threadpool(self._work, visit)
        except Exception as error:  # noqa: BLE001 - the edge of the page: whatever it is, a citizen is told as a page
            told = problems.translate(error)
            status = told.params.get("status") or problems.status_of(type(told))
            waits = told.params.get("retry_after_s")
            return visit.error(status, {"Retry-After": str(waits)} if waits else None)


def _language(given: str | None, request: Request, default: Language) -> Language:
    chosen = _LANGUAGES.get(given or "")
    if chosen is not None:
        return chosen
    return negotiate(request.headers.get("accept-language", ""), default)


async def _read(visit: Visit, photos: bool) -> None:
    """The form; files only where some belong. Raises `HTTPException` (400) for what is none."""
    settings = visit.page.settings
    most = settings.public_photos + 1 if photos else 0
    fields: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    try:
        async with visit.request.form(max_files=most, max_fields=_FIELDS, max_part_size=_FIELD_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    # A browser sends an empty file where none was chosen.
                    if value.filename or value.size:
                        files.append((value.filename or "", await value.read((settings.public_photo_mib << 20) + 1)))
                else:
                    value.encode()
                    fields.setdefault(name, value.replace("\r\n", "\n").replace("\0", ""))
    except UnicodeError:
        # The form itself says by which code it is read, and some of those give what is no text.
        raise HTTPException(400) from None
    visit.fields, visit.files = fields, files
