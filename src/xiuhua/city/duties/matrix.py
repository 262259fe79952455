"""The duty matrix compiled for look-ups: a question costs a few dictionary look-ups, not a scan. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, date, tzinfo
from operator import itemgetter
from typing import Final

from xiuhua.city.duties.model import (
    MAINTAINER_ANSWERS,
    NOBODY,
    Answer,
    Asked,
    CategoryGroup,
    DutyRow,
    Gap,
    Section,
    Tie,
    Won,
    place_token,
)
from xiuhua.city.duties.selectors import Groups, Named, ways
from xiuhua.city.units.bands import TimeBand, is_written_out, minute_of_week, week_of
from xiuhua.city.units.model import holds_on

_OPEN: Final = date(MAXYEAR, 12, 31).toordinal()
_KEPT_CHAINS: Final = 50_000
_NOTHING: Final = Gap()
_rank = itemgetter(0)

Weeks = tuple[tuple[int, int, bytes], ...]
Cell = tuple[int, int, Weeks | None, str, int, DutyRow]
"""First and last day, weeks of its band by days, owner, rank of time and owner, the row."""
Cats = dict[str, tuple[Cell, ...]]
Chain = tuple[tuple[str, tuple[str, ...]], ...]


class DutyMatrix:
    """Every row of one bureau's matrix (in force, or of one draft), past and to come."""

    def __init__(
        self,
        rows: Iterable[DutyRow],
        zone: tzinfo,
        bands: Iterable[TimeBand] = (),
        groups: Iterable[CategoryGroup] = (),
        sections: Iterable[Section] = (),
    ) -> None:
        """A row with an unknown band never answers; `check` reports it."""
        self.rows, self.zone = tuple(rows), zone
        self.bands, self.groups, self.sections = tuple(bands), tuple(groups), tuple(sections)
        self.group_index = Groups(self.groups)
        self._sections = _by_member(self.sections)
        self._selectors: dict[str, set[str]] = {}
        self._chains: dict[tuple[str, int, str, tuple[str, ...]], Chain] = {}
        self._tables = self._compiled()

    def _compiled(self) -> dict[str, dict[str, tuple[tuple[int, Cats], ...]]]:
        weeks = _weeks_by_name(self.bands)
        built: dict[str, dict[str, dict[int, dict[str, list[Cell]]]]] = {}
        for row in sorted(self.rows, key=lambda one: (one.id, one.unit)):
            self._selectors.setdefault(row.kind, set()).add(row.category)
            last = _OPEN if row.valid_to is None else row.valid_to.toordinal()
            band = _weeks_of(row.time_band, weeks) if row.time_band else None
            rank = (0 if row.time_band else 2) + (0 if row.owner else 1)
            cell = (row.valid_from.toordinal(), last, band, row.owner, rank, row)
            ranks = built.setdefault(row.kind, {}).setdefault(row.token(), {})
            ranks.setdefault(row.place_rank, {}).setdefault(row.category, []).append(cell)
        return {
            kind: {
                token: tuple((rank, {one: tuple(cells) for one, cells in cats.items()}) for rank, cats in ranks.items())
                for token, ranks in places.items()
            }
            for kind, places in built.items()
        }

    def resolve(self, asked: Asked, on: date | None = None) -> Answer:
        """Who answers. `on` judges by the rows of another day than the question's own (for dry runs)."""
        local = asked.at.astimezone(self.zone)
        day = (on or local).toordinal()
        minute = minute_of_week(local)
        table = self._tables.get(asked.kind, {})
        chain = self._chain(asked.kind, asked.category, asked.mapped, day)
        if asked.maintainer and asked.kind in MAINTAINER_ANSWERS:
            return self._decided(table, asked, chain, day, minute) or Won(asked.maintainer, None, "maintainer")
        found: list[tuple[int, Cats]] = []
        for token in self._tokens(asked, day):
            if (entry := table.get(token)) is not None:
                found += entry
        found.sort(key=_rank)
        start, end = 0, len(found)
        while start < end:
            rank, stop = found[start][0], start + 1
            while stop < end and found[stop][0] == rank:
                stop += 1
            answer = _pick(found[start:stop], chain, day, minute, asked.owner)
            if answer is not None:
                return answer
            start = stop
        return _NOTHING

    def resolve_batch(self, batch: Iterable[Asked], on: date | None = None) -> list[Answer]:
        """One answer per question, in order."""
        return [self.resolve(asked, on) for asked in batch]

    def ways(self, category: str, mapped: Sequence[str], on: date) -> list[Named]:
        """Every way a row may name a category on a day, the most specific first."""
        return ways(category, mapped, self.group_index, on.toordinal())

    def sections_of(self, tokens: Iterable[str], on: date) -> list[str]:
        """Contract sections that hold any of these places on a day."""
        return sorted(self._sections_at(tokens, on.toordinal()))

    def rows_on(self, day: date) -> list[DutyRow]:
        """The rows that hold on a day."""
        return [row for row in self.rows if holds_on(row, day)]

    def band_hours(self, day: date) -> dict[str, str]:
        """Hours of the named bands on a day."""
        return {band.code: band.hours for band in self.bands if holds_on(band, day)}

    def _chain(self, kind: str, category: str, mapped: tuple[str, ...], day: int) -> Chain:
        key = (kind, self.group_index.era(day), category, mapped)
        chain = self._chains.get(key)
        if chain is None:
            used = self._selectors.get(kind, ())
            levels: dict[tuple[int, str], list[str]] = {}
            for named in ways(category, mapped, self.group_index, day):
                if named.selector in used:
                    levels.setdefault((named.rank, named.word), []).append(named.selector)
            chain = tuple((word, tuple(selectors)) for (_, word), selectors in levels.items())
            if len(self._chains) >= _KEPT_CHAINS:
                self._chains = {}
            self._chains[key] = chain
        return chain

    def _tokens(self, asked: Asked, day: int) -> list[str]:
        tokens = list(dict.fromkeys(asked.scopes))
        if asked.segment:
            tokens.append(place_token("road_segment", asked.segment))
            if asked.side in {"L", "R"}:
                tokens.append(place_token("road_segment", asked.segment, asked.side))
        if self._sections or asked.sections:
            held = {*asked.sections, *self._sections_at(tokens, day)}
            tokens += [place_token("section", section) for section in held]
        if asked.record:
            tokens.append(place_token("record", asked.record))
        tokens.append("everywhere:*")
        return tokens

    def _sections_at(self, tokens: Iterable[str], day: int) -> set[str]:
        return {code for token in tokens for first, last, code in self._sections.get(token, ()) if first <= day <= last}

    def _decided(
        self,
        table: Mapping[str, tuple[tuple[int, Cats], ...]],
        asked: Asked,
        chain: Chain,
        day: int,
        minute: int,
    ) -> Answer | None:
        """An adjudication about this very record, which stands above what the register says of it."""
        entry = table.get(place_token("record", asked.record)) if asked.record else None
        return _pick(entry, chain, day, minute, asked.owner, decided=True) if entry else None


