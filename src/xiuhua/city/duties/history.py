"""The port through which the matrix sees past cases, which a room above keeps."""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.city.duties.service import PastCases


@dataclass(frozen=True, slots=True)
class History:
    """Registered by the bootstrap for those who try drafts."""

    cases: PastCases
