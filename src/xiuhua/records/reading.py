"""What follows from the fields of a record, or of an entry of a ledger. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.expressions import ExpressionError
from xiuhua.records.shapes import AREA, LENGTH


def computed(
    specs: Mapping[str, FieldSpec], data: Mapping[str, Any], now: int, called: str = "record"
) -> dict[str, Any]:
    """Fields that follow from others, as of this change; nothing where what they follow from is missing.

    `called`: the name by which their expressions know what they are fields of.
    """
    context = Context({called: {name: data.get(name) for name in (*specs, LENGTH, AREA)}, "now": now})

    def value(text: str) -> Any:
        try:
            return context.value(text)
        except ExpressionError:
            return None

    return {name: value(spec.value) for name, spec in specs.items() if spec.value is not None}
