"""The console's built files: pages with a policy of their own, digest names for ever, nothing under the API's paths.

Stands before the throttle: a bureau of two hundred people behind one address opens the console at eight in the morning,
and no file costs more than a read.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from xiuhua.platform.web.language import negotiate
from xiuhua.platform.wording import say

BUILT: Final = Path(str(files("xiuhua.http"))) / "static"
FIELD: Final = "/field"
OTHERS: Final = ("/api", "/health", "/ready", "/metrics", "/report")
"""Whose paths are never answered here: the API, what machines ask, the public page."""
ASSETS: Final = "/assets/"
_NONCE: Final = "__NONCE__"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_TYPES: Final = {
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".ttf": "font/ttf",
    ".webmanifest": "application/manifest+json", ".webp": "image/webp", ".woff2": "font/woff2",
}  # fmt: skip
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data: blob:{maps};"
    " font-src 'self'; connect-src 'self'{maps}; media-src 'self' blob:; worker-src 'self'; manifest-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_FIELD_MAY: Final = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


@dataclass(frozen=True, slots=True)
class Built:
    """One file of the build."""

    path: Path
    kind: str
    etag: str
    encodings: dict[str, Path]
    """Precompressed forms that lie beside it."""


class Route(NamedTuple):
    """How the log and the figures name such requests: not by their path."""

    name: str
    path: str


_PAGE, _FILE = Route("console_page", "/"), Route("console_file", "/assets/…")


def script_of(name: str, folder: Path = BUILT) -> str:
    """Address of a script of the build that a page made by the server loads; empty where none was built."""
    found = sorted((folder / "assets").glob(f"{name}-*.js"), key=lambda path: path.stat().st_mtime)
    return f"{ASSETS}{found[-1].name}" if found else ""


class Static:
    """ASGI layer: answers for the console, and passes on what is not its own."""

    def __init__(self, app: ASGIApp, folder: Path = BUILT, maps: Iterable[str] = ()) -> None:
        """Files are counted when there is another build, and read when they are asked for.

        `maps` are origins of base maps: pages may fetch tiles from there and from nowhere else.
        """
        self._app, self._folder, self._maps = app, folder, "".join(f" {one}" for one in sorted(set(maps)))
        self._files: dict[str, Path] = {}
        self._known: dict[str, Built] = {}
        self._built_ns = -1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer."""
        if scope["type"] != "http" or _is_of_others(scope["path"]):
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)  # the app's own 404 or 405
            return
        self._count()
        path, request = scope["path"], Headers(scope=scope)
        if path in self._files and not path.endswith((".html", ".gz", ".br")):
            scope["route"] = _FILE
            response = await run_in_threadpool(self._file, path, request)
        elif "." in path.rpartition("/")[2] or path.startswith(ASSETS):
            await self._app(scope, receive, send)  # a file that there is not: never a page in its place
            return
        else:
            scope["route"] = _PAGE
            response = await run_in_threadpool(self._page, path, request)
        if scope["method"] == "HEAD":
            response.body = b""  # its length stays told
        await response(scope, receive, send)

    def _count(self) -> None:
        """Whoever builds the console while the program runs need not start it again."""
        try:
            built_ns = (self._folder / "index.html").stat().st_mtime_ns
        except OSError:
            built_ns = 0
        if built_ns != self._built_ns:
            self._files = {f"/{path.relative_to(self._folder).as_posix()}": path for path in _all(self._folder)}
            self._known, self._built_ns = {}, built_ns

    def _file(self, path: str, request: Headers) -> Response:
        built = self._known.get(path) or self._known.setdefault(path, self._looked_at(path))
        headers = {
            "ETag": built.etag, "Vary": "Accept-Encoding",
            "Cache-Control": _FOR_EVER if path.startswith(ASSETS) else _ASK_AGAIN,
        }  # fmt: skip
        if path.endswith(".js"):
            headers["Content-Security-Policy"] = _policy("")  # of workers made from it
        if built.etag in (one.strip() for one in request.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        accepted = _accepted(request.get("accept-encoding", ""))
        for name, found in built.encodings.items():
            if name in accepted:
                return Response(found.read_bytes(), headers=headers | {"Content-Encoding": name}, media_type=built.kind)
        return Response(built.path.read_bytes(), headers=headers, media_type=built.kind)

    def _looked_at(self, path: str) -> Built:
        found = self._files[path]
        beside = {name: found.with_name(found.name + end) for name, end in _ENCODINGS if f"{path}{end}" in self._files}
        kind = _TYPES.get(found.suffix, "application/octet-stream")
        # Weak: one name for all of its encodings.
        return Built(found, kind, f'W/"{sha256(found.read_bytes()).hexdigest()[:20]}"', beside)

    def _page(self, path: str, request: Headers) -> Response:
        in_field = path == FIELD or path.startswith(f"{FIELD}/")
        found = self._files.get("/field.html" if in_field else "/index.html")
        if found is None:
            return _unbuilt(request)
        text = found.read_text(encoding="utf-8")
        if in_field:
            # Without a nonce: its service worker keeps the page, and it makes no styles at run time.
            text, policy = text.replace(f' nonce="{_NONCE}"', ""), _policy("", self._maps)
            more = {"Permissions-Policy": _FIELD_MAY}
        else:
            nonce = secrets.token_urlsafe(16)
            text, policy = text.replace(_NONCE, nonce), _policy(f" 'nonce-{nonce}'", self._maps)
            more = {}
        headers = {"Cache-Control": _ASK_AGAIN, "Content-Security-Policy": policy, **more}
        return Response(text, headers=headers, media_type=_TYPES[".html"])


def _all(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()


def _is_of_others(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in OTHERS)


def _policy(styles: str, maps: str = "") -> str:
    return _POLICY.format(styles=styles, maps=maps)


def _accepted(header: str) -> set[str]:
    """Names of the encodings that a reader takes; `q=0` refuses one."""
    parts = (part.partition(";") for part in header.lower().split(","))
    return {name.strip() for name, _, quality in parts if quality.replace(" ", "") not in ("q=0", "q=0.0")}


def _unbuilt(request: Headers) -> Response:
    language = negotiate(request.get("accept-language", ""))
    title, told = (say("pages", code, language) for code in ("console_missing", "console_missing_how"))
    page = f'<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{told}</p>'
    return Response(page, 503, {"Cache-Control": "no-store"}, _TYPES[".html"])
