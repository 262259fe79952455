"""Imports asked for in the console: a file is sent in, looked into, tried, taken in by a job, followed, cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import orjson

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound, NotNow
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports.model import Kinds, Outcome, Put, Target
from xiuhua.platform.imports.peek import Peeked, peek
from xiuhua.platform.imports.preview import Sampling, first_rows
from xiuhua.platform.imports.taking import Ourselves
from xiuhua.platform.jobs.service import enqueue
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.texts import place

KIND: Final = "import"
GIVEN_UP: Final = timedelta(days=1)
"""A file that was sent in and not imported is forgotten; so long a dead job may be repeated."""
KEPT: Final = timedelta(days=30)
"""How long the rows that were not taken in can be fetched."""
MOST_MAPPINGS: Final = 200


def add(tx: Tx, actor: Actor, kinds: Kinds, of: str, file: tuple[str, bytes], language: str) -> str:
    """Keep a file (name and content) to be brought into a target; its id. Raises `Invalid` when it cannot be read."""
    target, (name, content) = kinds.target(tx, actor, of), file
    with put_down(name, content) as path:
        peek(path, target)
    id_ = tx.new_id()
    tx.execute(_sql()["add"], {
        **_mine(actor, id_), "now": tx.now, "target": of, "name": name, "bytes": len(content), "content": content,
        "language": language,
    })  # fmt: skip
    return id_


def look(
    tx: Tx, actor: Actor, kinds: Kinds, id_: str, sheet: str | None = None
) -> tuple[Target[Any], Peeked, Any | None]:
    """What the file holds, and the kept mapping that fits it best, if one does."""
    with _file(tx, actor, kinds, id_) as (target, of, path):
        seen = peek(path, target, sheet)
        return target, seen, _fitting(tx, actor.city, target, of, seen)


def attempt(tx: Tx, actor: Actor, kinds: Kinds, id_: str, given: Mapping[str, Any]) -> tuple[Sampling, Outcome]:
    """What would become of the first rows; nothing is kept of it."""
    with _file(tx, actor, kinds, id_) as (target, _, path):

        def take(items: Sequence[Any]) -> Sequence[Put]:
            with tx.connection.transaction(force_rollback=True):
                return target.put(tx, items, True)

        return first_rows(path, target, target.layout(given), Ourselves(take), tx.now)


def check(tx: Tx, actor: Actor, kinds: Kinds, id_: str, given: Mapping[str, Any]) -> None:
    """Have all rows of a file looked at by a job; nothing is kept of it. Raises as `start` does."""
    _begin(tx, actor, kinds, id_, given, "checking")


def start(tx: Tx, actor: Actor, kinds: Kinds, id_: str, given: Mapping[str, Any]) -> None:
    """Have the file taken in by a job. Raises `Invalid` when it does not fit, `NotNow` when it was begun before."""
    _begin(tx, actor, kinds, id_, given, "waiting")


def cancel(tx: Tx, actor: Actor, id_: str) -> None:
    """Stop an import before its next batch, or a look at its rows; what came in stays. `NotNow` when it is over."""
    progress(tx, actor, id_)
    if tx.execute(_sql()["cancel"], {**_mine(actor, id_), "now": tx.now}).fetchone() is None:
        raise NotNow("the import is over")


def progress(tx: Tx, actor: Actor, id_: str) -> Any:
    """How far an import of one's own has come; raises `NotFound`."""
    row = tx.execute(_sql()["run"], _mine(actor, id_)).fetchone()
    if row is None:
        raise NotFound
    return row


def previewed(tx: Tx, actor: Actor, id_: str) -> Any:
    """What would become of all rows, once a job has looked at them; raises `NotFound` before."""
    row = tx.execute(_sql()["preview"], _mine(actor, id_)).fetchone()
    if row is None:
        raise NotFound
    return row


def runs(tx: Tx, actor: Actor, of: str | None, before: str | None, limit: int) -> list[Any]:
    """One's own imports, newest first; into one target where it is named."""
    values = {"city": actor.city, "by": actor.id, "target": of, "before": before, "limit": limit}
    return tx.execute(_sql()["runs"], values).fetchall()


