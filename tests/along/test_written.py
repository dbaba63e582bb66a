"""Numbers and days in the words of a page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.along.written import Pen, count, joined
from pages.parts.format import change

PEN, COMMA = Pen(), Pen(",", "{day}. {month} {year}")


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0 min"), (0.99, "59 min"), (0.9999, "1 h"), (1.25, "1.3 h"), (-0.5, "−30 min"), (-0.001, "0 min"), (None, "–")],
)
def test_hours(value: float | None, said: str) -> None:
    assert PEN.hours(value) == said.replace(" ", "\u00a0")


def test_a_country_has_its_own_signs() -> None:
    assert COMMA.hours(1.25) == "1,3\u00a0h"
    assert COMMA.span(date(2026, 3, 2), date(2026, 4, 1)) == "2. Mar 2026 to 1. Apr 2026"
    assert COMMA.day(None) == "–"


@pytest.mark.parametrize(("value", "said"), [(2, "+2 h"), (-0.54, "−0.5 h"), (0.01, "no change"), (None, "–")])
def test_change(value: float | None, said: str) -> None:
    assert PEN.change(value).replace("\u00a0", " ") == said


@given(st.none() | st.floats(-200, 200))
def test_a_change_reads_the_same_on_the_coachs_page_as_on_overview(value: float | None) -> None:
    assert PEN.change(value).replace("\u00a0", " ") == change(value)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 0.2, "6 to 12 min"), (0.5, 2, "30 min to 2 h"), (2, 2.01, "2 h"), (0, 3, "0 to 3 h"), (2, 3.5, "2 to 3.5 h")],
)
def test_between(low: float, high: float, said: str) -> None:
    assert PEN.between(low, high).replace("\u00a0", " ") == said


def test_shares_counts_and_names() -> None:
    assert [PEN.percent(each) for each in (0.004, 0.414, 0, None)] == ["<1\u00a0%", "41\u00a0%", "0\u00a0%", "–"]
    assert [count(each, "topic") for each in (1, 3)] == ["1 topic", "3 topics"]
    assert [joined(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == ["", "A", "A and B", "A, B and C"]
