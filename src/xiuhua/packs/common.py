"""What all declarations of a pack are made of: titles, names, expressions, fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text stands for beyond being a text; the validator finds such texts by it, editors by `format`."""

    what: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "format": self.what}


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
"""A name in a pack: lower case, digits, underscore."""

EventName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{2,47}$")]
"""An event: past tense, in CamelCase."""

CEL: Final = Meaning("cel")
Amount = int | Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,6})?$")]
"""A number of points, never a binary fraction: `5`, or `"0.5"` in quotation marks."""

Expression = Annotated[str, StringConstraints(min_length=1, max_length=2000), CEL]
"""A condition or value in the documented subset of CEL (`docs/reference/expressions.md`)."""


class Declaration(BaseModel):
    """Base of all declarations: unknown keys are errors, values are not coerced, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Title(Declaration):
    """A text in both languages of the interface."""

    zh: str = Field(min_length=1, description="Chinese, shown first")
    en: str = Field(min_length=1, description="English")


FieldType = Literal[
    "text", "long_text", "integer", "decimal", "money", "boolean", "choice", "date", "datetime", "duration",
    "limit", "unit", "person", "category", "filing_condition", "area", "place", "photo", "file", "case",
    "report", "ref", "plate", "credit_code", "part_code", "device", "geometry", "computed",
]  # fmt: skip


class FieldSpec(Declaration):
    """One field that a person fills in or a record holds."""

    type: FieldType = Field(description="what the value is")
    title: Title | None = None
    help: Title | None = Field(default=None, description="a sentence shown beside the field")
    required: bool | Expression = Field(default=False, description="true, false, or when it is")
    many: bool = Field(default=False, description="a list of such values")
    of: list[str] | None = Field(default=None, description="the values of a choice")
    titles: dict[str, Title] = Field(default_factory=dict, description="titles of the values of a choice")
    to: str | None = Field(default=None, description="which register a ref points to")
    unit: str | None = Field(default=None, description="unit of measure of a number")
    minimum: int | None = Field(default=None, description="of a number")
    maximum: int | None = Field(default=None, description="of a number")
    max_length: int | None = Field(default=None, ge=1, description="of a text, in characters")
    pattern: str | None = Field(default=None, description="regular expression the text must match")
    personal: bool = Field(default=False, description="kept apart, masked, erasable")
    default: Expression | None = Field(default=None, description="value when none is given")
    value: Expression | None = Field(default=None, description="of a computed field")
    suggest: str | None = Field(default=None, description="what proposes a value, e.g. `duty.handle`")
    protocol: str | None = Field(default=None, description="of a device")
    valid: bool = Field(default=False, description="a ref whose record must be valid; expiry is watched")


class Setting(Declaration):
    """Something a city may set otherwise; the default stands until it does."""

    title: Title
    type: Literal["integer", "boolean", "choice", "limit", "text"] = Field(description="what its value is")
    default: Any = Field(description="its value as long as a city says nothing else")
    of: list[str] | None = Field(default=None, description="the values of a choice")
    help: Title | None = Field(default=None, description="a sentence about it")


class PackHead(Declaration):
    """`pack.yaml`: what the pack is."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,47}$")] = Field(
        description="the same as its folder's"
    )
    title: Title
    version: int = Field(ge=1, description="raised by one with every change that is installed")
    needs: list[str] = Field(default_factory=list, description="packs that this one builds on")
    description: Title | None = Field(default=None, description="a sentence or two")
    source: str | None = Field(default=None, description="where facts in it come from, and how sure they are")
    unshown: dict[Name, str] = Field(default_factory=dict, description="declarations no scenario can show: name → why")
