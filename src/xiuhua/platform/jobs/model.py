"""What a job is, what runs it, and when it is tried again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from xiuhua.platform.services import Services

STATES: Final = ("waiting", "running", "done", "dead")
State = Literal["waiting", "running", "done", "dead"]


class JobFailed(Exception):
    """An attempt that came to nothing; the text is kept and shown, so it holds nothing personal."""


class JobHopeless(JobFailed):
    """The same, and no later attempt would do better: the job is dead at once."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job asked for."""

    kind: str
    payload: Mapping[str, Any]
    """JSON values: ids and codes, nothing personal."""
    key: str
    """Asked for twice under one key, it is done once; also what makes its effect safe to repeat."""
    after: datetime | None = None
    """Not before this moment; None: at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its handler gets it."""

    city: str
    id: str
    kind: str
    key: str
    payload: dict[str, Any]
    attempt: int
    """From 1; a job whose worker was lost counts the attempt as well."""


Handler = Callable[[Services, Job], None]
"""Does a job, in transactions of its own. It may be run twice (a worker was lost after the effect and before its
note): what it does must come to the same then. Raises `JobFailed` for what a later attempt may heal."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: what runs it, and how patiently."""

    run: Handler
    most: int = 8
    """Attempts after which it is dead; with the pauses below the eighth comes an hour after the first."""
    first_s: int = 30
    longest_s: int = 3600

    def pause(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts: doubled each time, up to the longest."""
        return timedelta(seconds=min(self.first_s * 2 ** (attempts - 1), self.longest_s))


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind of job that this program runs; filled by the bootstrap."""

    by_name: Mapping[str, Kind] = field(default_factory=dict)
