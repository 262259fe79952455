"""Named queries kept as SQL: a `.sql` file beside each store, every query with a name and a purpose line."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)[ \t]*\n", re.MULTILINE)


@cache
def queries(package: str, file: str = "store.sql") -> dict[str, str]:
    """The queries of one file by name; `package` is dotted, e.g. `xiuhua.loop`.

    A query starts with `-- name: find_case` and a comment line that says what it is for.
    """
    text = files(package).joinpath(file).read_text(encoding="utf-8")
    parts = _NAME.split(text)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}
