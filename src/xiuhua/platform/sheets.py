"""Tables as files for spreadsheets: CSV with a byte order mark, XLSX written row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Literal

from fastapi.responses import Response, StreamingResponse

from xiuhua.platform.tables.rejects import disarmed

Format = Literal["csv", "xlsx"]
TYPES: Final[dict[Format, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AS_FILE: Final[dict[str, Any]] = {
    "responses": {200: {"content": {one: {} for one in TYPES.values()}, "description": "the file"}},
    "response_class": Response,
}
"""How a route tells that it answers with one."""
_IN_MEMORY: Final = 1 << 20


def written(form: Format, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> SpooledTemporaryFile[bytes]:
    """A file with these rows, at its beginning; small ones stay in memory, it goes when it is closed."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 – whoever sends it closes it
    with _closed_when_it_fails(file):
        (_csv if form == "csv" else _xlsx)(file, heads, rows)
    file.seek(0)
    return file


def sent(form: Format, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingResponse:
    """An answer with these rows as a file to be kept; it is whole before its first byte goes out."""
    return answered(written(form, heads, rows), f"{name}.{form}", TYPES[form])


def answered(file: SpooledTemporaryFile[bytes], name: str, media_type: str) -> StreamingResponse:
    """An answer with a file that is whole; it goes when it was sent."""

    def parts() -> Iterator[bytes]:
        with file:
            while part := file.read(1 << 16):
                yield part

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(parts(), media_type=media_type, headers=headers)


def spooled(parts: Iterable[bytes]) -> SpooledTemporaryFile[bytes]:
    """A file of these parts, at its beginning; small ones stay in memory, it goes when it is closed."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 – whoever sends it closes it
    with _closed_when_it_fails(file):
        for part in parts:
            file.write(part)
    file.seek(0)
    return file


@contextmanager
def _closed_when_it_fails(file: SpooledTemporaryFile[bytes]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.close()
        raise


def harmless(value: Any) -> Any:
    """A cell of a CSV: what a spreadsheet would take for a formula gets an apostrophe."""
    return disarmed(value) if isinstance(value, str) else value


def _csv(file: SpooledTemporaryFile[bytes], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([harmless(_plain(cell)) for cell in row] for row in rows)
    text.detach()


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return ("1" if cell else "0") if isinstance(cell, bool) else cell


def _xlsx(file: SpooledTemporaryFile[bytes], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    import xlsxwriter  # noqa: PLC0415 – only those who export pay for it

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"constant_memory": True, **plain}) as book:  # what it wrote beside goes in any case
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, column, cell.replace(tzinfo=None), moment)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write(at, column, cell)
