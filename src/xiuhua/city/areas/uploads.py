"""Map files that come from outside: only those that are what their names say are handed to the reader.

The reader's library opens a file by what it finds in it, and knows formats that point to other files and
addresses. So whatever comes with a request is looked at first: a known suffix, and the first bytes of its format.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from xiuhua.platform.errors import Invalid

MAP_BYTES: Final = 64 * 1024 * 1024
"""The largest upload of map files."""
_UNPACKED_BYTES: Final = 1024 * 1024 * 1024
_HEAD_BYTES: Final = 4096
_MAPS: Final = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".csv")
_BESIDE: Final = (".dbf", ".shx", ".prj", ".cpg")
"""Parts of a Shapefile, which are sent along with it."""
_IGNORED: Final = (".xml", ".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".txt")
"""What programs leave in a zip beside the map; never opened."""
_BEGINS: Final = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a", ".shx": b"\0\0\x27\x0a"}


def maps_among(paths: Iterable[Path]) -> list[Path]:
    """The maps among uploaded files, the parts of Shapefiles left aside.

    Raises `Invalid` with every file that is not taken.
    """
    listed = list(paths)
    errors = [error for path in listed for error in _faults(path)]
    found = [path for path in listed if path.suffix.lower() in _MAPS]
    if not found and not errors:
        errors = [_error("", f"send at least one of {', '.join(_MAPS)}")]
    if errors:
        raise Invalid(f"{errors[0]['file']}: {errors[0]['why']}", errors=errors)
    return found


def _faults(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
        if why := _fault(path.name, head):
            yield _error(path.name, why)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > _UNPACKED_BYTES:
                yield _error(path.name, f"holds more than {_UNPACKED_BYTES >> 20} MiB")
                return
            if not any(Path(one.filename).suffix.lower() in _MAPS for one in members):
                yield _error(path.name, "holds no map")
            for one in members:
                if _is_ignored(one.filename):
                    continue
                with archive.open(one) as stream:
                    why = _fault(one.filename, stream.read(_HEAD_BYTES))
                if why:
                    yield _error(f"{path.name}#{one.filename}", why)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        yield _error(path.name, f"cannot be unpacked: {error}")


def _is_ignored(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.endswith(".DS_Store") or name.lower().endswith(_IGNORED)


def _fault(name: str, head: bytes) -> str:
    """Why a file is not what its name says; empty when it is."""
    suffix = Path(name).suffix.lower()
    if suffix not in (*_MAPS, *_BESIDE) or suffix == ".zip":
        return f"is none of {', '.join((*_MAPS, *_BESIDE))}"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in _BEGINS and not head.startswith(_BEGINS[suffix]):
        return f"does not begin like a {suffix} file"
    if suffix in (".geojson", ".json") and not text.startswith(b"{"):
        return "is no JSON object"
    if suffix in (".csv", ".cpg", ".prj", ".dbf") and (text.startswith(b"<") or b"<OGR" in head):
        return f"does not look like a {suffix} file"
    return ""


def _error(file: str, why: str) -> dict[str, Any]:
    return {"file": file, "row": 0, "field": "file", "why": why, "what": "unusable_file"}
