"""Rows as COPY reads them come out of the database as they went in."""

from __future__ import annotations

from xiuhua.platform import copying
from xiuhua.platform.copying import Table
from xiuhua.platform.database import Database

TABLE = Table(
    "kept", ("t", "n", "f", "b", "y", "a", "tags", "at", "doc"),
    {"a": copying.array(" "), "tags": copying.array("\x1f"), "at": copying.moment},
)  # fmt: skip
HARD = ["", "\\N", "\\", "a\tb\nc\rd", '"q"', "{x,y}", "井盖\u2028👷", "\\x41", "null", "NULL", "\\."]


def test_what_goes_in_comes_out(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(
            "create temp table kept (city text, t text, n int, f float8, b bool, y bytea, a text[], tags text[],"
            " at timestamptz, doc json) on commit drop"
        )
        rows = [
            (one, number, 120.1 + number, number % 2 == 0, one.encode(), " ".join(["330102", "x"][: number % 3]),
             "\x1f".join([one, "b"]) if one else "", 1_772_000_000 + number, '{"a":"\\n\\\\"}')
            for number, one in enumerate(HARD)
        ]  # fmt: skip
        empty = (None, None, None, None, None, "", "", None, None)
        copying.put(tx, "城\t1", TABLE, [*rows, empty])
        found = tx.execute(
            "select city, t, n, f, b, y, a, tags, extract(epoch from at)::bigint as at, doc::text as doc from kept"
        ).fetchall()

    def wanted(row: tuple[object, ...]) -> tuple[object, ...]:
        t, n, f, b, y, a, tags, at, doc = row
        return "城\t1", t, n, f, b, y, str(a).split(), str(tags).split("\x1f") if tags else [], at, doc

    assert [tuple(one) for one in found] == [wanted(row) for row in [*rows, empty]]
