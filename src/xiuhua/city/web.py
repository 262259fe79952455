"""Parameters that the endpoints of several rooms of the city ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, Query, UploadFile

from xiuhua.city.compiled import CityReader
from xiuhua.platform.web import Day, provided

City = Annotated[CityReader, provided(CityReader)]
On = Annotated[Day | None, Query(description="the day that is asked about; default: today")]
Table = Annotated[UploadFile, File(description="CSV, TSV or XLSX; columns in the first row that holds their names")]
ValidFrom = Annotated[
    Day | None, Form(description="first day of rows that name none, and of what changes; default: today")
]
CloseVanished = Annotated[bool, Form(description="what the file does not hold ends the day before `valid_from`")]
