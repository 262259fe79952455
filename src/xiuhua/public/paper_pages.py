"""What the bureau has published for everybody: the list, and each by itself; from the shelf."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from starlette.responses import Response

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.media import service as media
from xiuhua.public.papers import Paper
from xiuhua.public.visit import Visit

_KEPT: Final = {"Cache-Control": "public, max-age=3600"}


def show_papers(visit: Visit) -> Response:
    """All of them: what holds or will hold first, then what does no longer."""
    with visit.services.database.reading() as tx:
        bureau, day = _bureau(visit, tx)
        papers = visit.page.shelf.of(tx, bureau.city)
    told = [(paper, paper.standing(day)) for paper in papers]
    return visit.html(
        "papers.html", bureau=bureau, valid=[one for one in told if one[1] != "over"],
        over=[one for one in told if one[1] == "over"],
    )  # fmt: skip


def show_paper(visit: Visit) -> Response:
    """One of them as it was published. Raises `NotFound`."""
    with visit.services.database.reading() as tx:
        bureau, day = _bureau(visit, tx)
        paper = _asked(visit, tx, bureau.city)
        after = visit.page.shelf.one(tx, bureau.city, paper.replaced_by) if paper.replaced_by else None
        known = media.of_ids(tx, bureau.city, paper.photos)
    photos = [id_ for id_, found in known.items() if found is not None and found.kind == "photo"]
    return visit.html(
        "paper.html", bureau=bureau, paper=paper, standing=paper.standing(day), after=after, photos=photos,
    )  # fmt: skip


def show_paper_photo(visit: Visit) -> Response:
    """A picture that belongs to one. Raises `NotFound`."""
    with visit.services.database.reading() as tx:
        bureau, _ = _bureau(visit, tx)
        wanted = visit.request.path_params["photo"]
        if wanted not in _asked(visit, tx, bureau.city).photos:
            raise NotFound
        found = media.get(tx, bureau.city, wanted)
        if found.kind != "photo":
            raise NotFound
    return Response(media.content(visit.page.store, found), headers=_KEPT, media_type="image/jpeg")


def _bureau(visit: Visit, tx: Tx) -> tuple[Any, date]:
    bureau = visit.page.bureau(tx)
    return bureau, visit.page.loop.view(tx, bureau.city).day


def _asked(visit: Visit, tx: Tx, city: str) -> Paper:
    paper = visit.page.shelf.one(tx, city, visit.request.path_params["id"])
    if paper is None:
        raise NotFound
    return paper
