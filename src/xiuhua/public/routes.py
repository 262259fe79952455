"""The addresses of the public page. They lie outside `/api`: nobody signs in here, and answers are pages."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from xiuhua.platform.errors import NotFound
from xiuhua.platform.settings import Settings
from xiuhua.public import follow_pages, mail_pages, map_pages, paper_pages, reporting, views
from xiuhua.public.visit import PREFIX, Page, Visit


def routes(settings: Settings) -> list[BaseRoute]:
    """All of them; what a form may carry depends on the settings."""
    most = settings.public_photos * (settings.public_photo_mib << 20)
    secret = f"{PREFIX}/f/{{secret}}"
    return [
        Page(PREFIX, reporting.show_form),
        Page(PREFIX, reporting.send_report, ["POST"], most_bytes=most or 1),
        Page(f"{PREFIX}/challenge", reporting.challenge),
        Page(f"{PREFIX}/nearby", map_pages.show_nearby),
        Page(f"{PREFIX}/map", map_pages.show_map),
        Page(f"{PREFIX}/map.geojson", map_pages.show_cases),
        Page(f"{PREFIX}/outline.geojson", map_pages.show_outlines),
        Page(f"{PREFIX}/feed", map_pages.show_area_feed),
        Page(f"{PREFIX}/documents", paper_pages.show_papers),
        Page(f"{PREFIX}/documents/{{id}}", paper_pages.show_paper),
        Page(f"{PREFIX}/documents/{{id}}/photo/{{photo}}", paper_pages.show_paper_photo),
        Page(f"{PREFIX}/mail", mail_pages.ask_for_area, ["POST"]),
        Page(f"{PREFIX}/m/{{token}}", mail_pages.show_mail),
        Page(f"{PREFIX}/m/{{token}}", mail_pages.confirm_mail, ["POST"]),
        Page(f"{PREFIX}/m/{{token}}/stop", mail_pages.show_stop),
        Page(f"{PREFIX}/m/{{token}}/stop", mail_pages.stop_mail, ["POST"]),
        Page(secret, follow_pages.show_follow),
        Page(f"{secret}/receipt", follow_pages.show_receipt),
        Page(f"{secret}/rate", follow_pages.rate_report, ["POST"]),
        Page(f"{secret}/contest", follow_pages.contest_closing, ["POST"], most_bytes=most or 1),
        Page(f"{secret}/mail", mail_pages.ask_for_report, ["POST"]),
        Page(f"{secret}/photo/{{photo}}", follow_pages.show_photo),
        Page(f"{secret}/feed", follow_pages.show_feed),
        Page(f"{PREFIX}/assets/{{digest}}/{{name}}", show_asset),
        Page(f"{PREFIX}/{{rest:path}}", show_nothing, ["GET", "POST"]),
    ]


def show_asset(visit: Visit) -> Response:
    """The style sheet and the icon, to be kept for ever. Raises `NotFound`."""
    name = visit.request.path_params["name"]
    if name not in views.ASSETS or visit.request.url.path != views.asset_path(name):
        raise NotFound
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(views.asset(name), headers=headers, media_type=views.ASSETS[name])


def show_nothing(visit: Visit) -> Response:
    """Any other address below, told as a page. Raises `NotFound`."""
    raise NotFound
