from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.ingest.dates import iso_date


@pytest.mark.parametrize(("written", "expected"), [
    ("2018-12-14", "2018-12-14"), ("2018-12", "2018-12"), ("2018", "2018"), ("2018.0", "2018"),
    ("2018-12-14T06:00:00+00:00", "2018-12-14"), ("2018-12-14 06:00", "2018-12-14"), ("20181214", "2018-12-14"),
    ("2018/12/14", "2018-12-14"), ("14/12/2018", "2018-12-14"), ("3/4/2018", "2018-04-03"),
    ("14.12.2018", "2018-12-14"),
    ("14 December 2018", "2018-12-14"), ("Friday, 14 December 2018", "2018-12-14"), ("14th Dec. 2018", "2018-12-14"),
    ("December 14, 2018", "2018-12-14"), ("14-Dec-2018", "2018-12-14"),
    ("December 2018", "2018-12"), ("Sept 2018", "2018-09"),
    ("Fri, 14 Dec 2018 10:00:00 GMT", "2018-12-14"), ("1st of May 2019 at 10.30", "2019-05-01"), ("12/2018", "2018-12"),
    (" 14 december 2018 ", "2018-12-14"), ("Mon 3 Aug 2020", "2020-08-03"),
])
def test_dates_as_people_write_them(written, expected):
    assert iso_date(written) == expected


@pytest.mark.parametrize("written", [
    "", "soon", "12/14/2018", "31 February 2018", "2018-13", "2018-00", "2018-12-00", "14/12/18", "43448", "1983/84",
    "c. 1990", "14 Smarch 2018", "2018-12-14 and later", "99", "3018",
])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the value itself
        iso_date(written)


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read_in_three_ways(day):
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%A, %d %B %Y"):
        assert iso_date(day.strftime(shape)) == day.isoformat()


@given(st.text())
def test_any_text_is_a_date_or_refused(text):
    with suppress(ValueError):
        assert iso_date(text)[:2] in {str(n) for n in range(15, 21)}
