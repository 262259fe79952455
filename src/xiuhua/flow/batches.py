"""Fields of many rows: what is right goes a short way, everything else the careful one of `fields`. Pure.

Both ways give the same: the short one is taken only where nothing is wrong, missing, unknown or worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec
from xiuhua.platform.wording import Wrong

Read = Callable[[Any], Any]


class Batch:
    """The fields of one form, looked into once for all its rows."""

    def __init__(self, specs: Mapping[str, FieldSpec], look_up: fields.LookUp) -> None:
        self._specs, self._look_up = specs, look_up
        self._nothing = fields.nothing(specs)
        self._readers: dict[str, Read] = {name: _reader(spec, look_up) for name, spec in specs.items()}
        self._needed = frozenset(name for name, spec in specs.items() if spec.required is True)
        self._simple = not any(spec.default or isinstance(spec.required, str) for spec in specs.values())

    def read(self, given: Mapping[str, Any], context: Callable[[], Context]) -> tuple[dict[str, Any], fields.Errors]:
        """As `fields.read` does: values by name, all errors."""
        short = self._short(given)
        if short is not None and self._simple and self._needed <= short.keys():
            return {**self._nothing, **short}, []
        values, _, errors = fields.read(self._specs, given, context(), self._look_up)
        return values, errors

    def read_some(
        self, given: Mapping[str, Any], context: Callable[[], Context]
    ) -> tuple[dict[str, Any], fields.Errors]:
        """As `fields.read_some` does with the fields that are given and declared."""
        short = self._short(given)
        if short is not None and len(short) == len(given):
            return short, []
        named = {name: self._specs[name] for name in given if name in self._specs}
        return fields.read_some(named, given, context(), self._look_up)

    def _short(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """Values of what is given; None where anything is unknown or wrong."""
        values = {}
        readers = self._readers
        try:
            for name, value in given.items():
                read = readers.get(name)
                if read is None:
                    return None
                if value is None or (not value and isinstance(value, str | list)):
                    continue
                values[name] = read(value)
        except Wrong:
            return None
        return values


def _reader(spec: FieldSpec, look_up: fields.LookUp) -> Read:
    whole = partial(fields.read_value, spec, look_up)
    if spec.many:
        return whole
    if spec.type != "choice" and spec.type not in fields.LOOKED_UP:
        return fields.reader(spec)
    known: dict[str, Any] = {}

    def remembered(value: Any) -> Any:
        found = known.get(value) if type(value) is str else None
        if found is None:
            found = whole(value)
            if type(value) is str:
                known[value] = found
        return found

    return remembered