def rejected(tx: Tx, actor: Actor, id_: str) -> tuple[str, bytes]:
    """Name and content of the file of rows that were not taken in; raises `NotFound` where there are none."""
    row = tx.execute(_sql()["rejected"], _mine(actor, id_)).fetchone()
    if row is None or row.rejected_file is None:
        raise NotFound("there are no rejected rows, or they were forgotten after 30 days")
    return f"{row.name}.rejected.csv", bytes(row.rejected_file)


def mappings(tx: Tx, city: str, of: str) -> list[Any]:
    """The mappings that a city has kept for a target, by title."""
    return tx.execute(_sql()["mappings"], {"city": city, "target": of}).fetchall()


def keep_mapping(tx: Tx, actor: Actor, kinds: Kinds, of: str, title: str, given: Mapping[str, Any]) -> str:
    """Keep a mapping under a title, in the place of an older one; its id. Raises `Invalid` for what is none."""
    kinds.target(tx, actor, of).layout(given)
    known = mappings(tx, actor.city, of)
    if len(known) >= MOST_MAPPINGS and title not in {one.title for one in known}:
        raise Invalid(errors=[{"field": "title", "why": f"{MOST_MAPPINGS} mappings are kept; drop one first"}])
    values = {"city": actor.city, "id": tx.new_id(), "target": of, "title": title, "mapping": _json(given)}
    row = tx.execute(_sql()["keep_mapping"], {**values, "by": actor.id, "now": tx.now}).fetchone()
    return str(row.id if row else values["id"])


def drop_mapping(tx: Tx, actor: Actor, kinds: Kinds, id_: str) -> None:
    """Keep a mapping no more; raises `NotFound`."""
    which = {"city": actor.city, "id": id_}
    row = tx.execute(_sql()["mapping"], which).fetchone()
    if row is None:
        raise NotFound
    kinds.demand(actor, row.target)
    tx.execute(_sql()["drop_mapping"], which)


def forget_files(tx: Tx) -> None:
    """Forget files that nobody imported or whose job is dead, and rejected rows of long ago."""
    tx.execute(_sql()["forget_files"], {"given_up": tx.now - GIVEN_UP, "old": tx.now - KEPT})
    values = {"given_up": tx.now - GIVEN_UP, "now": tx.now, "kind": KIND}
    tx.execute(_sql()["end_dead"], {**values, "error": _json(place("", 0, "", "cut_off"))})


@contextmanager
def put_down(name: str, content: bytes) -> Iterator[Path]:
    """The file in a folder of its own; gone with the block."""
    with TemporaryDirectory(prefix="xiuhua-import-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


@contextmanager
def _file(tx: Tx, actor: Actor, kinds: Kinds, id_: str) -> Iterator[tuple[Target[Any], str, Path]]:
    progress(tx, actor, id_)
    row = tx.execute(_sql()["content"], _mine(actor, id_)).fetchone()
    if row is None:
        raise NotNow("the import was begun, or is over; send the file in once more")
    target = kinds.target(tx, actor, row.target)
    with put_down(row.name, bytes(row.content)) as path:
        yield target, row.target, path


def _begin(tx: Tx, actor: Actor, kinds: Kinds, id_: str, given: Mapping[str, Any], state: str) -> None:
    with _file(tx, actor, kinds, id_) as (target, _, path), open_table(path, target.layout(given)):
        pass
    job = tx.new_id()
    posts = [[post.role, post.unit, post.area] for post in actor.posts]
    values = {**_mine(actor, id_), "state": state, "mapping": _json(given), "job": job, "posts": _json(posts)}
    if tx.execute(_sql()["begin"], {**values, "permissions": sorted(actor.permissions)}).fetchone() is None:
        raise NotNow("the import was begun before")
    enqueue(tx, actor.city, KIND, {"import": id_}, key=job)


def _fitting(tx: Tx, city: str, target: Target[Any], of: str, seen: Peeked) -> Any | None:
    """Of the kept mappings whose columns the file has, the one that reads the most of them."""
    titles = {column.title for column in seen.columns}
    fitting = []
    for row in mappings(tx, city, of):
        try:
            wanted = set(target.layout(row.mapping).titles())
        except Invalid:  # a pack that was installed since knows other fields
            continue
        if wanted <= titles:
            fitting.append((len(wanted), row.title, row))
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _mine(actor: Actor, id_: str) -> dict[str, str]:
    return {"city": actor.city, "id": id_, "by": actor.id}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.imports")
