"""How numbers, dates and foreign text are written on the page.

Values enter, text leaves. ``shown`` sees everything that a template prints: article text is hostile, and besides
markup, which Jinja escapes, it can hold characters that break a file or turn the direction of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from markupsafe import Markup

UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and those that override the direction of what follows."""

ENDS = (1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 30, 40, 50, 60, 80, 100)
"""Where an axis may end, and ten times that, and so on."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


def shown(value: object) -> object:
    """Any value as it may be printed; a character that may not be is shown as a replacement mark."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNSHOWABLE.sub("\ufffd", value)
    return value


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f}%"


def interval(low: float, high: float) -> str:
    """Two shares as the ends of an interval, such as "15 to 68%"."""
    return f"{100 * low:.0f} to {100 * high:.0f}%"


def number(value: float) -> str:
    """A count with its thousands marked."""
    return f"{value:,.0f}"


def fixed(value: float, digits: int = 1) -> str:
    """A number with so many digits after the point and a real minus sign."""
    text = f"{value:,.{digits}f}"
    return text.replace("-", "−") if text.strip("-0.") else text.removeprefix("-")


def counted(n: int, one: str, many: str = "") -> str:
    """A count and its noun: "1 article", "2 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def date(published: str) -> str:
    """An ISO date, month or year in words; anything else as it is."""
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?.*", published or "")
    if not match:
        return published or "no date"
    year, month, day = match.groups()
    if not month:
        return year
    return " ".join([*([str(int(day))] if day else []), MONTHS[int(month) - 1], year])


def link(url: str) -> str:
    """The address if a browser may follow it, else nothing: http and https only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def cut(text: str, longest: int = 140) -> str:
    """Text on one line, at most so long, cut between words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def ceiling(value: float) -> int:
    """The end of an axis for counts up to ``value``: a round number, even unless it is 1."""
    scale = 1
    while value > ENDS[-1] * scale:
        scale *= 10
    return next(end for end in ENDS if end * scale >= value) * scale


def listed(items: list[str]) -> str:
    """Names with commas and an "and"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


FILTERS: dict[str, Callable[..., object]] = {
    "percent": percent, "interval": interval, "number": number, "fixed": fixed, "counted": counted, "date": date,
    "link": link, "cut": cut, "ceiling": ceiling, "listed": listed,
}
