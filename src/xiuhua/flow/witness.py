"""The signature of place and time: what a phone says of where and when something was done, kept with the event."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from xiuhua.city.areas.datum import Datum, to_wgs84
from xiuhua.platform.web.times import Moment

_DIGITS = 7
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class WitnessForm(BaseModel):
    """Where and when by the device; the server adds how far its clock was off."""

    model_config = ConfigDict(extra="forbid")

    at: Annotated[Moment, Field(description="when it was done, by the device's clock")]
    sent_at: Annotated[Moment | None, Field(description="when it was sent, by the same clock: gives `skew_s`")] = None
    lon: Annotated[Degrees | None, Field(examples=[105.3123])] = None
    lat: Annotated[Degrees | None, Field(examples=[29.1045])] = None
    datum: Datum = "wgs84"
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000, allow_inf_nan=False)] = None
    sensor_mock: Annotated[StrictBool, Field(description="the device says that the place was put in by a program")] = (
        False
    )

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("lon and lat go together")
        return self

    def kept(self) -> dict[str, Any]:
        """As the event keeps it: WGS-84, epoch seconds, whole metres. Raises `Invalid`."""
        found: dict[str, Any] = {"at": int(self.at.timestamp())}
        if self.sent_at is not None:
            found["sent"] = int(self.sent_at.timestamp())
        if self.lon is not None and self.lat is not None:
            (x,), (y,) = to_wgs84(self.lon, self.lat, self.datum)
            found |= {"lon": round(float(x), _DIGITS), "lat": round(float(y), _DIGITS)}
        if self.accuracy_m is not None:
            found["accuracy_m"] = round(self.accuracy_m)
        if self.sensor_mock:
            found["mock"] = True
        return found


class WitnessOut(BaseModel):
    """What the device said of place and time."""

    at: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None
    sensor_mock: bool = False
    skew_s: int | None = Field(None, description="how far its clock was behind the server's, as it was sent")

    @classmethod
    def of(cls, payload: dict[str, Any], recorded_at: datetime) -> WitnessOut | None:
        """What an event keeps of it; None where it has none."""
        kept = payload.get("witness") or (payload.get("set") or {}).get("witness")
        if not kept:
            return None
        zone = recorded_at.tzinfo
        sent = kept.get("sent")
        return cls(
            at=datetime.fromtimestamp(kept["at"], zone), lon=kept.get("lon"), lat=kept.get("lat"),
            accuracy_m=kept.get("accuracy_m"), sensor_mock=kept.get("mock", False),
            skew_s=int(recorded_at.timestamp()) - sent if sent is not None else None,
        )  # fmt: skip