def _pick(
    places: Sequence[tuple[int, Cats]],
    chain: Chain,
    day: int,
    minute: int,
    owner: str | None,
    decided: bool = False,
) -> Answer | None:
    """The answer of places of one rank, None when no row fits."""
    for word, selectors in chain:
        best, winners = 4, []
        for _, cats in places:
            for selector in selectors:
                for first, last, weeks, owned, rank, row in cats.get(selector, ()):
                    if rank > best or not first <= day <= last or (owned and owned != owner):
                        continue
                    if (weeks is not None and not _in_band(weeks, day, minute)) or (decided and not row.source_case):
                        continue
                    if rank < best:
                        best, winners = rank, [row]
                    else:
                        winners.append(row)
        if winners:
            return _verdict(winners, word)
    return None


def _verdict(winners: list[DutyRow], word: str) -> Answer:
    row = winners[0]
    if len(winners) > 1:
        winners = sorted({id(one): one for one in winners}.values(), key=lambda one: (one.id, one.unit))
        row = winners[0]
        if any(other.unit != row.unit for other in winners):
            return Tie(tuple(winners))
    return Gap(row) if row.unit == NOBODY else Won(row.unit, row, word)


def _in_band(weeks: Weeks, day: int, minute: int) -> bool:
    return any(first <= day <= last and week[minute] for first, last, week in weeks)


def _weeks_of(band: str, by_name: Mapping[str, Weeks]) -> Weeks:
    if not is_written_out(band):
        return by_name.get(band, ())
    try:
        return ((1, _OPEN, week_of(band)),)
    except ValueError:
        return ()


def _weeks_by_name(bands: Iterable[TimeBand]) -> dict[str, Weeks]:
    found: dict[str, Weeks] = {}
    for band in bands:
        last = _OPEN if band.valid_to is None else band.valid_to.toordinal()
        span = (band.valid_from.toordinal(), last, week_of(band.hours))
        found[band.code] = (*found.get(band.code, ()), span)
    return found


def _by_member(sections: Iterable[Section]) -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for section in sections:
        last = _OPEN if section.valid_to is None else section.valid_to.toordinal()
        for place in section.places:
            code, side = (place[:-2], place[-1]) if place.endswith(("/L", "/R")) else (place, "")
            span = (section.valid_from.toordinal(), last, section.code)
            # A plain code may be an area or a whole road segment: one code is only one of them.
            for token in {place_token("road_segment", code, side), *([] if side else [code])}:
                found.setdefault(token, []).append(span)
    return found
