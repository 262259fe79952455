"""Reads profiles: every error at once, each with its place; and their published schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from xiuhua.loop.model import SOURCES
from xiuhua.packs import yaml
from xiuhua.packs.problems import Path, Problem, did_you_mean, hint_for
from xiuhua.packs.shape import fit, shown
from xiuhua.packs.yaml import Document
from xiuhua.platform.errors import Invalid
from xiuhua.simulate.city import words
from xiuhua.simulate.profile import Profile, Span
from xiuhua.simulate.words import habits

SCHEMA_FILE: Final = "simulation-profile.json"


def load(path: FilePath) -> Profile:
    """Read a profile. Raises `Invalid` with each error's line, column and path."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Invalid(f"{path}: {error.strerror}") from error
    return parse(content, path.name)


def parse(content: bytes, file: str) -> Profile:
    """The same from the bytes of a file."""
    document, problems = yaml.read(content, file)
    profile = None
    if document is not None and not problems:
        profile, problems = fit(Profile, document, ())
        if profile is not None and not problems:
            problems = list(_unknown(profile, document))
    if problems or profile is None:
        told = [f"{one.file}:{one.line}:{one.column} {one.path}: {one.why}" for one in problems]
        raise Invalid(f"{file} has {len(told)} errors: {'; '.join(told)}", errors=[one.as_error() for one in problems])
    return profile


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a profile."""
    made = Profile.model_json_schema(by_alias=True)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$id": "urn:xiuhua:simulation-profile"}
    return {**head, **made, "title": "Profile of a simulation by Xiuhua"}


def written() -> str:
    """The text of the schema's file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def write(folder: FilePath) -> list[FilePath]:
    """Write the schema into a folder; gives the file if it changed."""
    path, text = folder / SCHEMA_FILE, written()
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return []
    path.write_text(text, encoding="utf-8")
    return [path]


def _unknown(profile: Profile, document: Document) -> Iterator[Problem]:
    """What no shape can tell: names that the district does not have, spans that end before they begin."""
    roles = list(habits()["minutes"])
    categories = [one[0] for one in habits()["matters"]]
    units = [one[0] for one in words()["units"]]

    def among(path: Path, found: str, known: Iterable[str], at_key: bool = False) -> Iterator[Problem]:
        listed = list(known)
        if found not in listed:
            near = did_you_mean(found, listed)
            yield Problem(document.place(path, at_key), "not_one_of", {"found": found, **near}, hint_for(near))

    def ordered(path: Path, span: Span) -> Iterator[Problem]:
        if span.last < span.first:
            found = {"found": shown(span.last), "limit": span.first}
            yield Problem(document.place((*path, "last")), "too_small", found)

    for n, burst in enumerate(profile.bursts):
        for name in burst.categories:
            yield from among(("bursts", n, "categories", name), name, categories, at_key=True)
        for name in burst.sources:
            yield from among(("bursts", n, "sources", name), name, SOURCES, at_key=True)
        for m, span in enumerate(burst.days):
            yield from ordered(("bursts", n, "days", m), span)
    for n, staff in enumerate(profile.staffing):
        yield from among(("staffing", n, "role"), staff.role, roles)
    for n, absence in enumerate(profile.absences):
        yield from among(("absences", n, "role"), absence.role, roles)
        yield from ordered(("absences", n, "days"), absence.days)
    for n, manners in enumerate(profile.units):
        for m, unit in enumerate(manners.units):
            yield from among(("units", n, "units", m), unit, units)
    for n, adversary in enumerate(profile.adversaries):
        yield from among(("adversaries", n, "source"), adversary.source, SOURCES)
        yield from ordered(("adversaries", n, "days"), adversary.days)
