"""How much comes in at an hour of a day, by season, weekday, hour and bursts. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from xiuhua.simulate.profile import Burst, Profile


class Calendar:
    """The expected reports of every hour of a play."""

    def __init__(self, profile: Profile, zone: tzinfo) -> None:
        self._profile, self._zone = profile, zone
        season, first = profile.season, date.fromisoformat(profile.first_day)
        days = [first + timedelta(days=n) for n in range(profile.days)]
        weights = [season.months[day.month - 1] * season.weekdays[day.weekday()] for day in days]
        self._per_weight = profile.cases / (sum(weights) or 1)
        self._hours = sum(season.hours) or 1

    def usual(self, moment: datetime) -> float:
        """Reports expected in the hour that begins at a moment, without bursts."""
        local, season = moment.astimezone(self._zone), self._profile.season
        weight = season.months[local.month - 1] * season.weekdays[local.weekday()]
        return self._per_weight * weight * season.hours[local.hour] / self._hours

    def bursts(self, moment: datetime) -> list[tuple[Burst, float]]:
        """The bursts of that day, each with what it adds to the hour; one of less than 100 % takes away."""
        day, usual = moment.astimezone(self._zone).date(), self.usual(moment)
        return [(one, usual * (one.percent - 100) / 100) for one in self._profile.bursts if one.holds(day)]

    def share_of_day(self, moment: datetime) -> float:
        """The part of a day's reports that comes in the hour of a moment."""
        return self._profile.season.hours[moment.astimezone(self._zone).hour] / self._hours

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self._zone).date()
