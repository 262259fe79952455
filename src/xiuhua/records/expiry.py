"""The clock looks after records that expire: a warning some days before, and one when the day is over; each told once.

What was told stands in the record with the day it was told of, so that a renewed record is told of again, and days on
which no worker ran are made up by the one event that is right today.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from xiuhua.city.units import turns
from xiuhua.flow import held
from xiuhua.platform import edges
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.identity.model import system
from xiuhua.platform.sql import queries
from xiuhua.records import deciding
from xiuhua.records.service import Records
from xiuhua.records.writing import Change, write

BATCH: Final = 500
"""Records of one transaction."""
_FIRST: Final[tuple[date, str] | None] = (date(1, 1, 1), "")


def turn(database: Database, records: Records) -> int:
    """Everything that is to be told in every city today; how many records that were."""

    def one(city: str) -> int:
        with database.reading() as tx:
            found = _that_expire(tx, records, city)

        def of(register: str) -> int:
            done = 0
            after: tuple[date, str] | None = _FIRST
            while after is not None:
                with database.transaction() as tx:
                    told, after = tell(tx, records, city, register, after, BATCH)
                done += told
            return done

        return edges.each(found, of, f"{city}: register")

    return turns.in_each(database, one)


def tell(
    tx: Tx, records: Records, city: str, register: str, after: tuple[date, str], limit: int
) -> tuple[int, tuple[date, str] | None]:
    """A batch of a register's records that will expire or have: how many were told of, and where it goes on."""
    declared, today = records.register(tx, city, register), records.today(tx, city)
    values = {
        "city": city, "register": register, "today": today, "limit": limit, "day": after[0], "id": after[1],
        "soon": today + timedelta(days=declared.register.warn), "states": declared.valid_in,
    }  # fmt: skip
    rows = tx.execute(queries("xiuhua.records")["expiring"], values).fetchall()
    work: list[Change] = []
    for row in rows:
        here = held.of(row)
        if (told := deciding.expiring(declared.register, here.state, today)) is not None:
            work.append((here, declared, told))
    if work:
        write(tx, system(city), work)
    return len(work), (rows[-1].expires, rows[-1].id) if len(rows) == limit else None


def turn_of(tx: Tx, records: Records, city: str) -> int:
    """The same in one city, in one transaction."""
    done = 0
    for name in _that_expire(tx, records, city):
        after: tuple[date, str] | None = _FIRST
        while after is not None:
            told, after = tell(tx, records, city, name, after, BATCH)
            done += told
    return done


def _that_expire(tx: Tx, records: Records, city: str) -> list[str]:
    return [name for name, one in records.registers(tx, city).items() if one.register.expires is not None]
