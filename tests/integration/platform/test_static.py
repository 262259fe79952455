"""The console's files over HTTP: what is answered, with which headers, and what never is."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from xiuhua.http.static import OTHERS, Static

PAGE = '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><script nonce="__NONCE__" src="/assets/a-1.js">'
CODE = b"export const x = 1;" * 100


async def beyond(scope: Any, receive: Any, send: Any) -> None:
    """What lies behind the layer."""
    await PlainTextResponse("beyond", 404)(scope, receive, send)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(f"office {PAGE}")
    (tmp_path / "field.html").write_text(f"field {PAGE}")
    (tmp_path / "sw.js").write_text("self")
    (tmp_path / "assets" / "a-1.js").write_bytes(CODE)
    (tmp_path / "assets" / "a-1.js.gz").write_bytes(gzip.compress(CODE))
    return tmp_path


class Client:
    """Asks the layer, without a server."""

    def __init__(self, folder: Path) -> None:
        self._layer = Static(beyond, folder)

    def request(self, method: str, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._layer)
            async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(asked())

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.request("GET", path, headers)


@pytest.fixture
def client(folder: Path) -> Client:
    return Client(folder)


@pytest.mark.parametrize("path", ["/", "/desk", "/cases/990101-20260302-0001", "/reporting"])
def test_every_path_of_the_console_is_its_page(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.text.startswith("office")
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", [*OTHERS, *(f"{one}/x" for one in OTHERS), "/assets/gone-1.js", "/robots.txt"])
def test_what_is_not_the_consoles_is_passed_on(client: Client, path: str) -> None:
    assert client.get(path).text == "beyond"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_answered(client: Client, method: str) -> None:
    assert client.request(method, "/").text == "beyond"


def test_the_offices_page_has_a_fresh_nonce_for_styles_and_none_for_inline_scripts(client: Client) -> None:
    first, second = client.get("/"), client.get("/")
    policy = first.headers["content-security-policy"]

    [nonce] = re.findall(r"style-src 'self' 'nonce-([\w-]{22})'", policy)
    assert first.text.count(nonce) == 2
    assert nonce not in second.text
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy


def test_the_fields_page_is_the_same_tomorrow_and_may_use_camera_and_place(client: Client) -> None:
    answer = client.get("/field/tasks")

    assert answer.text.startswith("field")
    assert "nonce" not in answer.text.replace("csp-nonce", "")
    assert "style-src 'self';" in answer.headers["content-security-policy"]
    assert "camera=(self), geolocation=(self)" in answer.headers["permissions-policy"]


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "gzip"), ("gzip;q=0", None), ("identity", None)])
def test_digest_names_are_kept_for_ever_in_the_form_asked_for(
    client: Client, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/assets/a-1.js", headers={"Accept-Encoding": accepted})

    assert answer.content == CODE
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_file_that_is_known_is_not_sent_again(client: Client) -> None:
    etag = client.get("/sw.js").headers["etag"]

    answer = client.get("/sw.js", headers={"If-None-Match": f'"x", {etag}'})

    assert (answer.status_code, answer.content) == (304, b"")


def test_head_tells_what_get_would(client: Client) -> None:
    get, head = client.get("/assets/a-1.js"), client.request("HEAD", "/assets/a-1.js")

    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_build_while_the_program_runs_is_taken_over(client: Client, folder: Path) -> None:
    client.get("/")
    (folder / "assets" / "b-2.js").write_text("new")
    (folder / "index.html").write_text("office anew")

    assert client.get("/").text == "office anew"
    assert client.get("/assets/b-2.js").text == "new"


@pytest.mark.parametrize(("language", "told"), [("en", "make console"), ("zh-CN", "控制台尚未构建")])
def test_without_a_build_the_page_says_how_to_make_one(tmp_path: Path, language: str, told: str) -> None:
    answer = Client(tmp_path).get("/desk", headers={"Accept-Language": language})

    assert answer.status_code == 503
    assert told in answer.text


@pytest.mark.parametrize("path", ["/../secret", "/assets/../../secret", "/%2e%2e/secret", "/assets/a-1.js.gz"])
def test_no_file_beside_the_build_is_given_out(client: Client, folder: Path, path: str) -> None:
    (folder.parent / "secret").write_text("secret")

    assert "secret" not in client.get(path).text
