"""Imports asked for in the console: a file is sent in, looked into, tried, taken in by a job, followed, cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.loop.files.loading import parse
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.run import Submit
from xiuhua.loop.imports.peek import Peeked, peek
from xiuhua.loop.imports.trial import Trial, trial
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound, NotNow
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.jobs.service import enqueue
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.texts import place

KIND: Final = "import.reports"
AS_ROLE: Final = "intake_officer"
"""What is imported is registered as the desk would have registered it by hand."""
GIVEN_UP: Final = timedelta(days=1)
"""A file that was sent in and not imported is forgotten; so long a dead job may be repeated."""
KEPT: Final = timedelta(days=30)
"""How long the rows that were not taken in can be fetched."""
MOST_MAPPINGS: Final = 200


def add(tx: Tx, actor: Actor, name: str, content: bytes, language: str) -> str:
    """Keep a file to be imported; its id. Raises `Invalid` when it cannot be read."""
    with put_down(name, content) as path:
        peek(path)
    id_ = tx.new_id()
    tx.execute(_sql()["add"], {**_mine(actor, id_), "now": tx.now, "name": name, "bytes": len(content),
                               "content": content, "language": language})  # fmt: skip
    return id_


def look(tx: Tx, actor: Actor, id_: str, sheet: str | None = None) -> tuple[Peeked, Any | None]:
    """What the file holds, and the kept mapping that fits it best, if one does."""
    with _file(tx, actor, id_) as path:
        seen = peek(path, sheet)
        return seen, _fitting(tx, actor.city, path, seen)


def attempt(tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any], submit: Submit, zone: ZoneInfo) -> Trial:
    """What would become of the first rows; nothing is kept of it."""
    mapping = mapping_of(given)
    with _file(tx, actor, id_) as path:
        return trial(tx, path, mapping, at_the_desk(actor), submit, zone)


def start(tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any]) -> None:
    """Have the file taken in by a job. Raises `Invalid` when it does not fit, `NotNow` when it was begun before."""
    mapping = mapping_of(given)
    with _file(tx, actor, id_) as path, open_table(path, mapping):
        pass
    if tx.execute(_sql()["start"], {**_mine(actor, id_), "mapping": _json(given)}).fetchone() is None:
        raise NotNow("the import was begun before")
    enqueue(tx, actor.city, KIND, {"import": id_}, key=id_)


def cancel(tx: Tx, actor: Actor, id_: str) -> None:
    """Stop an import before its next batch; what came in stays. Raises `NotNow` when it is over."""
    progress(tx, actor, id_)
    if tx.execute(_sql()["cancel"], {**_mine(actor, id_), "now": tx.now}).fetchone() is None:
        raise NotNow("the import is over")


def progress(tx: Tx, actor: Actor, id_: str) -> Any:
    """How far an import of one's own has come; raises `NotFound`."""
    row = tx.execute(_sql()["run"], _mine(actor, id_)).fetchone()
    if row is None:
        raise NotFound
    return row


def runs(tx: Tx, actor: Actor, before: str | None, limit: int) -> list[Any]:
    """One's own imports, newest first."""
    values = {"city": actor.city, "by": actor.id, "before": before, "limit": limit}
    return tx.execute(_sql()["runs"], values).fetchall()


def rejected(tx: Tx, actor: Actor, id_: str) -> tuple[str, bytes]:
    """Name and content of the file of rows that were not taken in; raises `NotFound` where there are none."""
    row = tx.execute(_sql()["rejected"], _mine(actor, id_)).fetchone()
    if row is None or row.rejected_file is None:
        raise NotFound("there are no rejected rows, or they were forgotten after 30 days")
    return f"{row.name}.rejected.csv", bytes(row.rejected_file)


def mappings(tx: Tx, city: str) -> list[Any]:
    """The mappings that a city has kept, by title."""
    return tx.execute(_sql()["mappings"], {"city": city}).fetchall()


def keep_mapping(tx: Tx, actor: Actor, title: str, given: Mapping[str, Any]) -> str:
    """Keep a mapping under a title, in the place of an older one; its id."""
    mapping_of(given)
    known = mappings(tx, actor.city)
    if len(known) >= MOST_MAPPINGS and title not in {one.title for one in known}:
        raise Invalid(errors=[{"field": "title", "why": f"{MOST_MAPPINGS} mappings are kept; drop one first"}])
    values = {"city": actor.city, "id": tx.new_id(), "title": title, "mapping": _json(given), "by": actor.id}
    row = tx.execute(_sql()["keep_mapping"], {**values, "now": tx.now}).fetchone()
    return str(row.id if row else values["id"])


def drop_mapping(tx: Tx, actor: Actor, id_: str) -> None:
    """Keep a mapping no more; raises `NotFound`."""
    if tx.execute(_sql()["drop_mapping"], {"city": actor.city, "id": id_}).fetchone() is None:
        raise NotFound


def forget_files(tx: Tx) -> None:
    """Forget files that nobody imported or whose job is dead, and rejected rows of long ago."""
    tx.execute(_sql()["forget_files"], {"given_up": tx.now - GIVEN_UP, "old": tx.now - KEPT})
    values = {"given_up": tx.now - GIVEN_UP, "now": tx.now, "kind": KIND}
    tx.execute(_sql()["end_dead"], {**values, "error": _json(place("", 0, "", "cut_off"))})


def mapping_of(given: Mapping[str, Any]) -> FileMapping:
    """A mapping as the console sends it; raises `Invalid` with every error in it."""
    return parse(_json(dict(given)), "mapping")


def at_the_desk(actor: Actor) -> Actor:
    """Whoever imports, as the desk that registers: their name stands in the events."""
    posts = (Post(AS_ROLE, actor.city),)
    return Actor(actor.id, actor.city, actor.name, posts, permissions_of(posts), via="import")


@contextmanager
def put_down(name: str, content: bytes) -> Iterator[Path]:
    """The file in a folder of its own; gone with the block."""
    with TemporaryDirectory(prefix="xiuhua-import-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


@contextmanager
def _file(tx: Tx, actor: Actor, id_: str) -> Iterator[Path]:
    progress(tx, actor, id_)
    row = tx.execute(_sql()["content"], _mine(actor, id_)).fetchone()
    if row is None:
        raise NotNow("the import is over; send the file in once more")
    with put_down(row.name, bytes(row.content)) as path:
        yield path


def _fitting(tx: Tx, city: str, path: Path, seen: Peeked) -> Any | None:
    """Of the kept mappings whose columns the file has, the one that reads the most of them."""
    titles = {column.title for column in seen.columns}
    fitting = []
    for row in mappings(tx, city):
        wanted = set(mapping_of(row.mapping).titles())
        if wanted <= titles:
            fitting.append((len(wanted), row.title, row))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _mine(actor: Actor, id_: str) -> dict[str, str]:
    return {"city": actor.city, "id": id_, "by": actor.id}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.imports")
