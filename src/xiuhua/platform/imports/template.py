"""An empty table to be filled in: a column for each field, lists to choose from, a sheet of what goes where."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from xiuhua.platform.imports.model import Field
from xiuhua.platform.tables.texts import say

_ROWS: Final = 5_000
"""Rows that offer their lists."""
_LONGEST_LIST: Final = 250
"""Signs of a list that stands in the cell's rule; Excel takes 255."""
_WIDEST: Final = 40


def workbook(fields: Mapping[str, Field], lang: str) -> bytes:
    """An XLSX file; `lang`: `zh` or `en`."""
    import xlsxwriter  # noqa: PLC0415 – only those who fetch one pay for it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    bold, text = book.add_format({"bold": True, "bg_color": "#eef3fa"}), book.add_format({"num_format": "@"})
    sheet, told = book.add_worksheet(say(lang, "sheet_rows")), book.add_worksheet(say(lang, "sheet_columns"))
    heads = [say(lang, key) for key in ("template_column", "template_needed", "template_hint", "template_choices")]
    told.write_row(0, 0, heads, bold)
    told.set_column(0, len(heads) - 1, _WIDEST)
    for at, one in enumerate(one for one in fields.values() if one.offered):
        title, choices = one.title[lang], [each[lang] for each in one.choices]
        sheet.write_string(0, at, title, bold)
        # As texts, so that codes keep their zeros and long numbers their end.
        sheet.set_column(at, at, min(max(len(title.encode("gbk", "replace")) + 2, 10), _WIDEST), text)
        needed = say(lang, "template_yes") if one.required else ""
        told.write_row(at + 1, 0, [title, needed, one.hint[lang], " / ".join(choices)])
        if choices and len(",".join(choices)) <= _LONGEST_LIST and not any("," in each for each in choices):
            sheet.data_validation(1, at, _ROWS, at, _offered(choices))
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()


def _offered(choices: list[str]) -> dict[str, Any]:
    return {"validate": "list", "source": choices, "error_type": "warning"}
