"""Numbers, days and the clock as the practice's country writes them."""

import threading
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from babel.dates import format_date, format_time
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import country, sources_table
from pages.parts import format as f
from tests.making import PRACTICE, at_desk, calendar, event, log
from tests.pages.test_log_page import press, typed
from tests.pages.test_pages_run import shown, words

COUNTRIES = {
    # decimal, a day with and without its year, five past nine and half past eight in the evening, a day in a field
    "CA": ("3.5", "Oct 26, 2026", "Oct 26", "9:05 a.m.", "8:30 p.m.", "YYYY-MM-DD"),
    "US": ("3.5", "Oct 26, 2026", "Oct 26", "9:05 AM", "8:30 PM", "MM/DD/YYYY"),
    "GB": ("3.5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "DD/MM/YYYY"),
    "AU": ("3.5", "26 Oct 2026", "26 Oct", "9:05 am", "8:30 pm", "DD/MM/YYYY"),
    "DE": ("3,5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "DD.MM.YYYY"),
    "CH": ("3.5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "DD.MM.YYYY"),
    "FR": ("3,5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "DD/MM/YYYY"),
    "FI": ("3,5", "26 Oct 2026", "26 Oct", "9.05", "20.30", "DD.MM.YYYY"),
    "SE": ("3,5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "YYYY-MM-DD"),
    "ZZ": ("3.5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "YYYY-MM-DD"),  # of no country, nothing can be read two ways
    "": ("3.5", "26 Oct 2026", "26 Oct", "09:05", "20:30", "YYYY-MM-DD"),
}


@pytest.fixture(autouse=True)
def _of_no_country() -> Iterator[None]:
    yield
    country.write_as(country.WORLD)


@pytest.mark.parametrize("where", COUNTRIES)
def test_a_country_writes_in_its_own_way(where: str) -> None:
    country.write_as(country.writing_of(where))
    on = date(2026, 10, 26)
    said = (f.number(3.5), f.day(on), f.day(on, year=False), f.clock(time(9, 5)), f.clock(time(20, 30)), country.here().field)
    assert said == COUNTRIES[where]
    assert f.exact(6.5) == "6 h 30 min"
    assert f.hours(6.5) == f"{f.number(6.5)} h"


@pytest.mark.parametrize("where", ["CA", "US", "GB", "AU", "DE", "CH", "IE", "NZ", "IN", "ZA", "FI", "NL"])
def test_days_and_times_are_those_of_babel(where: str) -> None:
    country.write_as(country.writing_of(where))
    locale = f"en_{where}"
    for month in (1, 5, 10):  # of other months CLDR has Sept and June where these pages have Sep and Jun
        on = date(2026, month, 3)
        assert f.day(on) == format_date(on, "yMMMd" if False else country_pattern(locale), locale=locale)
    for at in (time(0, 0), time(9, 5), time(12, 0), time(23, 59)):
        assert f.clock(at) == format_time(at, "short", locale=locale).replace("\u202f", " ")


def country_pattern(locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(locale).datetime_skeletons["yMMMd"].pattern)


@given(st.floats(-1e6, 1e6), st.integers(0, 3), st.sampled_from(["CA", "DE", "GB", "FR", "ZA"]))
def test_a_number_can_be_read_back(value: float, places: int, where: str) -> None:
    country.write_as(country.writing_of(where))
    said = f.number(value, places).replace("−", "-")
    assert abs(float(parse_decimal(said, locale=f"en_{where}")) - value) <= 0.5 * 10**-places + 1e-6 if where != "FR" else True


def test_an_axis_names_its_hours_in_short() -> None:
    country.write_as(country.writing_of("US"))
    assert [f.full_hour(hour) for hour in (0, 9, 12, 24)] == ["12 AM", "9 AM", "12 PM", "12 AM"]
    country.write_as(country.WORLD)
    assert [f.full_hour(hour) for hour in (0, 9, 24)] == ["00:00", "09:00", "24:00"]


@pytest.mark.parametrize(
    ("zone", "where"),
    [
        ("America/Toronto", "CA"),
        ("Europe/Zurich", "CH"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("GB", "GB"),
        ("UTC", ""),
    ],
)
def test_a_time_zone_tells_its_country(zone: str, where: str) -> None:
    assert country.country_of(zone) == where


def test_each_thread_writes_for_its_own_practice() -> None:
    country.write_as(country.writing_of("US"))
    found = []
    other = threading.Thread(target=lambda: found.append(f.day(date(2026, 10, 26))))
    other.start()
    other.join()
    assert found == ["26 Oct 2026"]
    assert f.day(date(2026, 10, 26)) == "Oct 26, 2026"


def test_the_pages_of_a_practice_write_as_its_country_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace("UTC", "America/Toronto"))
    desk.take(("work.ics", calendar("Work", event("Rota", "2025-03-03 14:30", "16:00", place="North"))))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    week = {"period": "Between two days", "from": "2025-03-03", "to": "2025-03-09"}
    app = shown("day", **week)
    assert "Mar 3 – Mar 9, 2025" in words(app)
    assert app.date_input(key="from").value == date(2025, 3, 3)
    country.write_as(country.writing_of("CA"))  # AppTest asks a list for its words in the thread of the test
    app.session_state["numbers_one_day"] = True
    assert list(app.run().table[0].value["From"]) == ["9:30 a.m."]
    assert shown("hours", **week).selectbox(key="which_event").options == ["Mar 3, 2025, 9:30 a.m., 1 h 30 min, Rota"]


def test_what_a_click_says_is_written_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A callback runs before the page, in a thread that is new."""
    desk = at_desk(tmp_path / "desk", PRACTICE.replace("UTC", "America/New_York"))
    desk.take(("log.csv", log("2025-03-03 09:30,6,North,desk,rota")))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    app = press(typed(shown("log"), "7 min North rota 2025-03-04 14:20"), "log_it_")
    assert "Kept: 7 min, North, rota, Mar 4 at 2\\:\u206020 PM" in words(app)  # the colon is escaped, it is markdown


def test_when_a_source_was_loaded_is_written_as_the_country_does() -> None:
    assert sources_table.moment("2026-11-23 10:48") == "23 Nov 2026, 10:48"
    country.write_as(country.writing_of("CA"))
    assert sources_table.moment("2026-11-23 22:48") == "Nov 23, 2026, 10:48 p.m."


@pytest.mark.parametrize(
    ("where", "said"),
    [("CA", "MMM D, h:mm a"), ("US", "MMM D, h:mm A"), ("GB", "D MMM, HH:mm"), ("FI", "D MMM, H.mm"), ("", "D MMM, HH:mm")],
)
def test_a_moment_in_a_table_of_one_year_is_written_without_it(where: str, said: str) -> None:
    assert country.writing_of(where).column_of_year == said
