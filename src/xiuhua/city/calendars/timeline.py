"""Work intervals and days as sorted arrays on the UTC time line: what every deadline is looked up in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.int64]
"""Epoch seconds, or spans of seconds."""


class WorkTime:
    """Work intervals on the time line, with the seconds worked up to each end."""

    def __init__(self, begin: Moments, end: Moments) -> None:
        """Sorted, disjoint; the first interval is empty and stands at the beginning of the range."""
        self._begin, self._end = begin, end
        self._done: Moments = np.cumsum(end - begin)
        self._idle = end - self._done
        # The same as lists: one moment is found in them in a tenth of the time that an array takes to be asked.
        self._lists = (begin.tolist(), end.tolist(), self._done.tolist(), self._idle.tolist())

    def at(self, moments: Moments) -> Moments:
        """Seconds worked from the beginning of the range up to each moment."""
        index = self._begin.searchsorted(moments, "right") - 1
        left: Moments = self._end[index] - moments
        return self._done[index] - np.maximum(left, 0)

    def after(self, moments: Moments, seconds: Moments) -> Moments:
        """The earliest moments by which so many seconds more have been worked."""
        target = self.at(moments) + seconds
        index = self._done.searchsorted(target, "left")
        due: Moments = self._idle[index] + target
        return np.maximum(due, moments)

    def at_one(self, moment: int) -> int:
        """`at` of one moment."""
        begin, end, done, _ = self._lists
        index = bisect_right(begin, moment) - 1
        return int(done[index] - max(end[index] - moment, 0))

    def after_one(self, moment: int, seconds: int) -> int:
        """`after` of one moment."""
        _, _, done, idle = self._lists
        target = self.at_one(moment) + seconds
        return int(max(idle[bisect_left(done, target)] + target, moment))


class Days:
    """Days in a row, working ones or natural ones: the midnight on which each begins, and when it is over."""

    def __init__(self, begin: Moments, end: Moments) -> None:
        self._begin, self._end = begin, end

    def nth_end(self, moments: Moments, nth: Moments, counts: bool, from_due: bool) -> Moments:
        """End of the nth day, where the first is the day after that of the moment, or that day itself.

        The day of a moment is the one still going on (a night shift belongs to the evening it began on), or
        else its date. `from_due` treats a moment that is the end of a day as belonging to it.
        """
        index = self._end.searchsorted(moments, "left" if from_due else "right")
        if not counts:
            nth = nth + (self._begin[index] <= moments)
        end: Moments = self._end[index + nth - 1]
        return end

    def moved(self, due: int, begin: int, end: int) -> int | None:
        """A due that is the end of a day, moved by the days whose end lies in (begin, end]; else None."""
        index, first, last = self._end.searchsorted(np.array([due, begin + 1, end + 1]), "left").tolist()
        if index == self._end.size or self._end[index] != due:
            return None
        return int(self._end[index + last - first])
