"""A date as people write it in, an ISO date out.

Day first, as in Britain: ``3/4/2018`` is 3 April, and ``12/14/2018`` is no date, because its neighbours in
the same column would be read the other way round. Nothing is guessed and no clock is asked.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}
_NOISE = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]*|(?<=\d)(?:st|nd|rd|th)\b|,|\bof\b",
)
_TIME = r"(?:[t ]+(?:at )?\d{1,2}[:.]\d{2}.*)?$"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_MONTH = r"(?P<month>\d{1,2})"
_NAME = r"(?P<name>[a-z]+)\.?"
_DAY = r"(?P<day>\d{1,2})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_TIME}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d){_TIME}",
        rf"{_YEAR}[-/]{_MONTH}$",
        rf"{_YEAR}(?:\.0)?$",
        rf"{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}{_TIME}",
        rf"{_MONTH}[-/]{_YEAR}$",
        rf"{_DAY}[- ]+{_NAME}[- ]+{_YEAR}{_TIME}",
        rf"{_NAME} +{_DAY} +{_YEAR}{_TIME}",
        rf"{_NAME}[- ]+{_YEAR}$",
    )
)


def iso_date(value: str) -> str:
    """``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, as exact as ``value`` is; time and zone are left out.

    Raises:
        ValueError: it is no date, or none of the calendar.
    """
    plain = " ".join(_NOISE.sub(" ", value.strip().lower()).split())
    for shape in _SHAPES:
        match = shape.match(plain)
        if match and (parts := match.groupdict()).get("name", "may") in _MONTHS:
            month = parts.get("month") or _MONTHS.get(parts.get("name") or "") or ""
            return _checked(parts["year"], str(month), parts.get("day") or "")
    raise ValueError(value)


def _checked(year: str, month: str, day: str) -> str:
    exact = date(int(year), int(month or 1), int(day or 1)).isoformat()
    return exact if day else exact[:7] if month else year
